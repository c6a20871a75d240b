from django.urls import path

from bench.reference import views

urlpatterns = [
    path("store/", views.store, name="store"),
    path("form/", views.form, name="form"),
    path("thanks/", views.thanks, name="thanks"),
    path("page/<int:size>/", views.page, name="page"),
]
