"""The gallery with the few names that the page frame links to: `ui` is tested without any room."""
from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.views.i18n import set_language


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Stands for a room's page."""
    return HttpResponse("", content_type="text/plain")


def entry(request: HttpRequest) -> HttpResponse:
    """A form that saves itself."""
    page = engines["django"].from_string((Path(__file__).parent / "entry.html").read_text(encoding="utf-8"))
    return HttpResponse(page.render({}, request))


SAVED: list[dict[str, str]] = []


def save(request: HttpRequest) -> HttpResponse:
    """Takes what the form sends; refuses the word "sai"."""
    if request.POST["note"] == "sai":
        return JsonResponse({"message": "Ghi chú chưa đúng"}, status=400)
    SAVED.append(request.POST.dict())
    return JsonResponse({"saved_at": "14:32:07", "fields": {"base_version": str(len(SAVED))}})


urlpatterns = [
    path("thanh-phan/", include("soket.ui.urls")),
    path("vao/", elsewhere, name="account_login"),
    path("ra/", elsewhere, name="account_logout"),
    path("ngon-ngu/", set_language, name="set_language"),
    path("nhap/", entry),
    path("luu/", save),
]
