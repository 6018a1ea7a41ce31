"""Addresses of the public register of awards."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import register

urlpatterns: list[URLPattern] = [
    path("khen-thuong/so-dang-ky/", register.listing, name="register"),
    path("khen-thuong/so-dang-ky/<int:award_id>/", register.detail, name="award"),
]
