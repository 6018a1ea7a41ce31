"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from soket.kernel.door import open_door
from soket.programmes.models import Programme
from soket.reporting import actions
from soket.reporting.models import Indicator, JointAnswer, JointEvent, Report, Round, Template, TemplateUse
from tests.factories import reporting as make

SEALED = ["template", "roundstate", "submission", "decision", "excuse", "evidence", "rejectedtwin", "jointanswer", "drafttwin"]


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as failure, transaction.atomic(), open_door():
        write()
    assert constraint in str(failure.value) or "UNIQUE" in str(failure.value)


def _copy(row: object, **changes: object) -> dict:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    return {**fields, **changes}


def test_a_ratio_has_both_parts_and_a_weighted_mean_its_weight(db: None) -> None:
    make.catalogue()
    ratio, mean = Indicator.objects.get(code="TT03"), Indicator.objects.get(code="TT06")
    refused("reporting_ratio_has_both", lambda: Indicator.objects.create(**_copy(ratio, code="X", denominator_id=None)))
    refused("reporting_mean_has_weight", lambda: Indicator.objects.create(**_copy(mean, code="Y", weight_id=None)))


def test_versions_rounds_and_reports_stand_once(report: Report) -> None:
    template, year = Template.objects.first(), report.round
    refused("reporting_template_version", lambda: Template.objects.create(**_copy(template)))
    refused("reporting_round_once", lambda: Round.objects.create(**_copy(year, slug="khac")))
    refused("reporting_report_once", lambda: Report.objects.create(**_copy(report)))
    refused("reporting_round_range", lambda: Round.objects.create(**_copy(year, slug="nguoc", year=2030, ends=date(2020, 1, 1))))


def test_a_joint_event_has_two_units_and_an_answer_names_the_other_only_when_it_says_so(country: make.Country, report: Report) -> None:
    event = JointEvent(
        id=uuid.UUID(int=1), round=report.round, indicator=Indicator.objects.get(code="CD04"), held_on=date(2025, 5, 20), title="Giao ban",
        reporter=report.unit, counterpart=country.front["one"], made_at=make.IN_TIME, by_label="x",
    )  # fmt: skip
    with open_door():
        event.save(force_insert=True)
    twin = _copy(event, id=uuid.UUID(int=2), counterpart_id=report.unit_id)
    refused("reporting_joint_two_units", lambda: JointEvent.objects.create(**twin))
    for answer, other in (("same_as", None), ("confirmed", event)):
        row = {"event": event, "answer": answer, "same_as": other, "at": make.IN_TIME, "by_label": "x"}
        refused("reporting_same_as_names_one", lambda row=row: JointAnswer.objects.create(**row))


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("table", SEALED)
def test_sealed_tables_carry_a_guard(db: None, table: str, verb: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [f"reporting_{table}"])
            assert f"guard_reporting_{table}_{verb.lower()}" in {row[0] for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT event_manipulation FROM information_schema.triggers WHERE event_object_table = %s", [f"reporting_{table}"])
            assert verb in {row[0] for row in cursor.fetchall()}


def test_a_programme_reads_a_form_once(db: None) -> None:
    yearly, _quarterly = make.catalogue()
    with open_door():
        programme = Programme.objects.create(slug="ct-mau", symbol="12/CTr-MH", kind="joint", title="Chương trình mẫu")
    first = actions.use_template(template_code=yearly.code, programme=programme, by=make.OFFICE, at=make.IN_TIME)
    assert actions.use_template(template_code=yearly.code, programme=programme, by=make.OFFICE, at=make.IN_TIME) == first
    assert TemplateUse.objects.count() == 1
