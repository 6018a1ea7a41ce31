"""Addresses of the room."""
from __future__ import annotations

from django.urls import path

from soket.organisations import views

app_name = "organisations"
urlpatterns = [
    path("don-vi/", views.tree, name="tree"),
    path("don-vi/tim/", views.search, name="search"),
    path("don-vi/<int:unit_id>/", views.unit, name="unit"),
    path("dia-ban/", views.area_map, name="map"),
    path("dia-ban/<int:area_id>/", views.area, name="area"),
    path("dia-ban/chia-tach/", views.mappings, name="mappings"),
    path("dia-ban/chia-tach/chon/", views.choose, name="choose"),
    path("dia-ban/<int:area_id>/ty-le/", views.shares, name="shares"),
    path("don-vi/quyet-dinh/", views.acts, name="acts"),
    path("don-vi/quyet-dinh/<int:act_id>/", views.act, name="act"),
    path("don-vi/quyet-dinh/<int:act_id>/huy/", views.undo, name="act_undo"),
    path("don-vi/<int:subject_id>/doi-ten/", views.rename, {"thing": "unit"}, name="act_rename"),
    path("dia-ban/<int:subject_id>/doi-ten/", views.rename, {"thing": "area"}, name="area_rename"),
    path("don-vi/<int:subject_id>/hop-nhat/", views.merge, {"thing": "unit"}, name="act_merge"),
    path("dia-ban/<int:subject_id>/hop-nhat/", views.merge, {"thing": "area"}, name="area_merge"),
]
