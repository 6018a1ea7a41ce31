"""Proposing an edition and signing it with the password given again."""
from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.reviews import actions, queries
from soket.reviews.forms import ProposeForm, SignForm
from soket.reviews.views.drafting import done
from soket.reviews.views.shared import drafted, language, scoped
from soket.ui.shortcuts import proven


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask before the draft is copied into an edition for signing."""
    review = drafted(request, slug)
    current = queries.current_edition(review)
    form = ProposeForm(request.POST or None)
    form.fields["reason"].required = current is not None
    if current is None:
        form.fields["reason"].widget = forms.HiddenInput()
    if request.method == "POST" and form.is_valid():
        edition = done(form, lambda: actions.propose(review=review, reason=form.cleaned_data["reason"], by=request.user, at=now()))
        if edition is not None:
            messages.success(request, _("Edition %(number)s now waits for the signatures of all parties.") % {"number": edition.number})
            return redirect("reviews:detail", slug)
    crumbs = [(_("Reviews"), reverse("reviews:list")), (review.title, reverse("reviews:detail", args=[slug])), (_("Propose for signing"), "")]
    context = {"form": form, "review": review, "current": current, "parties": queries.parties_of(review, today()),
               "proposal": queries.open_proposal(review), "crumbs": crumbs}
    return render(request, "reviews/propose.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is signed, ask for the password again, and sign."""
    review = scoped(request, slug)
    edition = queries.open_proposal(review)
    parties = queries.signings_of(request.user, edition, now()) if edition else []
    if edition is None or not parties:
        raise Http404
    form = SignForm(request.POST or None, parties=[(str(party.unit_id), party.name) for party in parties])
    if request.method == "POST" and form.is_valid() and proven(request, form):
        party = int(form.cleaned_data["party"])
        row = done(form, lambda: actions.sign(edition=edition, party=party, by=request.user, at=now()))
        if row is not None:
            frozen = queries.open_proposal(review) is None
            words = _("Signed. All parties have signed and the edition is frozen.") if frozen else _("Signed. The other party has not signed yet.")
            messages.success(request, words)
            return redirect("reviews:detail", slug)
    figures = queries.frozen_figures(edition)
    context = {
        "form": form, "review": review, "edition": edition, "signatures": queries.signatures_of(edition), "parties": parties,
        "figures": [(figure, figure.display(language()), figure.label(language())) for figure in figures],
        "sections": queries.text_of(edition, language(), figures),
        "crumbs": [(_("Reviews"), reverse("reviews:list")), (review.title, reverse("reviews:detail", args=[slug])), (_("Sign"), "")],
    }
    return render(request, "reviews/sign.html", context)
