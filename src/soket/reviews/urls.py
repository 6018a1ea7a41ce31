"""Addresses of reviews and of verification."""
from django.urls import path

from soket.reviews.views import downloads, drafting, pages, papers, signing, verifying

app_name = "reviews"
urlpatterns = [
    path("so-ket/", pages.listing, name="list"),
    path("so-ket/moi/", drafting.new, name="new"),
    path("so-ket/<slug:slug>/", pages.detail, name="detail"),
    path("so-ket/<slug:slug>/du-thao/", drafting.draft, name="draft"),
    path("so-ket/<slug:slug>/du-thao/chuong-trinh/", drafting.programme, name="programme"),
    path("so-ket/<slug:slug>/du-thao/muc/", drafting.section, name="section_new"),
    path("so-ket/<slug:slug>/du-thao/muc/<int:section_id>/", drafting.section, name="section"),
    path("so-ket/<slug:slug>/du-thao/muc/<int:section_id>/bo/", drafting.drop_section, name="section_drop"),
    path("so-ket/<slug:slug>/du-thao/so-lieu/", drafting.figure, name="figure_new"),
    path("so-ket/<slug:slug>/du-thao/so-lieu/<str:code>/", drafting.figure, name="figure_edit"),
    path("so-ket/<slug:slug>/du-thao/so-lieu/<str:code>/bo/", drafting.drop_figure, name="figure_drop"),
    path("so-ket/<slug:slug>/trinh/", signing.propose, name="propose"),
    path("so-ket/<slug:slug>/ky/", signing.sign, name="sign"),
    path("so-ket/<slug:slug>/ban-<int:number>/", pages.edition, name="edition"),
    path("so-ket/<slug:slug>/ban-<int:number>/so-lieu.csv", downloads.figures_csv, name="figures_csv"),
    path("so-ket/<slug:slug>/ban-<int:number>/so-lieu/<str:code>/", pages.figure, name="figure"),
    path("so-ket/<slug:slug>/ban-<int:number>/so-lieu/<str:code>/don-vi/", pages.units, name="units"),
    path("so-ket/<slug:slug>/ban-<int:number>/so-lieu/<str:code>/don-vi/<int:unit_id>/", pages.unit, name="unit"),
    path("so-ket/<slug:slug>/ban-<int:number>/so-lieu/<str:code>/don-vi.csv", downloads.units_csv, name="units_csv"),
    path("so-ket/<slug:slug>/ban-<int:number>/ho-so.soket", downloads.dossier, name="dossier"),
    path("so-ket/<slug:slug>/ban-<int:number>/bao-cao.<str:form>", papers.paper, name="paper"),
    path("so-ket/<slug:slug>/ban-<int:number>/bao-cao/", papers.state, name="papers"),
    path("kiem-chung/", verifying.verify, name="verify"),
    path("kiem-chung/khoa.txt", verifying.key, name="key"),
    path("kiem-chung/<str:digest>/", verifying.verified, name="verified"),
]
