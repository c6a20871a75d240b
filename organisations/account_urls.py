"""Logging in and out. Issue B opens the rest of allauth: mailed codes, second factor, password reset."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
]
