"""Addresses behind login, and /healthz."""

from django.urls import path

import organisations.converters  # noqa: F401 -- registers the converter
from reports import forecast_views, round_views, views
from reports.beside.views import organisations_compared

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.choose_language, name="choose_language"),
    path("compare-organisations/", organisations_compared, name="organisations_compared"),
    path("o/<slug:organisation>/", views.organisation_page, name="organisation"),
    path(ROUND, views.round_page, name="round"),
    path(ROUND + "annex/", views.annex, name="annex"),
    path(ROUND + "promise/", round_views.promise, name="promise"),
    path(ROUND + "promise/pdf/<language:language>/", round_views.privacy_pdf, name="privacy_pdf"),
    path(ROUND + "last-day/", round_views.last_day, name="last_day"),
    path(ROUND + "close/", round_views.close, name="close_round"),
    path("s/<str:token>/", round_views.shared_results, name="shared_results"),
    path(ROUND + "forecast/", forecast_views.forecast_page, name="forecast"),
    path(ROUND + "forecast/join/", forecast_views.join, name="forecast_join"),
    path(ROUND + "forecast/separate/<uuid:department_id>/", forecast_views.separate, name="forecast_separate"),
    path(ROUND + "u/<uuid:unit_id>/", views.unit_page, name="unit"),
    path(ROUND + "u/<uuid:unit_id>/pdf/<language:language>/", views.unit_pdf, name="unit_pdf"),
]
