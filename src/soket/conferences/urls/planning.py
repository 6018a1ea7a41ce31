"""Addresses of the list and of one conference."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import planning, preparing

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/", planning.conferences, name="list"),
    path("hoi-nghi/moi/", preparing.new, name="new"),
    path("hoi-nghi/<slug:slug>/them-diem-cau/", preparing.sites, name="sites_new"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/bo/", preparing.drop_site, name="site_drop"),
    path("hoi-nghi/<slug:slug>/dai-bieu/", preparing.delegates, name="delegates"),
    path("hoi-nghi/<slug:slug>/dai-bieu/them/", preparing.delegate, name="delegate_new"),
    path("hoi-nghi/<slug:slug>/dai-bieu/<int:delegate_id>/bo/", preparing.drop_delegate, name="delegate_drop"),
    path("hoi-nghi/<slug:slug>/cong-khai/", preparing.public, name="public"),
    path("hoi-nghi/<slug:slug>/", planning.detail, name="detail"),
]
