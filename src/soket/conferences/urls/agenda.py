"""Addresses of the agenda and of papers."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import agenda, papers

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/<slug:slug>/chuong-trinh/", agenda.agenda, name="agenda"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/lan-<int:number>/", agenda.agenda, name="agenda_version"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/soan/", agenda.working, name="working"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/soan/muc/", agenda.item, name="item_new"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/soan/muc/<int:item_id>/", agenda.item, name="item"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/soan/muc/<int:item_id>/chuyen/", agenda.move, name="item_move"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/soan/muc/<int:item_id>/bo/", agenda.drop, name="item_drop"),
    path("hoi-nghi/<slug:slug>/chuong-trinh/ban-hanh/", agenda.issue, name="agenda_issue"),
    path("hoi-nghi/<slug:slug>/tham-luan/", papers.papers, name="papers"),
    path("hoi-nghi/<slug:slug>/tham-luan/moi/", papers.call, name="paper_call"),
    path("hoi-nghi/<slug:slug>/tham-luan/<int:paper_id>/", papers.paper, name="paper"),
    path("hoi-nghi/<slug:slug>/tham-luan/<int:paper_id>/quyet-dinh/", papers.decide, name="paper_decide"),
    path("hoi-nghi/<slug:slug>/tham-luan/<int:paper_id>/so-lieu/", papers.figure, name="paper_figure"),
    path("hoi-nghi/<slug:slug>/tham-luan/<int:paper_id>/bo/", papers.drop, name="paper_drop"),
]
