"""Budgets of size: tails are where beauty dies. The allow-list gives a reason for each entry."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules, short

pytestmark = pytest.mark.one_database
ALLOWED: dict[str, str] = {}


def _p90(values: list[int]) -> int:
    return sorted(values)[max(0, round(len(values) * 0.9) - 1)]


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n") + 1


def test_files_and_functions_stay_small() -> None:
    files, functions, found = [], [], []
    for path, tree in modules():
        files.append(_lines(path))
        if files[-1] > 400 and short(path) not in ALLOWED:
            found.append(f"{short(path)}: {files[-1]} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                functions.append(length)
                if length > 60:
                    found.append(f"{short(path)}:{node.lineno} {node.name}: {length} lines")
    assert found == []
    assert _p90(files) <= 250
    assert _p90(functions) <= 25


def test_templates_scripts_and_tests_stay_small() -> None:
    limits = [(PACKAGE.glob("*/templates/**/*.html"), 200), (PACKAGE.glob("*/static/**/js/*.js"), 150), (ROOT.glob("tests/**/*.py"), 800)]
    found = [f"{short(path)}: {_lines(path)}" for paths, limit in limits for path in paths if "vendor" not in path.parts and _lines(path) > limit]
    assert found == []


def test_the_kernel_stays_small() -> None:
    """Layer 0 is entered only when three rooms need it: counted without blank lines."""
    total = sum(1 for path in (PACKAGE / "kernel").glob("*.py") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    assert total < 500
