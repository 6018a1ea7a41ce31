"""Addresses of the session."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import live

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/<slug:slug>/dieu-hanh/", live.console, name="console"),
    path("hoi-nghi/<slug:slug>/dieu-hanh/thao-tac/", live.act, name="act"),
    path("hoi-nghi/<slug:slug>/man-hinh/", live.hall, name="hall"),
    path("hoi-nghi/<slug:slug>/diem-cau/", live.board, name="desks"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/man-hinh/", live.site, name="site_screen"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/phat-bieu/", live.speak, name="speak"),
    path("hoi-nghi/<slug:slug>/trang-thai.json", live.state, name="state"),
]
