"""How a room's view answers with a figure's panel: a fragment in the flow, or a page of its own."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

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
