"""Addresses under /chuong-trinh/."""
from __future__ import annotations

from django.urls import path

from soket.programmes.views import documents, duties, obligations

app_name = "programmes"
urlpatterns = [
    path("", documents.programmes, name="list"),
    path("moi/", documents.new, name="new"),
    path("cho-quyet-dinh/", duties.waiting, name="waiting"),
    path("nghia-vu/<int:duty_id>/", duties.duty, name="duty"),
    path("<slug:slug>/", documents.detail, name="detail"),
    path("<slug:slug>/nghia-vu-moi/", obligations.new, name="obligation_new"),
    path("<slug:slug>/<slug:code>/", obligations.obligation, name="obligation"),
    path("<slug:slug>/<slug:code>/sua/", obligations.change, name="obligation_change"),
    path("<slug:slug>/<slug:code>/danh-sach/", obligations.roster, name="roster"),
]
