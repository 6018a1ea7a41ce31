"""The media library at the desk: look, find, bring, describe, take out of the offer. Everything is for those of the desk; 404 for everyone else."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from soket.files import queries as files
from soket.files.actions import Upload
from soket.files.core import MAX_PHOTOGRAPH
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.publishing import queries, rules
from soket.publishing.actions import photos as actions
from soket.publishing.forms import show
from soket.publishing.library_forms import PhotoForm, SameForm, UploadForm
from soket.publishing.models import Photo
from soket.publishing.queries import library
from soket.publishing.serving import ranged


def _found(request: HttpRequest, pk: int) -> Photo:
    found = library.photo(request.user, pk, today())
    if found is None:
        raise Http404
    return found


def _kept(request: HttpRequest, pk: int) -> Photo:
    """The photograph, for those who keep it."""
    found = _found(request, pk)
    if not rules.may_picture(request.user, found.office_id, today()):
        raise Http404
    return found


def _offices(request: HttpRequest) -> list[tuple[int, str]]:
    names = queries.office_names(library.keeps(request.user, today()), today())
    return sorted(names.items(), key=lambda pair: pair[1])


@require_GET
@login_required
def photos(request: HttpRequest) -> HttpResponse:
    """The photographs of the reader's offices, twenty-four a page."""
    day, asked = today(), request.GET
    if not library.is_at_desk(request.user, day):
        raise Http404
    state = asked.get("tinh-trang", "")
    wanted = library.Wanted(
        state=state if state in library.STATES else "", office=whole(asked.get("co-quan", "")), q=asked.get("q", "").strip()[:200]
    )
    page = library.photos(request.user, day, wanted, asked.get("page"))
    reach = rules.desk_reach(request.user, day)
    names = queries.office_names([*reach.units, *(row.office_id for row in page)], day)
    mine = set(library.keeps(request.user, day))
    context = {
        "rows": [_card(row, names[row.office_id], row.office_id in mine) for row in page], "page": page,
        "asked": wanted, "narrowed": wanted != library.Wanted(),
        "offices": sorted(((pk, names[pk]) for pk in reach.units), key=lambda pair: pair[1]) if len(reach.units) > 1 else [],
        "states": [("chua-dung", _("Not used yet")), ("con-thieu", _("Cannot be published yet")), ("ngung", _("No longer offered"))],
        "may_add": bool(mine), "same": SameForm(), "choosing": any(row.office_id in mine for row in page),
    }
    return render(request, "publishing/library/photos.html", context)


def _card(row: Photo, office: str, mine: bool) -> dict[str, Any]:
    thumb = min(row.renditions.all(), key=lambda size: size.width)
    return {"photo": row, "thumb": thumb, "office": office, "lacks": _lacks(row), "mine": mine}


def _lacks(row: Photo) -> str:
    words = {"credit": _("a credit"), "alt": _("an alternative text, or the mark that it is decorative")}
    return "; ".join(str(words[one]) for one in library.lacks(row))


@require_http_methods(["GET", "POST"])
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Bring one photograph or several; each that is refused is named with its reason."""
    offices = _offices(request)
    if not offices:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        taken = [one for sent in form.cleaned_data["photos"] if (one := _taken(request, form, sent)) is not None]
        if taken:
            words = ngettext("%(count)s photograph was put into the library.", "%(count)s photographs were put into the library.", len(taken))
            messages.success(request, words % {"count": len(taken)})
            address = reverse("publishing:photo", args=[taken[0].pk]) if len(taken) == 1 else f"{reverse('publishing:photos')}?tinh-trang=con-thieu"
            for refusal in form.errors.get("photos", []):
                messages.error(request, refusal)
            return redirect(address)
    return render(request, "publishing/library/add.html", {"form": form, "offices": offices})


def _taken(request: HttpRequest, form: UploadForm, sent: Any) -> Photo | None:
    """Take one file in, or put the reason at the field. Sizes are drawn before the transaction begins."""
    upload = Upload(sent.read(MAX_PHOTOGRAPH + 1), sent.name)
    words = {name: form.cleaned_data[name] for name in ("office", "credit", "place", "taken_on", "consent")}
    try:
        return actions.add_photo(upload=upload, made=actions.drawn(upload), by=request.user, at=now(), **words)
    except Refused as refused:
        form.add_error("photos", f"{sent.name}: {refused.message}")
        return None


@require_http_methods(["GET", "POST"])
@login_required
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photograph: what is said of it, where it is used."""
    row = _found(request, pk)
    mine = rules.may_picture(request.user, row.office_id, today())
    names = ("caption", "credit", "alt", "decorative", "taken_on", "place", "consent")
    form = PhotoForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST":
        if not mine:
            raise Http404
        if form.is_valid():
            try:
                actions.describe_photo(photo=row, by=request.user, at=now(), **{name: form.cleaned_data[name] for name in names})
            except Refused as refused:
                show(form, refused.errors or {"": refused.message})
            else:
                messages.success(request, _("What is said of the photograph was saved."))
                return redirect("publishing:photo", pk)
    sizes = sorted(row.renditions.all(), key=lambda size: size.width)
    context = {
        "photo": row, "form": form if mine else None, "sizes": sizes, "shown": min(sizes, key=lambda size: abs(size.width - 960)), "lacks": _lacks(row),
        "uses": library.uses(row), "office": queries.office_names([row.office_id], today())[row.office_id], "token": f"{{{{ảnh {row.pk}}}}}",
        "camera": row.original,
    }
    return render(request, "publishing/library/photo.html", context)


@require_POST
@login_required
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop offering it for new texts, or offer it again (`lai`=1)."""
    again = request.POST.get("lai") == "1"
    actions.retire_photo(photo=_kept(request, pk), retired=not again, by=request.user, at=now())
    messages.success(request, _("The photograph is offered again.") if again else _("The photograph is no longer offered for new texts."))
    return redirect("publishing:photo", pk)


@require_POST
@login_required
def same(request: HttpRequest) -> HttpResponse:
    """One credit or place for the photographs that were chosen."""
    if not library.keeps(request.user, today()):
        raise Http404
    ids = [pk for one in request.POST.getlist("photos") if (pk := whole(one)) is not None]
    rows = library.chosen(request.user, ids, today())
    try:
        count = actions.describe_photos(
            photos=rows, credit=request.POST.get("credit", ""), place=request.POST.get("place", ""), by=request.user, at=now()
        )
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, ngettext("%(count)s photograph was changed.", "%(count)s photographs were changed.", count) % {"count": count})
    return redirect("publishing:photos")


@require_safe
@login_required
def rendition(request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
    """One size, for those of the desk."""
    size = next((one for one in _found(request, pk).renditions.all() if one.width == width), None)
    if size is None:
        raise Http404
    response = ranged(request, files.open_path(size.file), size.file.media_type, size.file.name, size.file.sha256)
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@login_required
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was brought, with all that the camera wrote into it: for those who keep it."""
    file = _kept(request, pk).original
    response = ranged(request, files.open_path(file), file.media_type, file.name, file.sha256)
    response["Cache-Control"], response["Content-Security-Policy"] = "private, no-store", "default-src 'none'; sandbox"
    return response
