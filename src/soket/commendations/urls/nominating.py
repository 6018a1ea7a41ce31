"""Addresses of nominations."""
from __future__ import annotations

from django.urls import path

from soket.commendations.views import dossier, nominating, nominating_acts, nominating_paste, nominating_writing

ONE, ALL = "khen-thuong/de-nghi/<uuid:pk>/", "khen-thuong/<slug:slug>/de-nghi/"
urlpatterns = [
    path(ONE, nominating.detail, name="nomination"),
    path(f"{ONE}sua/", nominating_writing.edit, name="nomination_edit"),
    path(f"{ONE}loi-van/", nominating.wordings, name="nomination_wordings"),
    path(f"{ONE}gui/", nominating_acts.submit, name="nomination_submit"),
    path(f"{ONE}xac-nhan/", nominating_acts.confirm, name="nomination_confirm"),
    path(f"{ONE}tra-lai/", nominating_acts.send_back, name="nomination_return"),
    path(f"{ONE}bo-sung/", nominating_acts.complete, name="nomination_complete"),
    path(f"{ONE}rut/", nominating_acts.withdraw, name="nomination_withdraw"),
    path(f"{ONE}nhan-xet/", nominating_acts.remark, name="nomination_remark"),
    path(f"{ONE}giay-to/", dossier.papers, name="nomination_papers"),
    path(f"{ONE}giay-to/<slug:kind>.<str:form>", dossier.paper, name="nomination_paper"),
    path(ALL, nominating.listing, name="nominations"),
    path(f"{ALL}moi/", nominating_writing.new, name="nomination_new"),
    path(f"{ALL}dan/", nominating_paste.paste, name="nomination_paste"),
    path(f"{ALL}xac-nhan/", nominating_acts.confirm_many, name="nominations_confirm"),
    path(f"{ALL}to-trinh.<str:form>", dossier.proposal, name="nominations_proposal"),
    path(f"{ALL}to-trinh/", dossier.bring_proposal, name="nominations_papers"),
]
