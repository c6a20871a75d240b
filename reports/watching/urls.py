"""Addresses for whoever watches the installation: machines, and the administrator."""

from django.urls import path

from reports.watching import probe_views, views

urlpatterns = [
    path("healthz", probe_views.healthz, name="healthz"),
    path("readyz", probe_views.readyz, name="readyz"),
    path("metrics", probe_views.metrics, name="metrics"),
    path("installation/", views.installation, name="installation"),
    path("installation/jobs/<uuid:job_id>/again/", views.job_again, name="job_again"),
    path("installation/test-mail/", views.test_mail, name="test_mail"),
]
