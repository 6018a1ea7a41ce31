"""Texts compiled by a program are read by that same program."""
from __future__ import annotations

import pytest
from django.utils.translation import gettext, override, trans_real

from soket.front.texts import compile_texts


@pytest.mark.one_database
def test_texts_compiled_after_the_start_are_used_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with override("en"):
        gettext("Evidence")
    # As on a machine where nothing was compiled when the program started: Vietnamese was read and held no words.
    monkeypatch.setattr(trans_real, "_translations", {"vi": trans_real.DjangoTranslation("en")})
    with override("vi"):
        assert gettext("Evidence") == "Evidence"
    assert compile_texts() > 1000
    with override("vi"):
        assert gettext("Evidence") == "Minh chứng"
