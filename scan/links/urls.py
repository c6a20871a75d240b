"""Addresses of open links, code sheets and posters, for who hands them out."""

from django.urls import path

import organisations.converters  # noqa: F401 -- registers the converter
from scan.links import views

LINKS = "o/<slug:organisation>/r/<slug:round_slug>/links/"

urlpatterns = [
    path(LINKS, views.links, name="links"),
    path(LINKS + "codes/<language:language>/", views.sheets, name="code_sheets"),
    path(LINKS + "codes/<language:language>/<uuid:unit_id>/", views.sheets, name="unit_code_sheets"),
    path(LINKS + "poster/<language:language>/<uuid:unit_id>/", views.poster, name="poster"),
    path(LINKS + "results/<language:language>/", views.results_poster, name="results_poster"),
    path(LINKS + "limits/<uuid:unit_id>/", views.limits, name="limits"),
]
