"""Addresses of the part "agenda"."""
from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
