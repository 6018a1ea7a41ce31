"""Certificates: made out once with a signed code, made out again, printed with their progress, designed on a page."""
from __future__ import annotations

import io
import json
import zipfile
from uuid import uuid4

import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from soket.audit.badge import read_jwt
from soket.audit.credential import read_qr_text
from soket.commendations import actions, tasks
from soket.commendations.core import certificates as core
from soket.commendations.models import Batch, Cancellation, Certificate
from soket.commendations.queries import certificates as queries
from soket.commendations.queries import keys
from soket.files.queries import read
from soket.kernel.door import Refused, open_door
from tests.factories import awards as give
from tests.factories import commendations as make
from tests.support.client import LintingClient

URL = "/khen-thuong/quyet-dinh/{}/ban-in/"


def _decided(world: make.World, count: int = 2) -> list[object]:
    chosen = [make.nomination(world, world.police["one" if at % 2 == 0 else "two"], state="chosen", brief=f"Thành tích số {at}",
                              recipient_key=f"unit:{900 + at}") for at in range(count)]  # fmt: skip
    return give.awarded(world, chosen)


def test_serials_and_days_are_written_in_one_form() -> None:
    assert core.serial("BCA", 2026, 7, 1) == "BCA-2026-00007"
    assert core.serial("CAT", 2026, 12345, 2, issuer=31) == "CAT.31-2026-12345-2"
    assert {core.status_index(award, issue) for award in range(1, 40) for issue in range(1, core.MOST + 1)} == set(range(8, 40 * 8))
    with pytest.raises(ValueError, match="1 to 8 times"):
        core.status_index(1, 9)


def test_each_award_gets_one_certificate_whose_code_says_what_was_decided(world: make.World) -> None:
    first, _second = _decided(world)
    made = actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)
    assert [row.serial for row in made] == ["BCA-2026-00001", "BCA-2026-00002"]
    told = read_qr_text(made[0].qr, keys.trusted_keys()).statement
    assert (told.serial, told.recipient, told.decision, told.dated, told.gold_book, told.reissue) == (
        "BCA-2026-00001", "Tập thể Công an đơn vị 1", "01/QĐ-BCA", give.DATED, "01/2026", 0,
    )  # fmt: skip
    assert actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT) == []
    assert {serial: row.state for serial, row in queries.status_entries().items()} == {"BCA-2026-00001": "valid", "BCA-2026-00002": "valid"}
    for stranger in (world.front_clerk, world.reporter, world.stranger):
        with pytest.raises(Refused):
            actions.issue_certificates(decision=first.decision, by=stranger, at=make.AT)


def test_one_made_out_again_supersedes_the_one_before_and_a_cancelled_award_has_none_that_stands(world: make.World) -> None:
    first, second = _decided(world)
    actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)
    with pytest.raises(Refused):
        actions.reissue(award=first, name="Tập thể Công an xã Bình Minh", detail="", reason="", by=world.clerk, at=make.AT)
    again = actions.reissue(award=first, name="Tập thể Công an xã Bình Minh", detail="", reason="In sai tên đơn vị", by=world.clerk, at=make.AT)
    assert again.serial == "BCA-2026-00001-2"
    assert json.loads(again.values)["reissue"] == "Cấp lại lần 1, thay bản số hiệu BCA-2026-00001"
    cancelling = give.decision(world, kind="cancel")
    with open_door():
        Cancellation(award=second, decision=cancelling, ground="false_declaration", finding="Số liệu khai không đúng", at=make.AT).save()
        second.stage = "cancelled"
        second.save()
    states = queries.status_entries()
    assert (states["BCA-2026-00001"].state, states["BCA-2026-00001"].by) == ("superseded", "BCA-2026-00001-2")
    assert states["BCA-2026-00001-2"].state == "valid"
    assert (states["BCA-2026-00002"].state, states["BCA-2026-00002"].decision, states["BCA-2026-00002"].ground) == (
        "cancelled", "02/QĐ-BCA", "false_declaration",
    )  # fmt: skip
    assert queries.revoked_bits() == {core.status_index(first.pk, 1), core.status_index(second.pk, 1)}
    with pytest.raises(Refused):
        actions.reissue(award=second, name="Tên khác", detail="", reason="In sai", by=world.clerk, at=make.AT)


def test_words_that_do_not_fit_are_refused_and_nothing_is_made_out(world: make.World) -> None:
    first, _second = _decided(world)
    with open_door():
        first.name = "Tập thể " + "rất dài " * 36
        first.save()
    with pytest.raises(Refused) as refused:
        actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)
    assert "certificates" in refused.value.errors
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("kind", ["pdf", "zip", "sheets"])
def test_a_print_run_holds_every_certificate_that_stands(world: make.World, kind: str) -> None:
    first, *_rest = _decided(world, 3)
    with pytest.raises(Refused):
        actions.ask_batch(id=uuid4(), decision=first.decision, kind=kind, sheet="sra3", by=world.clerk, at=make.AT)
    actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)
    small = queries.certificates.preset("bang-khen-a4").to_json()
    actions.save_design(form=world.form.form, spec=small, note="In thử trên A4", by=world.clerk, at=make.AT)
    key = uuid4()
    run = actions.ask_batch(id=key, decision=first.decision, kind=kind, sheet="sra3" if kind == "sheets" else "", by=world.clerk, at=make.AT)
    assert (run.total, run.done, run.file) == (3, 0, None)
    sha = tasks.make_batch.func(batch=str(key))["done"]
    made = Batch.objects.get(pk=key)
    assert (made.done, made.file.sha256) == (3, sha)
    content = read(made.file)
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.namelist() == [f"BCA-2026-0000{number}.pdf" for number in (1, 2, 3)]
    else:
        pages = pypdfium2.PdfDocument(content)
        assert len(pages) == (3 if kind == "pdf" else 2)
        assert "Thành tích số 0" in pages[0].get_textpage().get_text_bounded().replace("\r\n", " ")
    assert tasks.make_batch.func(batch=str(key)) == {"done": sha}


