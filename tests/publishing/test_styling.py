"""The newspaper's style sheets as one."""
from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders

from soket.publishing import styling

pytestmark = pytest.mark.one_database


def test_the_one_sheet_holds_every_sheet_in_its_order_and_finds_its_files() -> None:
    paths = {path: (storage, path) for finder in get_finders() for path, storage in finder.list([]) if path in styling.SHEETS}
    text = styling.joined(paths)
    starts = [text.index(storage.open(path).read().decode()[:60]) for path, storage in (paths[name][::-1] for name in styling.SHEETS)]
    assert starts == sorted(starts) and len(set(starts)) == len(styling.SHEETS)
    addresses = re.findall(r'url\("([^"]+)"\)', text)
    assert "../../ui/vendor/fonts/be-vietnam-pro-vietnamese-400-normal.woff2" in addresses
    assert [one for one in addresses if finders.find(one.replace("../../", "")) is None] == []
    assert "@import" not in text


def test_where_nothing_was_gathered_each_sheet_is_linked() -> None:
    assert styling.addresses() == [f"/static/{name}" for name in styling.SHEETS]
