"""Addresses behind login, and /healthz."""

from django.urls import path, register_converter

from reports import views


class Language:
    regex = "nl|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.choose_language, name="choose_language"),
    path("o/<slug:organisation>/", views.organisation_page, name="organisation"),
    path(ROUND, views.round_page, name="round"),
    path(ROUND + "u/<uuid:unit_id>/", views.unit_page, name="unit"),
    path(ROUND + "u/<uuid:unit_id>/pdf/<language:language>/", views.unit_pdf, name="unit_pdf"),
]
