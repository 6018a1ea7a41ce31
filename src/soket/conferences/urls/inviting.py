"""Addresses of invitations, of lists taken in at once, of badges, and of what is changed. The key under /moi-du/ is kept out of logs."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.conferences.views import badges, changing, inviting, listing

urlpatterns: list[URLPattern] = [
    path("hoi-nghi/moi-du/<str:key>/", inviting.mine, name="mine"),
    path("hoi-nghi/moi-du/<str:key>/lich.ics", inviting.my_calendar, name="mine_calendar"),
    path("hoi-nghi/<slug:slug>/don-vi/", inviting.unit, name="unit_replies"),
    path("hoi-nghi/<slug:slug>/dai-bieu/<int:delegate_id>/tra-loi/", inviting.answer, name="answer"),
    path("hoi-nghi/<slug:slug>/dai-bieu/<int:delegate_id>/lich.ics", inviting.calendar_of, name="calendar"),
    path("hoi-nghi/<slug:slug>/giay-moi/", inviting.invitations, name="invitations"),
    path("hoi-nghi/<slug:slug>/giay-moi/gui/", inviting.send, name="send"),
    path("hoi-nghi/<slug:slug>/giay-moi/danh-sach.csv", inviting.links, name="links"),
    path("hoi-nghi/<slug:slug>/dai-bieu/theo-quy-tac/", listing.by_rule, name="delegates_rule"),
    path("hoi-nghi/<slug:slug>/dai-bieu/dan-bang/", listing.pasted, name="delegates_paste"),
    path("hoi-nghi/<slug:slug>/dai-bieu/thu-tu/", changing.order, name="order"),
    path("hoi-nghi/<slug:slug>/dai-bieu/<int:delegate_id>/sua/", changing.delegate, name="delegate_change"),
    path("hoi-nghi/<slug:slug>/dai-bieu/<int:delegate_id>/the/", badges.one, name="badge"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/the/", badges.sheet, name="badges"),
    path("hoi-nghi/<slug:slug>/diem-cau/<int:site_id>/sua/", changing.site, name="site_change"),
    path("hoi-nghi/<slug:slug>/sua/", changing.conference, name="change"),
]
