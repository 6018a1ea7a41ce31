"""How the certificates of a form are set: measures, border and lines, changed on a page and looked at before they are kept."""
from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.commendations import actions, rules
from soket.commendations.forms.certificates import DesignForm, LineSet
from soket.commendations.models import AwardForm
from soket.commendations.queries import certificates as queries
from soket.commendations.views.shared import actor, crumbs, done, language
from soket.documents import certificates
from soket.documents.errors import PaperError
from soket.kernel.clock import now, today

SAMPLE = certificates.Certificate(
    label="MẪU-2026-00001", issuer="Bộ trưởng Bộ Công an", recipient="Tập thể cán bộ, chiến sĩ Công an xã An Phú",
    unit="Công an tỉnh Mẫu",
    achievement="Đã có thành tích xuất sắc trong thực hiện chương trình phối hợp đẩy mạnh phong trào bảo vệ an ninh Tổ quốc, giai đoạn 2023–2028",
    place_date="Hà Nội, ngày 19 tháng 8 năm 2026", post="Bộ trưởng", decision="số 05/QĐ-BCA ngày 19 tháng 8 năm 2026", gold_book="01/2026",
    qr="https://soket.example/bk/#MAU", synthetic=True,
)  # fmt: skip


def _form(request: HttpRequest, form_id: int) -> AwardForm:
    """The form of commendation, or 404 when this reader may not change its design."""
    found = next((one for one in queries.designed_forms(today()) if one.pk == form_id), None)
    if found is None or not (rules.keeps_rules(actor(request), today()) or rules.designs(actor(request), found, today())):
        raise Http404
    return found


@require_GET
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The forms whose design this reader may change."""
    who, day = actor(request), today()
    everything = rules.keeps_rules(who, day)
    rows = [one for one in queries.designed_forms(day) if everything or rules.designs(who, one, day)]
    if not rows:
        raise Http404
    context = {"rows": rows, "crumbs": crumbs((_("Designs of certificates"), ""))}
    return render(request, "commendations/certificates/designs.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, form_id: int) -> HttpResponse:
    """Change the design: start from a preset (?tu=CODE), look at it, keep it."""
    found = _form(request, form_id)
    preset = next((one for one in certificates.PRESETS if one.code == request.GET.get("tu")), None)
    design = preset or queries.design_of(found)
    form = DesignForm(request.POST or None, initial=DesignForm.told(design))
    lines = LineSet(request.POST or None, initial=[_line(line) for line in design.lines], prefix="dong")
    shown: str | None = None
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        spec = _spec(design, form.cleaned_data, [one.cleaned_data for one in lines.ordered_forms])
        if request.POST.get("act") == "add":
            lines = LineSet(initial=[*[_told(one.cleaned_data) for one in lines.ordered_forms], {**_EMPTY}], prefix="dong")
        elif request.POST.get("act") == "keep" and _kept(request, found, form, spec):
            return redirect("commendations:designs")
        shown = _picture(form, spec)
    elif request.method == "GET":
        shown = _picture(form, design.to_json())
    heading = _("Design: %(form)s") % {"form": found.name_en if language().startswith("en") else found.name_vi}
    context = {
        "form": form, "lines": lines, "heading": heading, "shown": shown, "design": design, "presets": certificates.PRESETS,
        "crumbs": crumbs((_("Designs of certificates"), reverse("commendations:designs")), (found.name_vi, "")),
    }  # fmt: skip
    return render(request, "commendations/certificates/design.html", context)


def _kept(request: HttpRequest, found: AwardForm, form: DesignForm, spec: Mapping[str, Any]) -> bool:
    row = done(form, lambda: actions.save_design(form=found, spec=spec, note=form.cleaned_data["note"], by=request.user, at=now()))
    if row is not None:
        messages.success(request, _("The design was kept. Certificates printed from now on are set by it."))
    return row is not None


_EMPTY: dict[str, Any] = {
    "slot": "text", "place": "head", "align": "centre", "size": 14, "least": 0, "most_lines": 1, "colour": "black", "tracking": 0, "space": 2, "height": 0,
    "rule": 0, "printed": True,
}  # fmt: skip


def _line(line: certificates.Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in (*_EMPTY, "text", "bold", "italic", "caps")}


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in ("ORDER", "DELETE")}


def _spec(design: certificates.Design, data: Mapping[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The typed design as data; its lines in the order typed."""
    frame = {
        "width": data["frame_width"], "height": data["frame_height"], "style": data["frame_style"], "printed": data["frame_printed"],
        "pad_x": data["pad_x"], "pad_top": data["pad_top"], "pad_bottom": data["pad_bottom"],
    }  # fmt: skip
    same = {name: data[name] for name in ("title", "width", "height", "foot_left", "source")}
    return {"code": design.code, **same, "frame": frame, "lines": [_told(one) for one in lines], "doubts": list(design.doubts)}


def _picture(form: DesignForm, spec: Mapping[str, Any]) -> str | None:
    """A certificate of this design as a picture in the page; what cannot be set is said at the form."""
    try:
        made = certificates.picture(certificates.Design.from_json(dict(spec)), SAMPLE, dpi=55)
    except PaperError as error:
        if form.is_bound:
            form.add_error(None, error.en if language().startswith("en") else error.vi)
        return None
    return "data:image/png;base64," + base64.b64encode(made).decode()


