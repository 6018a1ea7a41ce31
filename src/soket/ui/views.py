"""The component gallery: synthetic, labelled, open to everybody."""
from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soket.ui import gallery as samples
from soket.ui.forms import SampleForm
from soket.ui.shortcuts import panel_response


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state. A POST shows the sample form with its errors or asks to confirm."""
    form = SampleForm(request.POST if request.method == "POST" else samples.WRONG_INPUT)
    pages = Paginator(range(1, 3322), 50)
    context = {
        "figures": samples.figures(),
        "table": samples.table(),
        "panel": samples.panel("share"),
        "correction": samples.panel("corrected"),
        "form": form,
        "blank": SampleForm(),
        "page": pages.get_page(request.GET.get("page", "4")),
        "tags": samples.tags(),
        "timeline": samples.timeline(),
        "meta": samples.meta(),
        "work": samples.work(),
        "seal": samples.seal(),
        "as_of": samples.AS_OF,
        "presets": samples.presets(request.path),
        "bars": samples.BARS,
        "units": samples.units(),
        "colours": samples.COLOURS,
        "demo_world": True,
        "crumbs": [(_("Home"), "/"), (_("Component gallery"), "")],
    }
    return render(request, "ui/gallery.html", context)


def gallery_figure(request: HttpRequest, name: str) -> HttpResponse:
    """The panel of one sample figure, alone or as its own page."""
    if name not in samples.PANELS:
        raise Http404(name)
    return panel_response(request, samples.panel(name), demo_world=True)
