"""Programmes and obligations as they are entered; what is unknown stays unknown."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from soket.audit.models import Event
from soket.kernel.actor import SystemActor
from soket.kernel.door import DoorClosed, Refused, open_door
from soket.organisations.models import Level
from soket.programmes import actions, queries
from soket.programmes.models import Alias, DueRule, Obligation, PartyRole, Programme, ProgrammeKind, Scope
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db


def field_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.field


def test_a_programme_keeps_its_unknowns_empty_and_is_recorded() -> None:
    land = make.country()
    programme = make.programme(land, symbol=None, signed_on=None, span_text="2023–2033", title="Phối hợp mới")
    assert (programme.symbol, programme.signed_on, programme.starts, programme.ends) == (None, None, None, None)
    assert (programme.slug, str(programme)) == ("phoi-hop-moi-2023-2033", "Phối hợp mới")
    event = Event.objects.get(name="programmes.created")
    assert (event.subject_kind, event.subject_id) == ("programmes.programme", str(programme.pk))


def test_two_programmes_may_lack_a_symbol_but_never_share_one_in_any_spelling() -> None:
    land = make.country()
    first = make.programme(land, symbol=None)
    second = make.programme(land, symbol=None)
    assert (first.slug, second.slug) == ("phoi-hop-thu-nghiem-2023-2033", "phoi-hop-thu-nghiem-2023-2033-2")
    make.programme(land, symbol="09/CTr-BCA-MTTW")
    with pytest.raises(Refused) as caught:
        make.programme(land, symbol="09-ctr/bca mttw")
    assert field_of(caught) == "symbol"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x\ud800"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"symbol": "không có số"}, "symbol"),
        ({"signed_on": date(2026, 3, 3)}, "signed_on"),
        ({"ends": date(2023, 8, 1)}, "ends"),
        ({"starts": date(2024, 1, 1), "ends": date(2023, 12, 1)}, "ends"),
        ({"kind": ProgrammeKind.ACTION}, "parties"),
        ({"parties": []}, "parties"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_left(changes: dict[str, Any], field: str) -> None:
    land = make.country()
    with pytest.raises(Refused) as caught:
        make.programme(land, **changes)
    assert field_of(caught) == field
    assert not Programme.objects.exists() and not Event.objects.filter(name="programmes.created").exists()


def test_a_unit_is_a_party_once() -> None:
    land = make.country()
    twice = [actions.PartyDraft(land.police["centre"].pk, role) for role in (PartyRole.LEAD, PartyRole.COSIGNER)]
    with pytest.raises(Refused) as caught:
        make.programme(land, parties=twice)
    assert field_of(caught) == "parties"


def test_only_the_programme_office_of_a_party_enters_and_completes_it() -> None:
    land = make.country()
    office = make.holder("vp", programme=land.front["centre"])
    stranger = make.holder("khac", programme=land.police["an"], report=land.police["centre"])
    with pytest.raises(Refused):
        make.programme(land, by=stranger)
    programme = make.programme(land, by=office)
    for act in (
        lambda: actions.add_alias(programme=programme, symbol="12/Ctr-THU", source="Báo", by=stranger, at=make.AT),
        lambda: actions.add_basis(programme=programme, citation="NĐ 1", by=stranger, at=make.AT),
        lambda: actions.add_objective(programme=programme, text="Mục tiêu", by=stranger, at=make.AT),
        lambda: make.obligation(programme, by=stranger),
    ):
        with pytest.raises(Refused):
            act()
    actions.add_alias(programme=programme, symbol="12/Ctr-THU", source="Báo", by=office, at=make.AT)
    actions.add_basis(programme=programme, citation="Nghị định 1", by=office, at=make.AT)
    actions.add_objective(programme=programme, text="Mục tiêu", by=office, at=make.AT)
    actions.add_party(programme=programme, unit_id=land.front["east"].pk, role=PartyRole.SUPPORTING, by=office, at=make.AT)
    with pytest.raises(Refused) as caught:
        actions.add_alias(programme=programme, symbol="12/Ctr-THU", source="Báo", by=office, at=make.AT)
    assert field_of(caught) == "symbol"
    assert [line.role for line in queries.parties_of([programme])[0]][2] == str(PartyRole.SUPPORTING.label)
    assert Event.objects.filter(name="programmes.detail_added").count() == 4


def test_the_office_of_the_heir_of_an_ended_party_runs_the_programme() -> None:
    land = make.country()
    parties = [
        actions.PartyDraft(land.police["east"].pk, PartyRole.LEAD),
        actions.PartyDraft(land.front["east"].pk, PartyRole.COSIGNER),
    ]
    programme = make.programme(land, parties=parties)
    assert queries.run_by(make.holder("moi", programme=land.police["both"]), programme, make.AT.date())
    assert not queries.run_by(make.holder("xa", programme=land.police["duc"]), programme, make.AT.date())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "nghĩa vụ"}, "code"),
        ({"code": ""}, "code"),
        ({"title": ""}, "title"),
        ({"evidence": ""}, "evidence"),
        ({"due_rule": "soon"}, "due_rule"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2023, 7, 31)}, "due_on"),
        ({"due_rule": DueRule.AFTER_SIGNATURE, "due_days": None}, "due_days"),
        ({"due_rule": DueRule.AFTER_SIGNATURE, "due_days": 0}, "due_days"),
    ],
)
def test_an_obligation_with_a_fault_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    programme = make.programme(make.country())
    with pytest.raises(Refused) as caught:
        make.obligation(programme, **changes)
    assert field_of(caught) == field and not Obligation.objects.exists()


def test_scopes_are_known_lines_and_stand_once() -> None:
    programme = make.programme(make.country())
    given: dict[str, Any] = {"programme": programme, "code": "NV-01", "title": "a", "evidence": "b", "due_rule": DueRule.OPEN}
    for scopes in ([], [actions.ScopeDraft("army", 1)], [actions.ScopeDraft("police", 1)] * 2):
        with pytest.raises(Refused) as caught:
            actions.add_obligation(scopes=scopes, by=make.JOB, at=make.AT, **given)
        assert field_of(caught) == "scopes"


def test_a_code_stands_once_in_a_programme_and_keeps_only_the_due_columns_of_its_rule() -> None:
    programme = make.programme(make.country())
    row = make.obligation(programme, code="nv-03", due_rule=DueRule.AFTER_SIGNATURE, due_days=90, due_on=date(2024, 1, 1))
    assert (row.code, row.due_days, row.due_on) == ("NV-03", 90, None)
    assert {(scope.line.code, scope.level) for scope in row.scopes.all()} == {("police", Level.COMMUNE), ("front", Level.COMMUNE)}
    with pytest.raises(Refused) as caught:
        make.obligation(programme, code="NV-03")
    assert field_of(caught) == "code"


def test_a_change_needs_a_reason_and_moves_the_due_day_of_open_duties_only() -> None:
    land = make.country()
    row = make.obligation(make.programme(land), ("police", Level.COMMUNE))
    actions.resolve_duties(obligation=row, on=date(2024, 1, 1), by=make.JOB, at=make.AT)
    given: dict[str, Any] = {"obligation": row, "title": "Mới", "evidence": "Số", "by": make.JOB, "at": make.AT}
    with pytest.raises(Refused) as caught:
        actions.change_obligation(due_rule=DueRule.OPEN, reason=" ", **given)
    assert field_of(caught) == "reason"
    actions.change_obligation(due_rule=DueRule.DATE, due_on=date(2025, 3, 31), reason="Lùi hạn theo công văn 9", **given)
    assert set(row.duties.values_list("due_on", flat=True)) == {date(2025, 3, 31)}
    event = Event.objects.get(name="programmes.obligation_changed")
    assert '"due":"2024-12-14"' in event.body and "Lùi hạn theo công văn 9" in event.body


def test_the_database_refuses_what_the_actions_would_never_write() -> None:
    land = make.country()
    programme = make.programme(land)
    row = make.obligation(programme)
    alias = {"programme": programme, "symbol": "9/X", "source": "báo"}
    bad: list[tuple[type, dict[str, Any]]] = [
        (Programme, {"slug": "a", "symbol": "", "kind": "joint", "title": "x"}),
        (Programme, {"slug": "b", "symbol": programme.symbol, "kind": "joint", "title": "x"}),
        (Programme, {"slug": "c", "kind": "joint", "title": "x", "starts": date(2020, 1, 1), "ends": date(2020, 1, 1)}),
        (Obligation, {"programme": programme, "code": "NV-03", "title": "x", "evidence": "x", "due_rule": "open"}),
        (Obligation, {"programme": programme, "code": "NV-09", "title": "x", "evidence": "x", "due_rule": "date"}),
        (Obligation, {"programme": programme, "code": "NV-09", "title": "x", "evidence": "x", "due_rule": "after_signature"}),
        (Scope, {"obligation": row, "line": row.scopes.first().line, "level": row.scopes.first().level}),
    ]
    with open_door():
        Alias.objects.create(**alias)
        for model, columns in [*bad, (Alias, alias)]:
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.create(**columns)


def test_nothing_is_written_past_the_door() -> None:
    programme = make.programme(make.country())
    programme.title = "Khác"
    with pytest.raises(DoorClosed):
        programme.save()
    with pytest.raises(DoorClosed):
        Programme.objects.update(title="Khác")


def test_search_finds_any_spelling_with_or_without_marks() -> None:
    land = make.country()
    programme = make.programme(
        land, symbol="22-CTr/ĐUCA-V28", title="Công tác dân vận", aliases=[("22/CTr-ĐUCA", "Cổng thông tin")]
    )
    other = make.programme(land, symbol="38-CTr/BDVTW-BCA", title="Toàn dân bảo vệ")
    reader = make.holder("a", report=land.police["an"])
    for text in ("22/CTrĐUCA", "22-ctr/duca-v28", "cong tac dan van", "Công tác dân vận", "Co\u0302ng ta\u0301c"):
        assert queries.search(text, reader) == [programme], text
    assert queries.search("cống tác", reader) == []
    assert queries.search("bảo vệ", reader) == [other]
    assert queries.search("", reader) == [] and queries.search("x\ud800", reader) == []


def test_the_chain_runs_from_the_oldest_predecessor_to_every_successor() -> None:
    land = make.country()
    old = make.programme(land, symbol="1/A", signed_on=date(2013, 8, 1))
    new = make.programme(land, symbol="2/A", predecessor=old)
    newest = make.programme(land, symbol="3/A", predecessor=new)
    make.programme(land, symbol="4/B")
    for one in (old, new, newest):
        assert queries.chain(one) == [old, new, newest]


def test_a_reader_without_account_has_no_programme() -> None:
    make.programme(make.country())
    assert not queries.programmes_seen(SystemActor("x", "x", "anonymous")).exists()
