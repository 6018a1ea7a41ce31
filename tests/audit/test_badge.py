"""The Open Badges form of a certificate: exact structure, signature, and the bit that flips when it is taken back."""
from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.audit.badge import LEAST_BITS, Badge, credential_jwt, did, did_document, encoded_list, is_revoked, jwk, read_jwt, status_list_jwt, thumbprint
from soket.audit.credential import BadCertificate
from tests.audit.samples import signer

pytestmark = pytest.mark.one_database
BASE = "https://soket.example"
AT = datetime(2026, 7, 9, 9, 30, tzinfo=timezone(timedelta(hours=7)))
BADGE = Badge("BCA-2026-00012", "Bộ Công an", "Bằng khen", "Trưởng Công an xã A, tỉnh B", "Thành tích trong Chương trình phối hợp",
              "Quyết định 123/QĐ-BCA ngày 09/7/2026", AT, 25)  # fmt: skip
KEY = signer().public_key()
TEXT = credential_jwt(BADGE, base_url=BASE, signer=signer())
OTHER = credential_jwt(replace(BADGE, serial="BCA-2026-00013"), base_url=BASE, signer=signer())


def part(text: str, at: int) -> Any:
    piece = text.split(".")[at]
    return json.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))


def test_the_credential_has_exactly_these_members() -> None:
    assert part(TEXT, 0) == {"alg": "EdDSA", "typ": "JWT", "kid": f"did:web:soket.example#{thumbprint(KEY)}", "jwk": jwk(KEY)}
    assert read_jwt(TEXT, [KEY]) == {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:5e4520c1-4594-515f-b4f7-327832d38a25",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:soket.example", "type": ["Profile"], "name": "Bộ Công an", "url": BASE},
        "validFrom": "2026-07-09T02:30:00Z",
        "name": "Bằng khen BCA-2026-00012",
        "credentialSubject": {
            "id": "urn:uuid:743d43cd-340c-5f64-affb-084fd0c72770",
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": "Trưởng Công an xã A, tỉnh B", "identityType": "name"}],
            "achievement": {
                "id": "urn:uuid:fb232594-ffb3-5014-9c8f-0c3ee3d337b3", "type": ["Achievement"], "name": "Bằng khen",
                "description": "Thành tích trong Chương trình phối hợp", "criteria": {"narrative": "Quyết định 123/QĐ-BCA ngày 09/7/2026"},
            },
        },
        "credentialStatus": {
            "id": "https://soket.example/bk/danh-sach/1#25", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "25", "statusListCredential": "https://soket.example/bk/danh-sach/1",
        },
        "iss": "did:web:soket.example", "jti": "urn:uuid:5e4520c1-4594-515f-b4f7-327832d38a25", "nbf": 1783564200,
        "sub": "urn:uuid:743d43cd-340c-5f64-affb-084fd0c72770",
    }  # fmt: skip


def test_the_status_list_has_exactly_these_members_and_its_bit_flips() -> None:
    def listed(revoked: set[int]) -> dict[str, Any]:
        return read_jwt(status_list_jwt(revoked, base_url=BASE, signer=signer(), as_of=AT), [KEY])

    before, after = listed(set()), listed({25})
    assert before == {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": "https://soket.example/bk/danh-sach/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "did:web:soket.example", "validFrom": "2026-07-09T02:30:00Z",
        "credentialSubject": {"id": "https://soket.example/bk/danh-sach/1#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
                              "encodedList": encoded_list([])},
        "iss": "did:web:soket.example", "jti": "https://soket.example/bk/danh-sach/1", "nbf": 1783564200, "sub": "https://soket.example/bk/danh-sach/1#list",
    }  # fmt: skip
    assert [is_revoked(before, index) for index in (24, 25, 26)] == [False, False, False]
    assert [is_revoked(after, index) for index in (24, 25, 26)] == [False, True, False]
    assert part(status_list_jwt([], base_url=BASE, signer=signer(), as_of=AT), 0)["typ"] == "vc+jwt"
    broken = f"u{base64.urlsafe_b64encode(gzip.compress(bytes(16))[:10] + b'broken').decode().rstrip('=')}"  # a right head, then no gzip
    for status, index in ((before, LEAST_BITS), (before, -1), ({"credentialSubject": {"encodedList": broken}}, 0)):
        with pytest.raises(BadCertificate):
            is_revoked(status, index)


def test_the_first_bit_is_the_leftmost_and_the_list_is_never_shorter_than_the_standard_asks() -> None:
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded_list([0, 9])[1:] + "=="))
    assert (bits[:2], len(bits)) == (b"\x80\x40", 16_384)
    # The example of the standard is an empty list; gzip headers differ between writers, so its bits are compared.
    example = gzip.decompress(base64.urlsafe_b64decode("H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"))
    assert example == bytes(16_384) == gzip.decompress(base64.urlsafe_b64decode(encoded_list([])[1:] + "=="))
    with pytest.raises(ValueError, match="-1"):
        encoded_list([-1])


@given(st.sets(st.integers(0, 2 * LEAST_BITS), max_size=20), st.integers(0, LEAST_BITS - 1))
def test_a_list_holds_what_was_put_in(revoked: set[int], other: int) -> None:
    status = {"credentialSubject": {"encodedList": encoded_list(revoked)}}
    assert all(is_revoked(status, index) for index in revoked)
    assert is_revoked(status, other) == (other in revoked)


def test_the_document_of_the_issuer_names_every_key() -> None:
    old = signer(3).public_key()
    own = "did:web:127.0.0.1%3A8000"
    assert did("http://127.0.0.1:8000") == own
    document = did_document("http://127.0.0.1:8000", [KEY, old])
    assert document == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"], "id": own,
        "verificationMethod": [{"id": f"{own}#{thumbprint(key)}", "type": "JsonWebKey", "controller": own, "publicKeyJwk": jwk(key)} for key in (KEY, old)],
        "assertionMethod": [f"{own}#{thumbprint(KEY)}", f"{own}#{thumbprint(old)}"],
    }  # fmt: skip
    assert read_jwt(credential_jwt(BADGE, base_url=BASE, signer=signer(3)), [KEY, old])["jti"] == part(TEXT, 1)["jti"]


def test_the_thumbprint_is_the_one_of_the_standard() -> None:
    """RFC 8037, appendix A.3."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
    assert thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize(("text", "code"), [
    (credential_jwt(BADGE, base_url=BASE, signer=signer(2)), "unknown_key"),
    (".".join([TEXT.split(".")[0], OTHER.split(".")[1], TEXT.split(".")[2]]), "bad_signature"),
    (TEXT[:-4], "malformed"), (TEXT + "=", "malformed"), (TEXT + ".x", "malformed"), ("", "malformed"), ("a.b.c", "malformed"), ("e30.e30.", "malformed"),
    (".".join([base64.urlsafe_b64encode(b'{"alg":"none","kid":"x#y"}').decode().rstrip("="), *TEXT.split(".")[1:]]), "malformed"),
])  # fmt: skip
def test_what_was_not_signed_by_a_trusted_key_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadCertificate) as caught:
        read_jwt(text, [KEY])
    assert caught.value.code == code
