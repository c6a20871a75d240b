"""Addresses of mailings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
