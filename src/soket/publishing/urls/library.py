"""Addresses of: library."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views import library, press

urlpatterns: list[URLPattern] = [
    path("toa-soan/thu-vien/", library.photos, name="photos"),
    path("toa-soan/thu-vien/them/", library.add, name="photo_add"),
    path("toa-soan/thu-vien/ghi-chung/", library.same, name="photos_same"),
    path("toa-soan/thu-vien/<int:pk>/", library.photo, name="photo"),
    path("toa-soan/thu-vien/<int:pk>/ngung/", library.retire, name="photo_retire"),
    path("toa-soan/thu-vien/<int:pk>/goc", library.original, name="photo_original"),
    path("toa-soan/thu-vien/<int:pk>/<int:width>.jpg", library.rendition, name="photo_file"),
    path("toa-soan/bai/<slug:slug>/bo-tu-lieu/", press.preview, name="kit_preview"),
]
