"""Addresses behind login."""

from django.urls import include, path

import organisations.converters  # noqa: F401 -- registers the converter
from reports import forecast_views, remark_views, round_views, views
from reports.beside.views import organisations_compared
from reports.board import views as board_views
from reports.compare import views as compare
from reports.exports import pages as export_pages
from reports.over_time import views as over_time_views
from reports.sharing import public_views
from reports.sharing import views as share_views

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("reports.watching.urls")),
    path("language/", views.choose_language, name="choose_language"),
    path("compare-organisations/", organisations_compared, name="organisations_compared"),
    path("o/<slug:organisation>/", views.organisation_page, name="organisation"),
    path(ROUND, views.round_page, name="round"),
    path(ROUND + "annex/", views.annex, name="annex"),
    path(ROUND + "comparison/", compare.comparison, name="comparison"),
    path(ROUND + "comparison/theme/", compare.theme, name="comparison_theme"),
    path(ROUND + "comparison/profiles/", compare.profiles, name="comparison_profiles"),
    path(ROUND + "comparison/steps/", compare.steps, name="comparison_steps"),
    path(ROUND + "comparison/board/<language:language>/", board_views.board_pdf, name="board_pdf"),
    path(ROUND + "learning/", include("reports.learning.urls")),
    path(ROUND + "promise/", round_views.promise, name="promise"),
    path(ROUND + "promise/pdf/<language:language>/", round_views.privacy_pdf, name="privacy_pdf"),
    path(ROUND + "remarks/", remark_views.remarks_page, name="remarks"),
    path(ROUND + "remarks/finish/", remark_views.finish_remarks, name="finish_remarks"),
    path(ROUND + "last-day/", round_views.last_day, name="last_day"),
    path(ROUND + "close/", round_views.close, name="close_round"),
    path("s/<str:token>/", round_views.shared_results, name="shared_results"),
    path("s/<str:token>/pdf/<language:language>/", public_views.shared_pdf, name="shared_pdf"),
    path(ROUND + "u/<uuid:unit_id>/share/", share_views.share_unit, name="share_unit"),
    path(ROUND + "forecast/", forecast_views.forecast_page, name="forecast"),
    path(ROUND + "forecast/join/", forecast_views.join, name="forecast_join"),
    path(ROUND + "forecast/separate/<uuid:department_id>/", forecast_views.separate, name="forecast_separate"),
    path(ROUND + "u/<uuid:unit_id>/", views.unit_page, name="unit"),
    path(ROUND + "export/", export_pages.round_files, name="round_files"),
    path(ROUND + "export/<slug:format_code>/<language:language>/", export_pages.round_export, name="round_export"),
    path(
        ROUND + "u/<uuid:unit_id>/export/<slug:format_code>/<language:language>/",
        export_pages.unit_export,
        name="unit_export",
    ),
    path(ROUND + "u/<uuid:unit_id>/over-time/", over_time_views.unit_over_time, name="unit_over_time"),
    path("o/<slug:organisation>/over-time/", over_time_views.over_time, name="over_time"),
    path(ROUND + "u/<uuid:unit_id>/pdf/<language:language>/", views.unit_pdf, name="unit_pdf"),
]
