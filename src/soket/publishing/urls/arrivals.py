"""Addresses of an older newspaper's archive moving in."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views import arrivals

urlpatterns: list[URLPattern] = [
    path("toa-soan/nhap-kho/", arrivals.archives, name="arrivals"),
    path("toa-soan/nhap-kho/<int:pk>/", arrivals.archive, name="arrival"),
    path("toa-soan/nhap-kho/<int:pk>/duyet/", arrivals.approve, name="arrival_approve"),
    path("toa-soan/nhap-kho/<int:pk>/khong-nhap/", arrivals.decline, name="arrival_decline"),
    path("toa-soan/nhap-kho/<int:pk>/tiep/", arrivals.again, name="arrival_again"),
    path("toa-soan/nhap-kho/<int:pk>/bao-cao.csv", arrivals.report, name="arrival_report"),
    path("toa-soan/nhap-kho/<int:pk>/bai/<int:number>/", arrivals.preview, name="arrival_item"),
]
