"""The component gallery and the panels that its figures open."""
from __future__ import annotations

from django.urls import path

from soket.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/figures/<slug:name>/", views.gallery_figure, name="gallery_figure"),
]
