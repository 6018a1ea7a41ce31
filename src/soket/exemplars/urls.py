"""Addresses of movements and of exemplars."""
from __future__ import annotations

from django.urls import path

from soket.exemplars.views import adopting, deciding, gallery, movements, registering, writing

app_name = "exemplars"
urlpatterns = [
    path("phong-trao/", movements.listing, name="movements"),
    path("phong-trao/moi/", movements.new, name="movement_new"),
    path("phong-trao/<slug:slug>/", movements.detail, name="movement"),
    path("phong-trao/<slug:slug>/sua/", movements.edit, name="movement_edit"),
    path("phong-trao/<slug:slug>/tong-hop/", movements.rollup, name="rollup"),
    path("phong-trao/<slug:slug>/cho-cong-nhan/", movements.waiting, name="waiting"),
    path("phong-trao/<slug:slug>/<int:year>/<int:unit_id>/", registering.unit_year, name="unit_year"),
    path("phong-trao/<slug:slug>/<int:year>/<int:unit_id>/dang-ky/", registering.register, name="register"),
    path("phong-trao/<slug:slug>/<int:year>/<int:unit_id>/cong-nhan/", registering.recognise, name="recognise_counts"),
    path("dien-hinh/", gallery.gallery, name="gallery"),
    path("dien-hinh/cua-toi/", writing.mine, name="mine"),
    path("dien-hinh/moi/", writing.new, name="new"),
    path("dien-hinh/<slug:slug>/", gallery.detail, name="detail"),
    path("dien-hinh/<slug:slug>/nhan-rong.json", gallery.adoptions_json, name="adoptions_json"),
    path("dien-hinh/<slug:slug>/nhan-rong.csv", gallery.adoptions_csv, name="adoptions_csv"),
    path("dien-hinh/<slug:slug>/sua/", writing.edit, name="edit"),
    path("dien-hinh/<slug:slug>/anh/", writing.photo, name="photo"),
    path("dien-hinh/<slug:slug>/minh-chung/", writing.evidence, name="evidence"),
    path("dien-hinh/<slug:slug>/so-lieu/", writing.figure, name="figure"),
    path("dien-hinh/<slug:slug>/so-lieu-ngoai/", writing.cited, name="cited"),
    path("dien-hinh/<slug:slug>/bo/", writing.drop, name="drop"),
    path("dien-hinh/<slug:slug>/de-nghi/", deciding.propose, name="propose"),
    path("dien-hinh/<slug:slug>/cong-nhan/", deciding.recognise, name="recognise"),
    path("dien-hinh/<slug:slug>/tra-lai/", deciding.send_back, name="send_back"),
    path("dien-hinh/<slug:slug>/cong-bo/", deciding.publish, name="publish"),
    path("dien-hinh/<slug:slug>/rut/", deciding.withdraw, name="withdraw"),
    path("dien-hinh/<slug:slug>/mo-lai/", deciding.reopen, name="reopen"),
    path("dien-hinh/<slug:slug>/nhan-rong/", adopting.adopt, name="adopt"),
    path("dien-hinh/<slug:slug>/nhan-rong/<uuid:key>/xac-nhan/", adopting.confirm, name="confirm"),
    path("dien-hinh/<slug:slug>/nhan-rong/<uuid:key>/dung/", adopting.stop, name="stop"),
]
