"""Addresses of public pages."""
from django.urls import path

from soket.publishing.views import public

urlpatterns = [
    path("cong-bo/", public.articles, name="articles"),
    path("cong-bo/chuyen-muc/<slug:slug>/", public.category, name="category"),
    path("cong-bo/ngay/", public.archive, name="archive"),
    path("cong-bo/ngay/<str:day>/", public.day, name="day"),
    path("cong-bo/the/<str:kind>/<str:key>/", public.tag, name="tag"),
    path("cong-bo/tro-nang/", public.accessibility, name="accessibility"),
    path("cong-bo/ngon-ngu/<str:code>/", public.language, name="language"),
    path("cong-bo/tep/<str:sha256>.<str:ext>", public.file, name="file"),
    path("cong-bo/<slug:slug>/", public.article, name="article"),
    path("cong-bo/<slug:slug>/ban-ke.json", public.seal, name="seal"),
    path("cong-bo/<slug:slug>/so-lieu.json", public.data, name="data"),
    path("cong-bo/<slug:slug>/so-lieu.csv", public.table, name="table"),
    path("cong-bo/<slug:slug>/so-lieu/<slug:code>.json", public.figure_data, name="figure_data"),
    path("cong-bo/<slug:slug>/so-lieu/<slug:code>.csv", public.figure_table, name="figure_table"),
    path("cong-bo/<slug:slug>/so-lieu/<slug:code>/", public.figure, name="figure"),
    path("cong-bo/<path:rest>", public.elsewhere, name="elsewhere"),
]
