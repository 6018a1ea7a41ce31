"""The one error of the room: what is wrong with a paper, where, in both languages."""
from __future__ import annotations


class PaperError(ValueError):
    """A paper that cannot be set. `where` names the field (`blocks[3].runs[0].text`); `vi` and `en` say why."""

    def __init__(self, where: str, *, vi: str, en: str) -> None:
        super().__init__(f"{where}: {vi} / {en}")
        self.where = where
        self.vi = vi
        self.en = en
