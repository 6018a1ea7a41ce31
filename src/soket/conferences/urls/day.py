"""Addresses of the day: a site's desk under /ban/ (for a device's cookie alone), presence and the board of sites."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import attendance, desk, desk_api

urlpatterns: list[URLPattern] = [
    path("ban/", desk.page, name="desk"),
    path("ban/vao/", desk.enter, name="desk_enter"),
    path("ban/ra/", desk.leave, name="desk_leave"),
    path("ban/ban.js", desk.worker, name="desk_worker"),
    path("ban/man-hinh/", desk.screen, name="desk_screen"),
    path("ban/phat-bieu/", desk.speak, name="desk_speak"),
    path("ban/danh-sach.json", desk_api.listed, name="desk_list"),
    path("ban/diem-danh.json", desk_api.scans, name="desk_scans"),
    path("ban/dem.json", desk_api.heads, name="desk_heads"),
    path("ban/trao.json", desk_api.award, name="desk_award"),
    path("ban/nhip.json", desk_api.beat, name="desk_beat"),
    path("ban/trang-thai.json", desk_api.state, name="desk_state"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/thiet-bi/", desk.devices, name="devices"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/thiet-bi/<int:device_id>/bo/", desk.shut_out, name="device_drop"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/nhip.json", attendance.beat, name="beat"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/co-mat/", attendance.site, name="site_presence"),
    path("hoi-nghi/<slug:slug>/co-mat/", attendance.attendance, name="attendance"),
    path("hoi-nghi/<slug:slug>/co-mat/<int:number>/", attendance.delegate, name="delegate_presence"),
    path("hoi-nghi/<slug:slug>/trung-co-mat/", attendance.conflicts, name="conflicts"),
    path("hoi-nghi/<slug:slug>/trung-co-mat/<int:conflict_id>/", attendance.settle, name="settle"),
    path("hoi-nghi/<slug:slug>/bang-diem-cau/", attendance.board, name="board"),
]
