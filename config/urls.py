"""Every address of the product. tests/test_url_walk.py knows each of them."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("organisations.account_urls")),
    path("a/", include("scan.answering.urls")),
    path("", include("organisations.urls")),
    path("", include("organisations.people_urls")),
    path("", include("organisations.staff_list_urls")),
    path("", include("scan.preparing.urls")),
    path("", include("scan.words.urls")),
    path("", include("scan.people.urls")),
    path("", include("scan.links.urls")),
    path("", include("scan.mailing.urls")),
    path("", include("scan.pack.urls")),
    path("", include("reports.urls")),
]

handler400 = "reports.errors.bad_request"
handler403 = "reports.errors.permission_denied"
handler404 = "reports.errors.page_not_found"
handler500 = "reports.errors.server_error"
