"""What the verifier found, in Vietnamese and English, for a person and for a program."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INTACT, TAMPERED, UNREADABLE = 0, 1, 2
MOST_FINDINGS = 200


@dataclass(frozen=True)
class Line:
    """One check. `code` is stable for programs; `key` names an entry; `line` counts from 1, 0 for none."""

    ok: bool
    code: str
    vi: str
    en: str
    key: str = ""
    line: int = 0


@dataclass
class Report:
    """The result for one file. `kind` is "dossier", "log" or "file"; `facts` hold digest, sizes and the like.

    After 200 findings the rest are only counted, in `hidden`.
    """

    kind: str
    checks: list[Line] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    unreadable: bool = False
    hidden: int = 0

    def good(self, code: str, vi: str, en: str) -> None:
        self.checks.append(Line(True, code, _plain(vi), _plain(en)))

    def bad(self, code: str, vi: str, en: str, *, key: str = "", line: int = 0) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.checks.append(Line(False, code, _plain(vi), _plain(en), key, line))
        else:
            self.hidden += 1

    def refuse(self, code: str, vi: str, en: str) -> Report:
        """Nothing can be checked at all: not such a file, or no usable key."""
        self.unreadable = True
        self.bad(code, vi, en)
        return self

    @property
    def findings(self) -> list[Line]:
        return [check for check in self.checks if not check.ok]

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def first_bad(self) -> Line | None:
        """The first finding that names an entry, else the first finding."""
        findings = self.findings
        return next((finding for finding in findings if finding.key), findings[0] if findings else None)

    @property
    def exit_code(self) -> int:
        """0 intact, 1 altered or not proven, 2 nothing could be checked."""
        return UNREADABLE if self.unreadable else INTACT if self.ok else TAMPERED

    def lines(self) -> list[str]:
        """The report for a person: each check in Vietnamese, then in English, then the conclusion."""
        out = []
        for check in self.checks:
            mark, place = ("ĐẠT", "OK ") if check.ok else ("SAI", "BAD"), f" [dòng/line {check.line}]" if check.line else ""
            out += [f"{mark[0]}  {check.vi}{place}", f"{mark[1]}  {check.en}"]
        return [*out, *_conclusion(self)]

    def as_dict(self) -> dict[str, Any]:
        first = self.first_bad
        return {
            "kind": self.kind,
            "result": ("intact", "tampered", "unreadable")[self.exit_code],
            "first_bad": {"key": first.key, "line": first.line, "code": first.code} if first else None,
            "facts": self.facts,
            "hidden": self.hidden,
            "checks": [vars(check) for check in self.checks],
        }


def _conclusion(report: Report) -> list[str]:
    if report.exit_code == UNREADABLE:
        return ["KẾT LUẬN: không kiểm chứng được tệp này.", "RESULT: this file could not be verified."]
    if report.exit_code == INTACT:
        return ["KẾT LUẬN: nguyên vẹn, đúng như khi được niêm phong.", "RESULT: intact, as it was sealed."]
    count = len(report.findings) + report.hidden
    return [
        f"KẾT LUẬN: KHÔNG nguyên vẹn; {number(count)} điểm sai.",
        f"RESULT: NOT intact; {count:,} {'fault' if count == 1 else 'faults'}.",
    ]


def _plain(text: str) -> str:
    """Names come from the file: nothing in them may steer the terminal or turn the reading direction."""
    return "".join(ch if ch.isprintable() else "\ufffd" for ch in text)


def number(value: int) -> str:
    """A whole number as written in Vietnamese: 1.234.567."""
    return f"{value:,}".replace(",", ".")


def seal_code(digest: str) -> str:
    """The short form of a dossier digest for people and papers: 16 digits in four groups."""
    return "-".join(digest[i : i + 4].upper() for i in range(0, 16, 4))
