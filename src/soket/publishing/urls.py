"""Addresses of the public statements and of the desk."""
from django.urls import path

from soket.publishing.views import desk, public

app_name = "publishing"
urlpatterns = [
    path("cong-bo/", public.articles, name="articles"),
    path("cong-bo/<slug:slug>/", public.article, name="article"),
    path("cong-bo/<slug:slug>/so-lieu.json", public.data, name="data"),
    path("cong-bo/<slug:slug>/so-lieu/<slug:code>/", public.figure, name="figure"),
    path("toa-soan/", desk.articles, name="desk"),
    path("toa-soan/moi/", desk.begin, name="new"),
    path("toa-soan/<slug:slug>/", desk.edit, name="edit"),
    path("toa-soan/<slug:slug>/gui/", desk.send, name="send"),
    path("toa-soan/<slug:slug>/duyet/", desk.approve, name="approve"),
    path("toa-soan/<slug:slug>/dang/", desk.publish, name="publish"),
]
