"""Addresses of mailings."""

from django.urls import path, register_converter

from scan.mailing import views


class MailingAction:
    regex = "|".join(views.ACTIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MailingAction, "mailing_action")

MAIL = "o/<slug:organisation>/r/<slug:round_slug>/mail/"

urlpatterns = [
    path(MAIL, views.mailings, name="mailings"),
    path(MAIL + "reminder/", views.add_reminder, name="mailing_reminder"),
    path(MAIL + "results/", views.plan_results, name="mailing_results"),
    path(MAIL + "hours/", views.hours, name="mailing_hours"),
    path(MAIL + "example/", views.example, name="mailing_example"),
    path(MAIL + "<uuid:mailing_id>/move/", views.move, name="mailing_move"),
    path(MAIL + "<uuid:mailing_id>/<mailing_action:action>/", views.act, name="mailing_act"),
    path(MAIL + "delivery/<uuid:delivery_id>/again/", views.send_again, name="mailing_send_again"),
]
