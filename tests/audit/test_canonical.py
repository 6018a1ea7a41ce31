"""Canonical JSON: one form, clear refusals, and two independent writers that agree."""
from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.audit.verifier.strict import NotStrict, canonical_bytes, read_line
from soket.kernel.canonical import NotCanonical, canonical, digest, hex_digest

pytestmark = pytest.mark.one_database
SAFE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | SAFE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


class Kind(StrEnum):
    ZERO = "zero"


def test_keys_are_sorted_and_blanks_gone() -> None:
    value = {"tên": "Xã Đông Hưng", "b": [1, True, None], "a": {"z": "0", "y": -5}, "kind": Kind.ZERO}
    assert canonical(value).decode() == '{"a":{"y":-5,"z":"0"},"b":[1,true,null],"kind":"zero","tên":"Xã Đông Hưng"}'
    assert digest(value) == hashlib.sha256(canonical(value)).digest()
    assert hex_digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_keys_are_sorted_by_utf16_units() -> None:
    """The sorting example of RFC 8785 section 3.2.3: a smiling face stands before U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = '{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\U0001f600":0,"\ufb33":0}'
    assert canonical(dict.fromkeys(keys, 0)).decode() == expected
    assert canonical_bytes(dict.fromkeys(keys, 0)).decode() == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"rate": [1, 0.5]}, "$.rate[1]: 0.5 is a float, pass a decimal string or a scaled integer"),
        ({"cells": {"01": 2**53}}, "$.cells.01: 9007199254740992 is beyond 2^53 - 1, pass a decimal string"),
        ([-(2**53)], "$[0]: -9007199254740992 is beyond 2^53 - 1, pass a decimal string"),
        ({"a": {1: "x"}}, "$.a: key 1 is not a string"),
        ({"a": {1, 2}}, "$.a: set has no canonical form"),
        ({"a": b"x"}, "$.a: bytes has no canonical form"),
    ],
)
def test_refusals_name_the_place(value: Any, words: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert str(refused.value) == words


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, float("nan")])
def test_broken_text_and_no_numbers_are_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)
    with pytest.raises(NotStrict):
        canonical_bytes(value)


def test_bottomless_nesting_is_refused() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical, match="nested too deeply"):
        canonical(value)
    with pytest.raises(NotStrict):
        canonical_bytes(value)
    with pytest.raises(NotStrict):
        read_line(b"[" * 100_000)


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_the_verifiers_own_writer_agrees_with_the_library(value: Any) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value) == canonical(value)
    assert read_line(canonical(value)) == value


EDGES = st.text(st.sampled_from("aZ\"\\/\x00\x08\x0c\n\r\t\x1f\x7f\x80\u2028\ud7ff\ue000\ufb33\uffff\U00010000\U0001f600\U0010ffffếĐ"), max_size=6)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | SAFE | EDGES | TEXT | st.sampled_from(Kind),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(EDGES | st.sampled_from(Kind), inner, max_size=6),
    max_leaves=30,
)


@given(DOCUMENTS)
@settings(max_examples=500, deadline=None)
def test_the_fast_writer_gives_the_librarys_very_bytes(value: Any) -> None:
    """Keys and texts out of the signs where writers part: escapes, line separators, both sides of the surrogates."""
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1.0}', b'{"a":1e3}', b'{"a":NaN}', b'"\\u0041"', b'"\\/"',
        b'"\xff"', b"01", b"-0", b"9007199254740992", b'"\\ud800"', b'\xef\xbb\xbf{}', b"{} ", b"", b'{"a":1', b"1" * 5000,
    ],
)
def test_any_other_form_of_a_line_is_refused(line: bytes) -> None:
    with pytest.raises(NotStrict):
        read_line(line)
