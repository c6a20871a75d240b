"""Addresses of the import of a staff list."""

from django.urls import path

from organisations.staff_list import views

LIST = "o/<slug:organisation>/staff-list/"
IMPORT = LIST + "<uuid:import_id>/"

urlpatterns = [
    path(LIST, views.staff_list, name="staff_list"),
    path(LIST + "template/", views.staff_list_template, name="staff_list_template"),
    path(IMPORT, views.staff_import, name="staff_import"),
    path(IMPORT + "plan/", views.staff_import_plan, name="staff_import_plan"),
    path(IMPORT + "columns/", views.staff_import_columns, name="staff_import_columns"),
    path(IMPORT + "departments/", views.staff_import_departments, name="staff_import_departments"),
    path(IMPORT + "apply/", views.staff_import_apply, name="staff_import_apply"),
    path(IMPORT + "cancel/", views.staff_import_cancel, name="staff_import_cancel"),
]
