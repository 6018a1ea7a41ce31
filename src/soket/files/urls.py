"""Addresses under /tep/."""
from __future__ import annotations

from django.urls import path

from soket.files import views

app_name = "files"
urlpatterns = [path("<str:sha256>/", views.get, name="get")]
