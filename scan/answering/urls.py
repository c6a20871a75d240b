"""Addresses of answering: /a/<token>/..., and the ways in without a personal address."""

from django.urls import path, register_converter

from scan.answering import entering, script_views, views


class PartNumber:
    regex = "[1-6]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(PartNumber, "part")

app_name = "scan"
urlpatterns = [
    path("", entering.code, name="code"),
    path("open/<str:token>/", entering.open_link, name="open"),
    # Three of four requests are for this one.
    path("<str:token>/save/", script_views.save, name="save"),
    path("<str:token>/send/", views.send, name="send"),
    path("<str:token>/", views.start, name="start"),
    path("<str:token>/<part:number>/", views.part, name="part"),
    path("<str:token>/closing/", views.closing, name="closing"),
    path("<str:token>/check/", views.check, name="check"),
    path("<str:token>/erase/", views.erase, name="erase"),
    path("<str:token>/result/", views.result, name="result"),
    path("<str:token>/next/", entering.next_person, name="next"),
    path("<str:token>/language/", views.language, name="language"),
]
