"""Addresses of campaigns. They come last: a campaign's own address must not hide the room's other addresses."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import campaign, campaign_terms

urlpatterns: list[URLPattern] = [
    path("khen-thuong/", campaign.listing, name="list"),
    path("khen-thuong/moi/", campaign_terms.new, name="campaign_new"),
    path("khen-thuong/<slug:slug>/", campaign.detail, name="campaign"),
    path("khen-thuong/<slug:slug>/sua/", campaign_terms.edit, name="campaign_edit"),
    path("khen-thuong/<slug:slug>/lich/", campaign_terms.calendar, name="campaign_calendar"),
    path("khen-thuong/<slug:slug>/hinh-thuc/", campaign_terms.take, name="campaign_forms"),
    path("khen-thuong/<slug:slug>/hinh-thuc/<int:form_id>/bo/", campaign_terms.drop, name="campaign_form_drop"),
    path("khen-thuong/<slug:slug>/noi-de-nghi/", campaign_terms.proposers, name="campaign_proposers"),
    path("khen-thuong/<slug:slug>/chi-tieu/", campaign_terms.quotas, name="campaign_quotas"),
    path("khen-thuong/<slug:slug>/buoc-tiep/", campaign_terms.go_on, name="campaign_next"),
]
