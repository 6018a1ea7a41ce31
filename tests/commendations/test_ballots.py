"""Blind signatures: the published test vector, the reference library, and what a recount notices."""
from __future__ import annotations

import hashlib
import json
import secrets
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.commendations.core import ballots, council

pytestmark = pytest.mark.one_database
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "secret-ballot.md"
VECTOR = json.loads((Path(__file__).parent / "rfc9474.json").read_text(encoding="utf-8"))


def _number(name: str) -> int:
    return int(VECTOR[name], 16)


@cache
def _keys() -> tuple[str, str]:
    return ballots.new_key()


def _ballot(choice: str, token: str = "") -> ballots.Ballot:
    private, public = _keys()
    key, token = ballots.PublicKey.read(public), token or secrets.token_hex(32)
    text = ballots.message(token, choice)
    blinded, inverse = ballots.blind(key, text, secrets.token_bytes(ballots.SALT), secrets.randbelow(key.n - 2) + 2)
    return ballots.Ballot(token, choice, ballots.finalize(key, text, ballots.blind_sign(private, blinded), inverse))


def test_the_published_vector_of_the_deterministic_variant_is_met_step_by_step() -> None:
    """RFC 9474, Appendix A: encoding, blinded message, blind signature and signature, byte for byte."""
    p, q, message, salt = _number("p"), _number("q"), bytes.fromhex(VECTOR["msg"]), bytes.fromhex(VECTOR["salt"])
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(65537, p * q))
    pem = numbers.private_key().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    key = ballots.PublicKey(p * q, 65537)
    assert ballots.encode(message, 4095, salt).hex() == VECTOR["encoded_msg"]
    blinded, inverse = ballots.blind(key, message, salt, pow(_number("inv"), -1, key.n))
    assert (blinded, inverse) == (_number("blinded_msg"), _number("inv"))
    signed = ballots.blind_sign(pem, blinded)
    assert signed == _number("blind_sig")
    assert ballots.finalize(key, message, signed, inverse) == VECTOR["sig"]
    assert ballots.verify(key, message, VECTOR["sig"])
    assert not ballots.verify(key, message + b" ", VECTOR["sig"])


def test_an_unblinded_signature_is_an_ordinary_pss_signature() -> None:
    _private, public = _keys()
    key = serialization.load_pem_public_key(public.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    made = _ballot("yes")
    key.verify(bytes.fromhex(made.signature), ballots.message(made.token, "yes"), padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384())
    private = serialization.load_pem_private_key(_keys()[0].encode(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    ordinary = private.sign(b"ba:yes", padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384()).hex()
    other_salt = private.sign(b"ba:yes", padding.PSS(padding.MGF1(hashes.SHA384()), 32), hashes.SHA384()).hex()
    ours = ballots.PublicKey.read(public)
    assert ballots.verify(ours, b"ba:yes", ordinary)
    assert not ballots.verify(ours, b"ba:yes", other_salt)
    assert not ballots.verify(ours, b"ba:yes", f"{int(ordinary, 16) + ours.n:0512x}")
    assert not ballots.verify(ours, b"ba:yes", ordinary[:-2])


def test_what_is_not_in_form_is_not_signed_and_not_read() -> None:
    private, public = _keys()
    key = ballots.PublicKey.read(public)
    for number in (0, 1, key.n - 1, key.n, key.n + 5):
        with pytest.raises(ballots.BadBallot, match="form"):
            ballots.blind_sign(private, number)
    made = _ballot("no").as_dict()
    for wrong in ({"choice": "maybe"}, {"token": made["token"].upper()}, {"token": "00"}, {"signature": "0x"}, {"member": "1"}):
        with pytest.raises(ballots.BadBallot, match="form"):
            ballots.Ballot.read({**made, **wrong})
    assert ballots.Ballot.read(made) == ballots.Ballot(**made)


def test_an_urn_is_sorted_takes_a_ballot_once_and_refuses_a_token_with_another_choice() -> None:
    first, second = _ballot("yes", "f" * 64), _ballot("no", "0" * 64)
    urn = ballots.put(ballots.put("[]", first), second)
    assert [one["token"][0] for one in json.loads(urn)] == ["0", "f"]
    assert urn == ballots.put(ballots.put("[]", second), first)
    assert ballots.put(urn, first) == urn
    with pytest.raises(ballots.BadBallot, match="again"):
        ballots.put(urn, _ballot("no", "f" * 64))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(ballots.CHOICES), min_size=1, max_size=5), st.data())
def test_a_changed_added_or_removed_ballot_is_noticed(choices: list[str], data: st.DataObject) -> None:
    key = ballots.PublicKey.read(_keys()[1])
    rows = [_ballot(choice).as_dict() for choice in choices]
    text = ballots.sealed(rows)
    found = ballots.recount(text, key)
    assert (found.yes, found.no, found.blank) == tuple(choices.count(name) for name in ballots.CHOICES)
    assert (found.bad, found.twice, found.digest) == ((), (), ballots.digest(text))
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.sampled_from([one for one in ballots.CHOICES if one != rows[at]["choice"]]))
    changed = ballots.recount(ballots.sealed([{**row, "choice": other} if place == at else row for place, row in enumerate(rows)]), key)
    assert len(changed.bad) == 1
    assert changed.digest != found.digest
    forged = {"token": "ab" * 32, "choice": "yes", "signature": rows[at]["signature"]}
    added = ballots.recount(ballots.sealed([*rows, forged]), key)
    assert (len(added.bad), added.cast) == (1, found.cast + 1)
    assert ballots.recount(ballots.sealed([*rows, rows[at]]), key).twice == (rows[at]["token"],)
    removed = ballots.recount(ballots.sealed(rows[:at] + rows[at + 1 :]), key)
    assert removed.digest != found.digest
    assert removed.cast == found.cast - 1


