"""The public store catches up with what belongs to a copy that is already there: sound, press files, a newer edition."""
from __future__ import annotations

from typing import Any

import pytest

from soket.publishing import mending, queries, shelving
from soket.publishing.actions import sound as actions
from soket.publishing.models import Narration
from soket.publishing.queries import library, press
from soket.publishing.tasks.kit import make_press
from tests.factories import publishing as make
from tests.factories import publishing_sound as sound

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def extra(desk: make.Desk) -> dict[str, Any]:
    found = queries.kept(desk.article.slug)
    assert found is not None
    return dict(found.extra)


def mended() -> tuple[int, int]:
    """How many articles changed, and whether nothing is left to do."""
    return mending.mend(), mending.mend()


def test_what_belongs_to_a_copy_is_mended_when_it_could_not_be_put_there(desk: make.Desk) -> None:
    """A test's transaction never commits, so nobody is told: as when the store could not be written."""
    copy = make.released(desk)
    shelving.shelve_frame()
    assert mended() == (0, 0) and not {"audio", "kit", "og", "newer"} & extra(desk).keys()
    make_press.func(article=desk.article.pk, key=library.press_key(copy))
    assert mended() == (1, 0) and {"kit", "og"} <= extra(desk).keys()
    row = sound.heard(desk, sound.ready(desk.article, desk.editor))
    assert mended() == (1, 0)
    assert extra(desk)["audio"]["mp3"]["sha256"] == row.mp3.sha256 and "kit" not in extra(desk)  # a kit without the sound is no longer right
    make.second_edition(desk)
    assert mended() == (1, 0) and extra(desk)["newer"]["number"] == 2
    _taken_back(desk, row)


def _taken_back(desk: make.Desk, row: Narration) -> None:
    """A reading that is withdrawn leaves the store; one whose text moved on is told so; the kit without it fits again."""
    actions.withdraw_sound(narration=row, reason="Đọc sai tên xã", by=desk.publisher, at=make.AT)
    assert mended() == (1, 0) and "audio" not in extra(desk) and "kit" in extra(desk)
    again = sound.heard(desk, sound.ready(desk.article, desk.editor, sound.tone(level=0.2)))
    make.released(desk, at=make.CORRECTED_AT, note="Bổ sung báo cáo.")
    assert mended() == (0, 0)
    told = extra(desk)
    assert (told["audio"]["mp3"]["sha256"], told["audio"]["stale"]) == (again.mp3.sha256, True) and not {"kit", "newer"} & told.keys()
    assert press.copy_for_press(desk.article.pk).number == 2  # type: ignore[union-attr]
