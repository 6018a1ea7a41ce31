"""Addresses of the video."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import video

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/<slug:slug>/truyen-hinh/", video.change, name="video"),
    path("hoi-nghi/<slug:slug>/truyen-hinh/ghi-am/", video.record, name="video_record"),
]