def test_two_thirds_of_nine_are_six_and_of_nothing_nothing_passes() -> None:
    third = (2, 3)
    assert [council.reaches(yes, 9, third) for yes in (5, 6, 7)] == [False, True, True]
    assert [council.reaches(0, 0, third), council.reaches(1, 1, third)] == [False, True]
    assert [council.reaches(yes, 5, (4, 5)) for yes in (3, 4)] == [False, True]
    assert [council.least(9, third), council.least(7, third), council.least(1, third), council.least(0, third)] == [6, 5, 1, 0]
    assert [council.base(absent, 9, 7) for absent in council.ABSENT] == [7, 9, 9]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 9), st.integers(1, 9))
def test_the_threshold_is_the_least_that_reaches_it(yes: int, of: int, part: int, whole: int) -> None:
    ratio = (min(part, whole), whole)
    assert council.reaches(yes, of, ratio) == (of > 0 and yes >= council.least(of, ratio))


def _candidate(key: str, yes: int, base: int = 9, place: int = 0) -> council.Candidate:
    return council.Candidate(key, yes, base, council.reaches(yes, base, (2, 3)), place)


def test_ranks_follow_the_share_of_votes_and_the_council_orders_equals() -> None:
    rows = [_candidate("a", 7, place=1), _candidate("b", 9, place=2), _candidate("c", 7, place=3), _candidate("d", 5, place=4), _candidate("e", 7, 8, 5)]
    assert council.ranked(rows, None) == council.Ranking(("b", "e", "a", "c"), (), ("d",))
    assert council.ranked(rows, 2) == council.Ranking(("b", "e"), ("a", "c"), ("d",))
    assert council.ranked(rows, 3, {"c": 1, "a": 2}) == council.Ranking(("b", "e", "c"), ("a",), ("d",))
    assert council.ranked(rows, 0).chosen == ()
    assert [[one.key for one in group] for group in council.ties(rows)] == [["a", "c"]]
    assert council.ties(rows[:2]) == []


def test_rules_of_a_council_are_read_or_refused() -> None:
    text = '{"absent":"against","quorum":[2,3],"secret":true,"threshold":[4,5]}'
    assert council.Rules.read(text) == council.Rules((2, 3), (4, 5), True, "against")
    for wrong in (text.replace("against", "somehow"), text.replace("[4,5]", "[5,4]"), text.replace("[2,3]", "[0,3]")):
        with pytest.raises(ValueError, match="absent|part"):
            council.Rules.read(wrong)


def _table(prose: str) -> dict[str, int]:
    rows = [line.strip("| ").split(" | ") for line in prose.split("## Worked numbers")[1].splitlines() if line.startswith("| ") and line[-3:-2].isdigit()]
    return {name: int(value) for name, value in rows}


def test_the_worked_numbers_of_the_document_are_computed_again() -> None:
    """docs/algorithms/secret-ballot.md: the small blinding, the threshold, and three ballots with their key and digest."""
    prose = DOCUMENT.read_text(encoding="utf-8")
    told = _table(prose)
    n, e, d, m, r = (told[name] for name in ("modulus n = 61 · 53", "public exponent e", "private exponent d", "encoded message m", "random r"))
    blinded, back = m * pow(r, e, n) % n, pow(r, -1, n)
    signed = pow(blinded, d, n)
    assert n == 61 * 53
    assert list(told.values())[5:] == [pow(r, e, n), blinded, signed, back, signed * back % n, pow(m, d, n), pow(signed * back % n, e, n)]
    assert "Six of nine pass (6 · 3 ≥ 2 · 9), five do not" in prose
    key = ballots.PublicKey.read(prose.split("```text key\n")[1].split("\n```")[0])
    rows = [json.loads(line) for line in prose.split("```text ballots\n")[1].split("\n```")[0].splitlines()]
    assert {row["token"] for row in rows} == {hashlib.sha256(word).hexdigest() for word in (b"mot", b"hai", b"ba")}
    found = ballots.recount(ballots.sealed(rows), key)
    assert (found.yes, found.no, found.blank, found.bad) == (2, 1, 0, ())
    assert f"`{found.digest}`" in prose
