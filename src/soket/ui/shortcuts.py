"""What every room's views share: a figure's panel as a fragment or a page, the frame, an act's refusal at its field, the password again."""
from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from soket.kernel.door import Refused
from soket.ui.panel import FigurePanel


def wants_fragment(request: HttpRequest) -> bool:
    """Whether the page's script asks for the panel alone, to put it under its paragraph."""
    return request.headers.get("X-Partial") == "panel"


def frame(request: HttpRequest) -> str:
    """The working frame for those signed in, the public one for everyone else."""
    user = getattr(request, "user", None)
    return "ui/base.html" if user is not None and user.is_authenticated else "ui/public_base.html"


def panel_response(request: HttpRequest, panel: FigurePanel, *, public: bool = False, **context: Any) -> HttpResponse:
    """The panel alone for the script, else the page that shows it. `public` picks the public frame.

    `context` may hold `crumbs` (pairs of label and address) and anything the frame reads.
    """
    if wants_fragment(request):
        response = render(request, "ui/components/figure_panel.html", {"panel": panel, **context})
    else:
        outer = "ui/public_base.html" if public else "ui/base.html"
        response = render(request, "ui/figure_page.html", {"panel": panel, "frame": outer, **context})
    patch_vary_headers(response, ["X-Partial"])
    return response


def done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act gives, or None with its refusal put at the form's fields; what was typed stays."""
    try:
        return act()
    except Refused as refused:
        for name, message in (refused.errors or {"": refused.message}).items():
            form.add_error(name if name in form.fields else None, str(message))
        return None


def proven(request: HttpRequest, form: forms.Form) -> bool:
    """Whether the form's field "password" holds the signer's own. Failures count against the sign-in limit and are said at the field."""
    from allauth.account.adapter import get_adapter  # here, because the public process shows figures too and has no accounts

    name = request.user.get_username()
    try:
        who = get_adapter(request).authenticate(request, username=name, password=form.cleaned_data["password"])
    except ValidationError as error:
        form.add_error("password", error)
        return False
    if who is None or who.pk != request.user.pk:
        form.add_error("password", _("This is not your password."))
        return False
    return True


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with a mark for spreadsheets; no cell can start a formula."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
    out = csv.writer(answer)
    out.writerow(head)
    out.writerows([_inert(cell) for cell in row] for row in rows)
    return answer


def _inert(cell: object) -> object:
    """A cell that cannot start a formula; a negative number is none."""
    if not isinstance(cell, str) or re.fullmatch(r"-[0-9]+(?:\.[0-9]+)?", cell):
        return cell
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else cell