def test_the_pages_of_a_decision_s_certificates(world: make.World, client: LintingClient) -> None:
    first, *_rest = _decided(world, 3)
    url = URL.format(first.decision_id)
    client.force_login(world.clerk)
    page = client.get(url).content.decode()
    assert "0 / 3" in page
    assert client.post(url + "lap/").status_code == 302
    page = client.get(url).content.decode()
    assert "3 / 3" in page
    assert "BCA-2026-00003" in page
    key = uuid4()
    assert client.get(url + "in/").status_code == 200
    assert client.post(url + "in/", {"id": str(key), "kind": "zip", "sheet": ""}).status_code == 302
    assert "0 / 3" in client.get(url).content.decode()
    pdf = client.get("/khen-thuong/ban-in/BCA-2026-00001.pdf")
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    badge = client.get("/khen-thuong/ban-in/BCA-2026-00001.jwt")
    told = read_jwt(badge.content.decode(), [keys.signer().public_key()])
    assert (badge["Content-Type"], told["credentialSubject"]["identifier"][0]["identityHash"]) == ("application/vc+jwt", "Tập thể Công an đơn vị 1")
    assert told["credentialStatus"]["statusListIndex"] == str(core.status_index(first.pk, 1))
    assert client.get("/khen-thuong/ban-in/BCA-2026-00001.exe").status_code == 404
    again = f"{url}{first.pk}/cap-lai/"
    assert client.get(again).status_code == 200
    assert client.post(again, {"name": "Tập thể Công an xã Bình Minh", "detail": "", "reason": "In sai tên"}).status_code == 302
    assert "BCA-2026-00001-2" in client.get(url).content.decode()
    for other in (world.front_clerk, world.reporter, world.confirmer):
        client.force_login(other)
        kept = [f"/khen-thuong/ban-in/BCA-2026-00001.{form}" for form in ("pdf", "png", "jwt")]
        assert {client.get(path).status_code for path in (url, url + "in/", again, *kept)} == {404}
        assert client.post(url + "lap/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_three_as_for_one(world: make.World, client: LintingClient, count: int) -> None:
    first, *_rest = _decided(world, count)
    actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)
    client.force_login(world.clerk)
    url = URL.format(first.decision_id)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) == 12


def test_a_design_is_looked_at_before_it_is_kept_and_says_what_cannot_be_set(world: make.World, client: LintingClient) -> None:
    url = f"/khen-thuong/mau-in/{world.form.form_id}/"
    client.force_login(world.reporter)
    assert client.get("/khen-thuong/mau-in/").status_code == client.get(url).status_code == 404
    client.force_login(world.clerk)
    assert client.get("/khen-thuong/mau-in/").status_code == 200
    page = client.get(url + "?tu=bang-khen-a4")
    assert "data:image/png;base64," in page.content.decode()
    sent = {name: field.value() if field.value() is not None else "" for name, field in ((f.html_name, f) for f in page.context["form"])}
    lines = page.context["lines"]
    sent |= {f.html_name: f.value() for f in lines.management_form}
    for line in lines:
        sent |= {f.html_name: f.value() for f in line if f.value() is not None and f.value() is not False}
    sent = {name: "on" if value is True else value for name, value in sent.items() if value is not False}
    looked = client.post(url, {**sent, "width": "310", "act": "look"})
    assert looked.status_code == 200
    assert world.form.form.designs.count() == 0
    wrong = client.post(url, {**sent, "frame_width": "900", "act": "keep"})
    assert wrong.status_code == 200
    assert world.form.form.designs.count() == 0
    kept = client.post(url, {**sent, "width": "310", "act": "keep", "note": "Khổ phôi mới"})
    assert kept.status_code == 302, (kept.context["form"].errors, kept.context["lines"].errors)
    assert queries.design_of(world.form.form).width == 310


def test_a_certificate_is_sealed_and_its_serial_unique_in_the_database(world: make.World) -> None:
    first, *_rest = _decided(world, 1)
    row = actions.issue_certificates(decision=first.decision, by=world.clerk, at=make.AT)[0]
    with open_door(), pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(values="{}")
    same = {"award": first, "values": "{}", "qr": "x", "key_id": "0", "at": make.AT, "by_label": "x"}
    for wrong in (
        {"number": 2, "serial": row.serial, "reason": "x", "status_index": 1}, {"number": 1, "serial": "s", "status_index": 2},
        {"number": 3, "serial": "t", "status_index": 3},
    ):  # fmt: skip
        with open_door(), pytest.raises(DatabaseError), transaction.atomic():
            Certificate(**same, **wrong).save(force_insert=True)
