"""Addresses of departments and people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
