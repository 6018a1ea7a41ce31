"""Addresses of councils, ballots, counts, posted lists."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import ballot, council, meeting, posting, recount

BODY, HELD, BALLOT, LIST = "khen-thuong/hoi-dong/<int:pk>/", "khen-thuong/hoi-dong/phien/<int:pk>/", "khen-thuong/phieu/<int:pk>/", "khen-thuong/niem-yet/"
urlpatterns: list[URLPattern] = [
    path("khen-thuong/hoi-dong/moi/<slug:slug>/<int:authority_id>/", council.new, name="council_new"),
    path(BODY, council.detail, name="council"),
    path(f"{BODY}thanh-vien/", council.member_add, name="member_add"),
    path(f"{BODY}thanh-vien/<int:member_id>/roi/", council.member_leave, name="member_leave"),
    path(f"{BODY}phien-moi/", council.meeting_new, name="meeting_new"),
    path(f"{BODY}xep/<int:form_id>/<slug:kind>/", council.rank, name="ranking"),
    path(f"{BODY}du-bi/<uuid:nomination_id>/", council.promote, name="promote"),
    path(HELD, meeting.detail, name="meeting"),
    path(f"{HELD}chuan-bi/", meeting.prepare, name="meeting_prepare"),
    path(f"{HELD}khai-mac/", meeting.begin, name="meeting_open"),
    path(f"{HELD}co-mat/<int:member_id>/", meeting.arrival, name="meeting_arrival"),
    path(f"{HELD}xung-dot/<int:question_id>/", meeting.recuse, name="recuse"),
    path(f"{HELD}bieu-quyet/<int:question_id>/", meeting.noted, name="votes_noted"),
    path(f"{HELD}dem/", meeting.count, name="meeting_count"),
    path(f"{HELD}phieu-giay/", meeting.paper_count, name="paper_count"),
    path(f"{HELD}phieu-giay/<int:number>/xac-nhan/", meeting.paper_confirm, name="paper_confirm"),
    path(f"{HELD}bien-ban/", meeting.minutes_issue, name="minutes_issue"),
    path(f"{HELD}bien-ban.<str:form>", meeting.minutes_paper, name="minutes_paper"),
    path(f"{HELD}kiem-phieu/", recount.page, name="recount"),
    path(f"{HELD}kiem-phieu.json", recount.data, name="recount_data"),
    path(BALLOT, ballot.page, name="ballot"),
    path(f"{BALLOT}nhan/<int:question_id>/", ballot.take, name="ballot_take"),
    path(f"{BALLOT}bo/<int:question_id>/", ballot.cast, name="ballot_cast"),
    path(f"{LIST}moi/<int:form_id>/", posting.post, name="posting_new"),
    path(f"{LIST}<int:pk>/", posting.page, name="posting"),
    path(f"{LIST}y-kien/<int:pk>/", posting.answer, name="objection_answer"),
]
