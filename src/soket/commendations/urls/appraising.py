"""Addresses of appraisal."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import appraising

ONE = "khen-thuong/de-nghi/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("khen-thuong/tham-dinh/", appraising.board, name="appraisals"),
    path(f"{ONE}tham-dinh/ket-thuc/", appraising.conclude, name="appraisal_conclude"),
    path(f"{ONE}tham-dinh/<int:appraisal_id>/<slug:act>/", appraising.act, name="appraise"),
    path(f"{ONE}tham-dinh/trung/<int:twin_id>/", appraising.twin, name="twin"),
]
