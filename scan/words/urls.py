"""The address of an organisation's own words."""

from django.urls import path

from scan.words import views as words_views

urlpatterns = [
    path("o/<slug:organisation>/settings/words/", words_views.organisation_words, name="organisation_words"),
]
