"""Addresses of the live roll-up."""
from django.urls import path

from soket.rollup import views

app_name = "rollup"
urlpatterns = [
    path("", views.board, name="board"),
    path("so-lieu/", views.figure, name="figure"),
    path("don-vi/", views.units, name="units"),
]
