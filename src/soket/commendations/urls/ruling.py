"""Addresses of rules, forms of commendation and the calendar."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import holidays, ruling

urlpatterns: list[URLPattern] = [
    path("khen-thuong/quy-dinh/", ruling.listing, name="rules"),
    path("khen-thuong/quy-dinh/moi/<slug:kind>/", ruling.new, name="rule_new"),
    path("khen-thuong/quy-dinh/sua/<str:key>/", ruling.change, name="rule_change"),
    path("khen-thuong/quy-dinh/het/<str:key>/", ruling.end, name="rule_end"),
    path("khen-thuong/quy-dinh/hinh-thuc/", ruling.award_forms, name="award_forms"),
    path("khen-thuong/quy-dinh/hinh-thuc/moi/", ruling.award_form_new, name="award_form_new"),
    path("khen-thuong/quy-dinh/hinh-thuc/<slug:code>/sua/", ruling.award_form_change, name="award_form_change"),
    path("khen-thuong/quy-dinh/hinh-thuc/<slug:code>/het/", ruling.award_form_end, name="award_form_end"),
    path("khen-thuong/quy-dinh/lich/", holidays.listing, name="calendar"),
    path("khen-thuong/quy-dinh/lich/nhap/", holidays.enter, name="calendar_enter"),
    path("khen-thuong/quy-dinh/lich/ngay/", holidays.put, name="calendar_put"),
    path("khen-thuong/quy-dinh/lich/<int:year>/<int:month>/<int:day>/bo/", holidays.drop, name="calendar_drop"),
]
