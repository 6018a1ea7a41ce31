"""Addresses of the awards of a conference."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import awards

urlpatterns: list[URLPattern] = [path("hoi-nghi/<slug:slug>/trao-khen/", awards.planning, name="awards")]
