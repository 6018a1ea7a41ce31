"""Address of the numbers of readers that the desk sees."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views.desk import readership

urlpatterns: list[URLPattern] = [path("toa-soan/bai/<slug:slug>/luot-xem/", readership.readership, name="readership")]
