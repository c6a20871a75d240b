"""Addresses of people in a round that is open."""

from django.urls import path

from scan.people import views

PEOPLE = "o/<slug:organisation>/r/<slug:round_slug>/people/"

urlpatterns = [
    path(PEOPLE, views.round_people, name="round_people"),
    path(PEOPLE + "<uuid:person_id>/", views.round_person, name="round_person"),
]
