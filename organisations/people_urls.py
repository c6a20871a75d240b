"""Addresses of departments and people."""

from django.urls import path

from organisations import department_views, people_views

ORGANISATION = "o/<slug:organisation>/"

urlpatterns = [
    path(ORGANISATION + "departments/", department_views.departments, name="departments"),
    path(ORGANISATION + "departments/<uuid:department_id>/", department_views.department, name="department"),
    path(ORGANISATION + "people/", people_views.people, name="people"),
    path(ORGANISATION + "people/new/", people_views.person_new, name="person_new"),
    path(ORGANISATION + "people/<uuid:person_id>/", people_views.person, name="person"),
]
