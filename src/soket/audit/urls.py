"""Addresses of the record."""
from django.urls import path

from soket.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:event_id>/", views.event, name="event"),
    path("kiem-chung/", views.check, name="check"),
    path("moc-kiem/", views.checkpoint, name="checkpoint"),
]
