"""Addresses of reports and rounds."""
from __future__ import annotations

from django.urls import path

from soket.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.reports, name="list"),
    path("cho-quyet-dinh/", views.queue, name="queue"),
    path("cho-quyet-dinh/chap-nhan/", views.accept, name="accept"),
    path("ky/", views.rounds, name="rounds"),
    path("ky/mo/", views.open_round, name="open_round"),
    path("ky/mo/tien-do/", views.being_opened, name="opening"),
    path("ky/<slug:slug>/", views.round_page, name="round"),
    path("ky/<slug:slug>/trang-thai/", views.round_state, name="round_state"),
    path("ky/<slug:slug>/han/", views.deadline, name="deadline"),
    path("ky/<slug:slug>/hoat-dong-chung/<int:unit_id>/", views.joint, name="joint"),
    path("<int:report_id>/", views.report, name="report"),
    path("<int:report_id>/nhap/", views.form, name="form"),
    path("<int:report_id>/nhap/<slug:section>/", views.form, name="section"),
    path("<int:report_id>/nhap/<slug:section>/tu-luu/", views.autosave, name="autosave"),
    path("<int:report_id>/nhap/<slug:section>/tep/", views.add_file, name="add_file"),
    path("<int:report_id>/tep/<int:file_id>/bo/", views.remove_file, name="remove_file"),
    path("<int:report_id>/kiem-tra/", views.check, name="check"),
    path("<int:report_id>/bien-nhan/<uuid:submission_id>/", views.receipt, name="receipt"),
    path("<int:report_id>/trung-ma/<int:twin_id>/", views.twin, name="twin"),
    path("<int:report_id>/quyet-dinh/", views.decide, name="decide"),
    path("<int:report_id>/mien/", views.excuse, name="excuse"),
]
