"""Addresses of decisions, names, handing over, and of what happens when a ground moves."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import deciding, decisions, grounds, handing

LIST, ONE = "khen-thuong/<slug:slug>/quyet-dinh/<int:form_id>/", "khen-thuong/quyet-dinh/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path(ONE, decisions.detail, name="decision"),
    path(f"{ONE}quyet-dinh.<str:form>", decisions.paper, name="decision_paper"),
    path(f"{ONE}ten/", decisions.names, name="names"),
    path("khen-thuong/trao/<int:award_id>/", handing.hand, name="handing"),
    path("khen-thuong/trao/<int:award_id>/<uuid:pk>/rut/", handing.strike, name="handing_strike"),
    path("khen-thuong/huy/<int:award_id>/", grounds.cancel, name="cancel"),
    path("khen-thuong/huy/<int:award_id>/ban-thao.pdf", grounds.preview, name="cancel_preview"),
    path("khen-thuong/huy/<int:award_id>/thu-hoi/", grounds.recover, name="recovery"),
    path("khen-thuong/can-cu/<int:flag_id>/", grounds.judge, name="ground"),
    path(LIST, deciding.prepare, name="decide"),
    path(f"{LIST}ban-thao.pdf", deciding.preview, name="decision_preview"),
    path("khen-thuong/<slug:slug>/tien-thuong/", decisions.money, name="money"),
]
