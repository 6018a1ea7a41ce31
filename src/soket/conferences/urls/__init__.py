"""Addresses of conferences, by part."""
from soket.conferences.urls import after, agenda, day, live, planning

app_name = "conferences"
urlpatterns = [*planning.urlpatterns, *agenda.urlpatterns, *day.urlpatterns, *live.urlpatterns, *after.urlpatterns]
