"""Addresses of writing: begin, edit, look over, paste."""
from django.urls import path

from soket.publishing.views import editing

urlpatterns = [
    path("toa-soan/moi/", editing.begin, name="new"),
    path("toa-soan/soan/dan/", editing.paste, name="paste"),
    path("toa-soan/bai/<slug:slug>/", editing.edit, name="edit"),
    path("toa-soan/bai/<slug:slug>/soat/", editing.check, name="check"),
    path("toa-soan/bai/<slug:slug>/anh/", editing.pick, name="pick"),
]
