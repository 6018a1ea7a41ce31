"""Addresses of certificates and their designs."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.commendations.views import certificates, designs

urlpatterns: list[URLPattern] = [
    path("khen-thuong/mau-in/", designs.listing, name="designs"),
    path("khen-thuong/mau-in/<int:form_id>/", designs.edit, name="design"),
    path("khen-thuong/quyet-dinh/<uuid:pk>/ban-in/", certificates.listing, name="certificates"),
    path("khen-thuong/quyet-dinh/<uuid:pk>/ban-in/tien-do/", certificates.runs, name="print_runs"),
    path("khen-thuong/quyet-dinh/<uuid:pk>/ban-in/lap/", certificates.issue, name="certificates_issue"),
    path("khen-thuong/quyet-dinh/<uuid:pk>/ban-in/in/", certificates.print_run, name="print_run"),
    path("khen-thuong/quyet-dinh/<uuid:pk>/ban-in/<int:award_id>/cap-lai/", certificates.again, name="certificate_again"),
    path("khen-thuong/ban-in/<str:serial>.<str:form>", certificates.one, name="certificate"),
]
