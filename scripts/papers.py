"""`make papers`: each frozen review and each paper of the conference and of a commendation of the demonstration world, as Word and PDF,
and certificates, with an image of every page, under build/papers/.

The papers are rendered anew by the code as it stands; the world is only read. The Word file is shown through LibreOffice
when the machine has it; otherwise a line says so.
"""
from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soket.documents.core import Paper

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "papers"


def pages(pdf: Path, stem: str) -> int:
    """Write one image a page beside the papers; returns how many."""
    from soket.documents.preview import pages_as_png

    return len(pages_as_png(pdf.read_bytes(), OUT, stem=stem))


def through_libreoffice(docx: Path, stem: str) -> str:
    """Images of the Word file as LibreOffice sets it, in words."""
    office = shutil.which("soffice")
    if office is None:
        return "no LibreOffice here, so no images (apt-get install libreoffice-writer)"
    with tempfile.TemporaryDirectory() as folder:
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return f"{pages(Path(folder) / f'{docx.stem}.pdf', stem)} pages"


def main() -> None:
    import django

    django.setup()
    from soket.reviews.models import Review
    from soket.reviews.paper import review_paper
    from soket.reviews.queries import current_edition
    from soket.reviews.tasks import RENDER

    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    for review in Review.objects.order_by("code"):
        edition = current_edition(review)
        if edition is None:
            continue
        for form, render in RENDER.items():
            began = time.perf_counter()
            content = render(review_paper(edition))
            took = time.perf_counter() - began
            path = OUT / f"{review.code}-ban-{edition.number}.{form}"
            path.write_bytes(content)
            stem = f"{path.stem}-{form}"
            shown = f"{pages(path, stem)} pages" if form == "pdf" else through_libreoffice(path, stem)
            print(f"{path.relative_to(ROOT)}: {len(content)} bytes, {took:.1f} s, {shown}")
    conference_papers()
    commendation_papers()


def conference_papers() -> None:
    """One of each paper of the demonstration's conference, drafts where nothing was issued."""
    from soket.conferences.models import Conference
    from soket.conferences.papers.invitation import invitation_paper
    from soket.conferences.queries import inviting
    from soket.conferences.queries.naming import unit_names
    from soket.conferences.views.after import KINDS, paper_of
    from soket.kernel.clock import day_of

    held = Conference.objects.order_by("starts_at").first()
    if held is None:
        print("no conference in this world, so none of its papers")
        return
    made = {kind: paper_of(held, kind) for kind in KINDS if kind != "debate"}
    listed = list(inviting.listed(held)[:1])
    if listed:
        body = inviting.bodies(held, listed)[listed[0].pk]
        office, day = unit_names([held.office_id], held)[held.office_id], day_of(held.starts_at)
        made["invitation"] = invitation_paper(body, office=office, sent_on=day, reply_url="", synthetic=held.synthetic)
    keep(held.code, made)


def keep(code: str, made: Mapping[str, Paper | None]) -> None:
    """Each paper as Word and PDF with its page images."""
    from soket.reviews.tasks import RENDER

    for kind, paper in made.items():
        if paper is None:
            continue
        for form, render in RENDER.items():
            path = OUT / f"{code}-{kind}.{form}"
            path.write_bytes(render(paper))
            shown = f"{pages(path, f'{path.stem}-{form}')} pages" if form == "pdf" else through_libreoffice(path, f"{path.stem}-{form}")
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes, {shown}")


def commendation_papers() -> None:
    """One of each paper of the demonstration's decided campaign, its first certificates, and every design a certificate may start from."""
    from soket.commendations.models import Decision, Meeting, Nomination
    from soket.commendations.queries import certificates, decision_papers, minutes, nomination_papers
    from soket.commendations.views.designs import SAMPLE
    from soket.documents import certificates as made
    from soket.kernel.clock import day_of

    decision = Decision.objects.filter(kind="award").order_by("campaign_form__order").first()
    if decision is None:
        print("no decision in this world, so no papers of commendation")
        return
    listed = list(Nomination.objects.filter(award__decision=decision).order_by("award__place"))
    meeting = Meeting.objects.filter(questions__nomination=listed[0]).first()
    papers = {
        "to-trinh": nomination_papers.proposal(listed, listed[0].proposer_id, decision.dated),
        "bao-cao-thanh-tich": nomination_papers.achievement(listed[0], decision.dated),
        "bien-ban-hoi-dong": minutes.paper(meeting, day_of(meeting.held_at)) if meeting else None,
        "quyet-dinh": decision_papers.paper_of(decision),
    }
    keep(decision.campaign_form.campaign.code, papers)
    ready = certificates.printable(certificates.newest_of(decision)[:2], True)
    for name, content in {
        "bang-khen": made.render(certificates.design_of(decision.campaign_form.form), ready, day=decision.dated),
        **{f"mau-{design.code}": made.render(design, [SAMPLE], day=decision.dated) for design in made.PRESETS},
    }.items():
        path = OUT / f"{name}.pdf"
        path.write_bytes(content)
        print(f"{path.relative_to(ROOT)}: {len(content)} bytes, {pages(path, name)} pages")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src")]
    main()
