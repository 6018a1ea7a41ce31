"""Addresses of: sound. `PUBLIC` are those that anyone may reach."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views import sound

PUBLIC: list[URLPattern] = []
urlpatterns: list[URLPattern] = [
    path("toa-soan/bai/<slug:slug>/am-thanh/", sound.narrations, name="sound"),
    path("toa-soan/bai/<slug:slug>/am-thanh/may/", sound.machine, name="sound_machine"),
    path("toa-soan/bai/<slug:slug>/am-thanh/<int:pk>/phat/", sound.release, name="sound_release"),
    path("toa-soan/bai/<slug:slug>/am-thanh/<int:pk>/go/", sound.withdraw, name="sound_withdraw"),
    path("toa-soan/bai/<slug:slug>/am-thanh/<int:pk>/<str:kind>", sound.listen, name="sound_file"),
]
