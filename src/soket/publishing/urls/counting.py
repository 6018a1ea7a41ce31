"""Addresses of counting readers."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views import counting

urlpatterns: list[URLPattern] = [
    path("cong-bo/cach-dem/", counting.rules, name="counting"),
    path("cong-bo/dem/<slug:slug>/", counting.count, name="count"),
]
