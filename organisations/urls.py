"""Addresses of an organisation's settings, colleagues and log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
