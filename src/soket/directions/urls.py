"""Addresses of directions."""
from __future__ import annotations

from django.urls import path

from soket.directions import views

app_name = "directions"
urlpatterns = [
    path("chi-dao/", views.listing, name="list"),
    path("chi-dao/bang/", views.board, name="board"),
    path("chi-dao/moi/", views.new, name="new"),
    path("chi-dao/<uuid:pk>/", views.detail, name="detail"),
    path("chi-dao/<uuid:pk>/tien-do/<int:assignment_id>/", views.step, name="step"),
    path("chi-dao/<uuid:pk>/giao-tiep/<int:assignment_id>/", views.pass_on, name="pass_on"),
    path("chi-dao/<uuid:pk>/ket-luan/", views.decide, name="decide"),
    path("chi-dao/<uuid:pk>/thoi-han/", views.deadline, name="deadline"),
    path("chi-dao/<uuid:pk>/mo-lai/", views.reopen, name="reopen"),
]
