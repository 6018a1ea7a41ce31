"""Walks the product's own source for the architecture tests."""
from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "soket"
ROOMS = [
    "audit", "jobs", "files", "organisations", "accounts", "programmes", "reporting", "rollup", "reviews", "directions", "commendations", "exemplars",
    "conferences", "publishing",
]  # fmt: skip
LAYER = {
    "kernel": 0, "audit": 1, "jobs": 1, "live": 1, "files": 2, "documents": 2, "organisations": 3, "accounts": 4, "programmes": 5,
    "reporting": 6, "rollup": 7, "reviews": 8, "directions": 9, "commendations": 9, "exemplars": 9, "conferences": 10,
    "publishing": 11, "front": 12, "demo": 13,
}


def modules(pattern: str = "**/*.py") -> Iterator[tuple[Path, ast.Module]]:
    """Every own module but migrations, parsed."""
    for path in sorted(PACKAGE.glob(pattern)):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_file(path: Path, name: str) -> bool:
    """Whether the module is `name`.py or inside a package called `name`."""
    return path.stem == name or name in path.relative_to(PACKAGE).parts[:-1]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def templates() -> Iterator[tuple[str, Path]]:
    """(room, template file) for every own template."""
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield path.relative_to(PACKAGE).parts[0], path
