"""Addresses of the list and of one conference."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import planning

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/", planning.conferences, name="list"),
    path("hoi-nghi/<slug:slug>/", planning.detail, name="detail"),
]
