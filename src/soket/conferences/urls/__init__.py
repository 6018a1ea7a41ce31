"""Addresses of conferences, by part."""
from soket.conferences.urls import after, agenda, awards, day, inviting, live, planning, video

app_name = "conferences"
urlpatterns = [
    *inviting.urlpatterns, *planning.urlpatterns, *agenda.urlpatterns, *awards.urlpatterns, *day.urlpatterns, *live.urlpatterns, *video.urlpatterns,
    *after.urlpatterns,
]
