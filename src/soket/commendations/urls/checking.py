"""Addresses at which anyone checks a certificate. /bk/ stands in printed codes: it never changes."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import checking

urlpatterns: list[URLPattern] = [
    path("bk/", checking.check, name="check"),
    path("bk/sw.js", checking.worker, name="check_worker"),
    path("bk/khoa.json", checking.keys_json, name="check_keys"),
    path("bk/tinh-trang.json", checking.status_json, name="check_status"),
    path("bk/khoa/", checking.key_page, name="check_key"),
    path("bk/danh-sach/1", checking.badge_list, name="badge_list"),
    path(".well-known/did.json", checking.did, name="did"),
]
