"""Addresses of open links, code sheets and posters, for who hands them out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
