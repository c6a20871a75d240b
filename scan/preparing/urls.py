"""Addresses of preparing and following a round."""

from django.urls import path

import organisations.converters  # noqa: F401 -- registers the converter
from scan.preparing import mail_views, people_views, preview_views, views

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"
PREPARE = ROUND + "prepare/"

urlpatterns = [
    path("o/<slug:organisation>/rounds/new/", views.round_new, name="round_new"),
    path(PREPARE, views.prepare, name="prepare"),
    path(PREPARE + "basics/", views.basics, name="prepare_basics"),
    path(PREPARE + "people/", people_views.people, name="prepare_people"),
    path(PREPARE + "promise/", views.promise, name="prepare_promise"),
    path(PREPARE + "mails/", mail_views.mails, name="prepare_mails"),
    path(PREPARE + "mails/<slug:kind>/<language:language>/", mail_views.mail_text, name="prepare_mail_text"),
    path(ROUND + "preview/", preview_views.preview, name="preview"),
    path(PREPARE + "launch/", views.launch_page, name="launch"),
    path(PREPARE + "delete/", views.delete, name="round_delete"),
]
