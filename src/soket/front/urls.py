"""All addresses of the product."""
from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as sign_in
from django.urls import include, path
from django.views.i18n import set_language

from soket.front import views

front = (
    [
        path("", views.home, name="home"),
        path("viec-can-lam/", views.worklist, name="worklist"),
        path("healthz", views.alive, name="alive"),
        path("readyz", views.ready, name="ready"),
    ],
    "front",
)
ROOMS = [
    ("nhan-su/", "accounts"), ("", "organisations"), ("chuong-trinh/", "programmes"), ("bao-cao/", "reporting"),
    ("tong-hop/", "rollup"), ("", "reviews"), ("", "directions"), ("", "exemplars"), ("", "commendations"), ("", "conferences"),
    ("", "publishing"), ("nhat-ky/", "audit"), ("tep/", "files"), ("thanh-phan/", "ui"),
]
urlpatterns = [
    path("", include(front)),
    path("tai-khoan/vao/", sign_in.login, name="account_login"),
    path("tai-khoan/ra/", sign_in.logout, name="account_logout"),
    path("tai-khoan/cho/", sign_in.account_inactive, name="account_inactive"),
    path("ngon-ngu/", set_language, name="set_language"),
    *[path(prefix, include(f"soket.{room}.urls")) for prefix, room in ROOMS if find_spec(f"soket.{room}.urls")],
]
handler404 = "soket.front.views.not_found"
handler500 = "soket.front.views.failed"
handler403 = "soket.front.views.forbidden"
