"""Addresses of preparing and following a round."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
