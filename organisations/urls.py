"""Addresses of an organisation's settings, colleagues and log."""

from django.urls import path

from organisations import colleague_views, log_views, settings_views

ORGANISATION = "o/<slug:organisation>/"
COLLEAGUE = ORGANISATION + "colleagues/<uuid:membership_id>/"

urlpatterns = [
    path(ORGANISATION + "colleagues/", colleague_views.colleagues, name="colleagues"),
    path(ORGANISATION + "colleagues/new/", colleague_views.colleague_new, name="colleague_new"),
    path(COLLEAGUE, colleague_views.colleague, name="colleague"),
    path(COLLEAGUE + "again/", colleague_views.colleague_again, name="colleague_again"),
    path(COLLEAGUE + "withdraw/", colleague_views.colleague_withdraw, name="colleague_withdraw"),
    path(ORGANISATION + "settings/", settings_views.organisation_settings, name="organisation_settings"),
    path(ORGANISATION + "log/", log_views.log_page, name="log"),
]
