"""Addresses of the import of a staff list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
