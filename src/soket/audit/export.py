"""Writing the export of the whole log (docs/algorithms/hash-tree.md), for `verify_bundle`."""
from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from itertools import islice

from soket.audit.core import TILE, leaf_hash, root
from soket.audit.verifier.log import END_START, FORMAT, TILE_START
from soket.audit.verifier.strict import canonical_bytes


def write_log(*, bodies: Iterable[bytes], checkpoint: str, key: str) -> Iterator[bytes]:
    """The file piece by piece: header, each event body on its line, a tile line after every 256, the checkpoint.

    `bodies` are the canonical event bodies in order of position, exactly as many as `checkpoint` covers;
    `key` is the log's verifier key. Raises ValueError on a body that cannot be a line of its own.
    """
    yield canonical_bytes({"format": FORMAT, "key": key}) + b"\n"
    remaining = iter(bodies)
    index = 0
    while tile := list(islice(remaining, TILE)):
        if any(b"\n" in body or body.startswith((TILE_START, END_START)) for body in tile):
            raise ValueError("an event body must be one canonical line and no line of the format itself")
        leaves = [leaf_hash(body) for body in tile]
        joined = base64.b64encode(b"".join(leaves)).decode()
        yield b"\n".join(tile) + b"\n"
        yield canonical_bytes({"tile": {"hash": root(leaves).hex(), "index": index, "leaves": joined}}) + b"\n"
        index += 1
    yield canonical_bytes({"checkpoint": checkpoint}) + b"\n"
