"""Addresses of what comes after the session."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import after

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/<slug:slug>/ket-luan/", after.conclusions, name="conclusions"),
    path("hoi-nghi/<slug:slug>/ket-luan/them/", after.conclusion, name="conclusion_new"),
    path("hoi-nghi/<slug:slug>/ket-luan/<int:pk>/", after.conclusion, name="conclusion"),
    path("hoi-nghi/<slug:slug>/ket-luan/<int:pk>/bo/", after.drop, name="conclusion_drop"),
    path("hoi-nghi/<slug:slug>/ket-luan/ban-hanh/", after.conclude, name="conclude"),
    path("hoi-nghi/<slug:slug>/ket-luan/tiep-tuc/<uuid:pk>/", after.take_up, name="take_up"),
    path("hoi-nghi/<slug:slug>/am-thanh/<int:pk>/cong-khai/", after.release, name="recording_release"),
    path("hoi-nghi/<slug:slug>/bien-ban/", after.minutes, name="minutes"),
    path("hoi-nghi/<slug:slug>/van-ban/", after.papers, name="official"),
    path("hoi-nghi/<slug:slug>/van-ban/<slug:kind>.<slug:form>", after.preview, name="official_preview"),
    path("hoi-nghi/<slug:slug>/van-ban/<slug:kind>/ban-hanh/", after.issue, name="official_issue"),
    path("hoi-nghi/<slug:slug>/giay-moi/<int:number>.<slug:form>", after.invitation, name="invitation_paper"),
    path("hoi-nghi/<slug:slug>/phat-bieu-ghi/", after.speech, name="speech_new"),
    path("hoi-nghi/<slug:slug>/am-thanh/", after.recording, name="recording_new"),
    path("hoi-nghi/<slug:slug>/dien-bien.xml", after.debate, name="debate"),
]
