"""The codes of a print run: equal to the general encoder's, square by square, in about a tenth of its time.

An address whose fragment keeps to the 45 signs of the alphanumeric mode, at level M under one fixed mask: everything but the data of a
version is then the same for every code. So what a version shares is taken once from the general encoder, and a code is a few array
operations. Steps and numbers: ISO/IEC 18004:2015, 7.4 to 7.8.
"""
from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import segno
from segno import consts, encoder

MASK = 3
_SIGNS = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_BLOCKS: Any = consts.ECC
_LEVEL = consts.ERROR_LEVEL_M
Bytes = npt.NDArray[np.uint8]


class Block(NamedTuple):
    """Blocks of one size: where each begins among the data, and the parity of each unit data word."""

    starts: tuple[int, ...]
    length: int
    parity: Bytes


class Version(NamedTuple):
    """What all codes of a version share: the drawn frame, the places of its bits in order, their mask, and the blocks."""

    frame: Bytes
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    mask: Bytes
    blocks: tuple[Block, ...]
    interleaved: npt.NDArray[np.intp]


def dense_matrix(address: str, fragment: str) -> Bytes:
    """The squares of a code without its quiet zone, 1 for dark. Raises ValueError when no version holds the text."""
    number, data = _data(address.encode(), fragment)
    shared = _version(number)
    words = np.frombuffer(data, np.uint8)
    parity = [
        np.bitwise_xor.reduce(_product()[words[start : start + block.length, None], block.parity], axis=0)
        for block in shared.blocks for start in block.starts
    ]  # fmt: skip
    message = np.concatenate([words[shared.interleaved], np.array(parity).T.ravel()])
    bits = np.zeros(len(shared.rows), np.uint8)  # the bits that remain at the end are zero
    bits[: len(message) * 8] = np.unpackbits(message)
    matrix = shared.frame.copy()
    matrix[shared.rows, shared.columns] = bits ^ shared.mask
    return matrix


def dense_svg(matrix: Bytes, border: int = 4) -> str:
    """Each run of dark squares as one stroke of the height of a square."""
    side = len(matrix) + 2 * border
    edges = np.diff(np.pad(matrix, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    strokes, last_row, last_end = [], -1, 0
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        strokes.append(f"m{start - last_end} 0h{end - start}" if row == last_row else f"M{start + border} {row + border}.5h{end - start}")
        last_row, last_end = row, end
    path = "".join(strokes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path stroke="#000" d="{path}"/></svg>'


def _data(address: bytes, fragment: str) -> tuple[int, bytes]:
    """The smallest version that holds the text, and its data words, ended and padded."""
    values = [_SIGNS[sign] for sign in fragment]
    pairs = [f"{left * 45 + right:011b}" for left, right in zip(values[::2], values[1::2], strict=False)]
    tail = f"{values[-1]:06b}" if len(values) % 2 else ""
    for number in range(1, 41):
        room = _words(number) * 8
        count, dense = (8, 9) if number < 10 else (16, 11) if number < 27 else (16, 13)
        parts = ("0100", f"{len(address):0{count}b}", "".join(f"{byte:08b}" for byte in address), "0010", f"{len(values):0{dense}b}", *pairs, tail)
        text = "".join(parts)
        if len(text) <= room:
            text += "0" * min(4, room - len(text))
            # A whole word of zeros where the text ends on a word: readers pass over padding, and the general encoder does the same.
            text += "0" * min(8 - len(text) % 8, room - len(text))
            padding = (b"\xec\x11" * room)[: (room - len(text)) // 8]
            return number, int(text, 2).to_bytes(len(text) // 8, "big") + padding
    raise ValueError("no version holds the text")


def _words(number: int) -> int:
    return sum(kind.num_blocks * kind.num_data for kind in _BLOCKS[number][_LEVEL])


@lru_cache(maxsize=40)
def _version(number: int) -> Version:
    side = number * 4 + 17
    general: Any = encoder
    free = general.make_matrix(side, side)
    general.add_finder_patterns(free, side, side)
    general.add_alignment_patterns(free, side, side)
    places = [(row, column) for row, column in _walk(side) if free[row][column] == 2]
    rows, columns = (np.array(part, np.intp) for part in zip(*places, strict=True))
    drawn = segno.make_qr("A", version=number, error="m", boost_error=False, mask=MASK)
    blocks: list[Block] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for kind in _BLOCKS[number][_LEVEL]:
        own = tuple(at + index * kind.num_data for index in range(kind.num_blocks))
        blocks.append(Block(own, kind.num_data, _parity(kind.num_data, kind.num_total - kind.num_data)))
        starts += [(start, kind.num_data) for start in own]
        at += kind.num_blocks * kind.num_data
    longest = max(length for _, length in starts)
    order = chain.from_iterable((start + index for start, length in starts if index < length) for index in range(longest))
    mask = ((rows + columns) % 3 == 0).astype(np.uint8)
    return Version(np.array(list(map(list, drawn.matrix)), np.uint8), rows, columns, mask, tuple(blocks), np.array(list(order), np.intp))


def _walk(side: int) -> list[tuple[int, int]]:
    """Every square in the order in which bits are placed: columns in pairs from the right, up and down in turn, past the timing column."""
    found, upwards = [], True
    for right in (column if column > 6 else column - 1 for column in range(side - 1, 0, -2)):
        lines = range(side - 1, -1, -1) if upwards else range(side)
        found += [(row, column) for row in lines for column in (right, right - 1)]
        upwards = not upwards
    return found


@lru_cache(maxsize=1)
def _product() -> Bytes:
    """The multiplication table of the field of 256 elements."""
    table = np.zeros((256, 256), np.uint8)
    for left in range(1, 256):
        for right in range(1, 256):
            table[left, right] = consts.GALIOS_EXP[(consts.GALIOS_LOG[left] + consts.GALIOS_LOG[right]) % 255]
    return table


@lru_cache(maxsize=40)
def _parity(length: int, words: int) -> Bytes:
    """For each place of a block the check words of a 1 standing there alone: checks of a block are their sum."""
    generator = [consts.GALIOS_EXP[power] for power in consts.GEN_POLY[words]]
    rows, remainder = [], np.array(generator, np.uint8)
    for _ in range(length):
        rows.append(remainder)
        lead, shifted = remainder[0], np.append(remainder[1:], 0).astype(np.uint8)
        remainder = shifted ^ _product()[lead, generator]
    return np.array(rows[::-1], np.uint8)
