"""The roll-up over a small real world: equal to plain SQL, equal on old and new boundaries, fresh at once."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction

from soket.demo.reports import ACCEPTER, OFFICE, moment
from soket.organisations import queries as organisations
from soket.reporting import actions
from soket.reporting.core import Content
from soket.reporting.core.cells import number
from soket.reporting.models import Report, Round, Submission, Verdict
from soket.reporting.queries import content_of
from soket.rollup import engine, queries
from soket.rollup.core.figures import FigureState
from soket.rollup.spec import BadSpec, Spec
from tests.support.world import build_small

YEAR = ("nam-2025",)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small world inside one transaction that is rolled back after the module."""
    from django.conf import settings

    folder: Path = tmp_path_factory.mktemp("world")
    before, settings.DATA = settings.DATA, folder
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        build_small(folder)
        yield
        transaction.set_rollback(True)
    settings.DATA = before
    engine.forget()


def _area(name: str, day: date) -> int:
    tree = organisations.area_tree(day)
    return next(key for key in tree.at_level(1) if tree.node(key).name == name)


def _sql_value(code: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST(json_extract(s.content, '$.cells.{code}.value') AS INTEGER)"
    return f"CAST(s.content::jsonb -> 'cells' -> '{code}' ->> 'value' AS bigint)"


def _by_province(code: str, round_id: int) -> dict[int, int]:
    """As reported, in plain SQL from the canonical JSON and the dated tree; no code of the roll-up."""
    query = f"""
        WITH RECURSIVE owed AS (
            SELECT r.id, r.covers_to, uv.area_id AS area, {_sql_value(code)} AS value
            FROM reporting_report r
            JOIN reporting_submission s ON s.id = r.accepted_id
            JOIN organisations_unitversion uv ON uv.unit_id = r.unit_id AND uv.valid_from <= r.covers_to
                AND (uv.valid_to IS NULL OR uv.valid_to > r.covers_to)
            WHERE r.round_id = %s
        ), up(id, covers_to, area, value, parent) AS (
            SELECT o.id, o.covers_to, o.area, o.value, av.parent_id FROM owed o
            JOIN organisations_areaversion av ON av.area_id = o.area AND av.valid_from <= o.covers_to
                AND (av.valid_to IS NULL OR av.valid_to > o.covers_to)
            UNION ALL
            SELECT u.id, u.covers_to, av.area_id, u.value, av.parent_id FROM up u
            JOIN organisations_areaversion av ON av.area_id = u.parent AND av.valid_from <= u.covers_to
                AND (av.valid_to IS NULL OR av.valid_to > u.covers_to)
        )
        SELECT area, SUM(value) FROM up WHERE parent IS NULL GROUP BY area
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [round_id])
        return {area: int(total) for area, total in cursor.fetchall() if total is not None}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["TT01", "TT02", "MH04", "CD07"])
def test_totals_equal_plain_sql(world: None, code: str) -> None:
    round_ = Round.objects.get(slug="nam-2025")
    plain = _by_province(code, round_.pk)
    whole = queries.figure(Spec("indicator", code, YEAR))
    assert whole.value.numerator == sum(plain.values())


@pytest.mark.django_db
def test_a_province_formed_whole_is_the_sum_of_its_predecessors_on_both_boundaries(world: None) -> None:
    old, new = date(2025, 6, 30), date(2025, 7, 1)
    on_old = Spec("indicator", "TT01", YEAR, boundary="2025-06-30")
    parts = queries.figures(on_old, (_area("tỉnh Thái Bình", old), _area("tỉnh Hưng Yên", old)))
    whole = queries.figures(Spec("indicator", "TT01", YEAR, boundary="2025-07-01"), (_area("tỉnh Hưng Yên", new),))
    numbers = [part.value.numerator for part in parts]
    assert None not in numbers
    assert whole[0].value.numerator == sum(number for number in numbers if number is not None)
    assert whole[0].value.coverage.due == sum(part.value.coverage.due for part in parts)


@pytest.mark.django_db
def test_the_thai_binh_series_is_the_same_before_and_after(world: None) -> None:
    """Thái Bình's 242 communes were divided by no mapping, so its old area keeps its series after it ended."""
    area = _area("tỉnh Thái Bình", date(2025, 6, 30))
    for slug in ("quy-1-2025", "quy-4-2025", "quy-2-2026"):
        figure = queries.figures(Spec("indicator", "TT01", (slug,), boundary="2025-06-30"), (area,))[0]
        assert figure.value.state is FigureState.VALUE
        assert figure.value.gaps == ()


@pytest.mark.django_db
def test_children_of_the_country_sum_to_the_country(world: None) -> None:
    spec = Spec("indicator", "TT02", YEAR, boundary="2025-07-01")
    total = sum(child.value.numerator or 0 for child in queries.children(spec))
    assert queries.figure(spec).value.numerator == total


@pytest.mark.django_db
def test_a_divided_commune_is_not_comparable_and_says_which(world: None) -> None:
    """New communes of Hưng Yên that took part of Lạc Đạo, Đình Dù or Ngọc Thanh cannot state the year before."""
    new = date(2025, 7, 1)
    tree = organisations.area_tree(new)
    communes = tuple(tree.at_level(3, _area("tỉnh Hưng Yên", new)))
    found = queries.figures(Spec("indicator", "TT01", ("quy-1-2025",), boundary="2025-07-01"), communes)
    broken = [figure for figure in found if figure.value.state is FigureState.NOT_COMPARABLE]
    day = date(2025, 3, 14)
    names = {queries.area_name(area, day) for figure in broken for area in figure.value.gaps}
    assert names == {"xã Lạc Đạo", "xã Đình Dù", "xã Ngọc Thanh"}
    assert all(figure.value.numerator is None for figure in broken)


@pytest.mark.django_db
def test_a_joint_meeting_counts_once_though_both_partners_report_it(world: None) -> None:
    both = queries.figure(Spec("indicator", "CD04", YEAR)).value.numerator
    police = queries.figure(Spec("indicator", "CD04", YEAR, lines=("police",))).value.numerator
    front = queries.figure(Spec("indicator", "CD04", YEAR, lines=("front",))).value.numerator
    assert (both, police, front) == (40, 40, 40)


@pytest.mark.django_db
def test_an_accepted_report_is_in_the_national_figure_at_once(world: None) -> None:
    spec = Spec("indicator", "TT01", ("quy-3-2026",))
    before = queries.figure(spec).value.numerator
    assert before is not None
    report = Report.objects.filter(round__slug="quy-3-2026", state="accepted").order_by("id").first()
    assert report is not None
    assert report.accepted is not None
    old = content_of(report.accepted)
    cells = {**old.cells, "TT01": number(old.cell("TT01").value + 7)}
    at = moment(date(2026, 10, 20))
    content = Content(cells, old.texts, {"dong-tong": "minh họa"})
    actions.submit(id=(key := uuid4()), report=report, content=content.to_json(), base=report.accepted.pk, by=OFFICE, at=at)
    assert queries.figure(spec).value.numerator == before
    actions.decide(submission=Submission.objects.get(pk=key), verdict=Verdict.ACCEPTED, by=ACCEPTER, at=at)
    assert queries.figure(spec).value.numerator == before + 7


@pytest.mark.one_database
def test_a_spec_survives_its_address_and_its_json() -> None:
    spec = Spec("indicator", "TT01", ("quy-1-2025", "quy-2-2025"), ("police",), 7, "2025-07-01")
    assert Spec.from_json(spec.to_json()) == spec
    query = dict(pair.split("=") for pair in spec.query().replace("%2C", ",").split("&"))
    assert Spec.from_query(query) == spec
    for wrong in ({"loai": "indicator"}, {"loai": "nonsense"}, {"loai": "external"}, {"loai": "indicator", "chi-tieu": "A", "ky": "b", "ranh-gioi": "x"}):
        with pytest.raises(BadSpec):
            Spec.from_query(wrong)
