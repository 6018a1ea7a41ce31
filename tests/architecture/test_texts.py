"""Vietnamese is complete: every source text in code and templates has a translation, and one text has one translation."""
from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from soket.front.texts import merged
from tests.architecture.source import PACKAGE, short, templates

pytestmark = pytest.mark.one_database
KEYWORDS = ("gettext", "gettext_lazy", "_", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "now_gettext")


def _from_code() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        for _line, function, message, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
            text = message[0] if isinstance(message, tuple) and "pgettext" not in function else message
            if isinstance(text, tuple):
                text = text[1]
            if text:
                yield short(path), str(text)


def _from_templates() -> Iterator[tuple[str, str]]:
    for _room, path in templates():
        python = templatize(path.read_text(encoding="utf-8"), origin=path.name)
        for found in re.finditer(r"\b(?:n?gettext|_)\((u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))", python):
            text = ast.literal_eval(found[1].lstrip("u"))
            if text:
                yield short(path), text


def test_every_text_has_vietnamese() -> None:
    catalog = merged()
    found = {f"{where}: {text!r}" for source in (_from_code, _from_templates) for where, text in source() if not _translated(catalog, text)}
    assert sorted(found) == []


def _translated(catalog: object, text: str) -> bool:
    message = catalog.get(text) or catalog.get(text.replace("%%", "%"))  # type: ignore[attr-defined]
    if message is None:
        return any(text == (item.id[0] if isinstance(item.id, tuple) else item.id) and bool(item.string) for item in catalog)  # type: ignore[attr-defined]
    return bool(message.string)


def test_one_text_has_one_translation() -> None:
    conflicts: list[str] = []
    merged(conflicts)
    assert conflicts == []
