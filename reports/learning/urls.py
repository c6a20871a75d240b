"""Addresses of learning pairs, inside those of a round."""

from django.urls import path

from reports.learning import views

urlpatterns = [
    path("", views.learning_pairs, name="learning_pairs"),
    path("<uuid:pair_id>/", views.conversation_card, name="conversation_card"),
    path("<uuid:pair_id>/card/<language:language>/", views.card_pdf, name="card_pdf"),
]
