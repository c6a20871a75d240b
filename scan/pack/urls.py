"""Addresses of the communication pack."""

from django.urls import path

import organisations.converters  # noqa: F401 -- registers the converter
from scan.pack import views as pack_views

PACK = "o/<slug:organisation>/r/<slug:round_slug>/pack/"

urlpatterns = [
    path(PACK, pack_views.pack, name="pack"),
    path(PACK + "<language:language>/", pack_views.pack_download, name="pack_download"),
]
