"""Addresses of the part "planning"."""
from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
