"""Addresses of people and posts."""
from django.urls import path

from soket.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("moi/", views.new_person, name="new"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/chuc-vu/<int:post_id>/thoi/", views.end_post, name="end_post"),
]
