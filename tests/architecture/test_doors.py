"""One door for writes, and objects reached only through the actor's scope."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import is_file, modules, short

pytestmark = pytest.mark.one_database
WRITES = {"save", "bulk_create", "bulk_update", "create", "get_or_create", "update_or_create"}
QUERYSET_WRITES = {"update", "delete"}


def _writes(tree: ast.Module) -> list[int]:
    """Lines that write rows: x.save(…), Model.objects.create(…), queryset.update(field=…), queryset.delete()."""
    lines = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        text = ast.unparse(node.func.value)
        through_manager = ".objects" in text
        if (node.func.attr in WRITES and (through_manager or node.func.attr in {"save", "bulk_create"})) or (
            node.func.attr in QUERYSET_WRITES and through_manager
        ):
            lines.append(node.lineno)
    return lines


def test_rows_are_written_only_in_actions() -> None:
    found = []
    for path, tree in modules():
        if is_file(path, "actions") or short(path).startswith("src/soket/kernel/door.py"):
            continue
        found += [f"{short(path)}:{line}" for line in _writes(tree) if not _is_own_file_write(path, line)]
    assert found == []


def _is_own_file_write(path: Path, line: int) -> bool:
    """`document.save(buffer)` of the Word and picture libraries writes no row."""
    return "documents" in path.parts or ("publishing" in path.parts and path.name in {"picturing.py", "cards.py", "kit_docx.py"})


def _offered(path: Path) -> set[str] | None:
    """In a package `actions`, only what its __init__ offers is the door; a module offers all public names."""
    opening = path.parent / "__init__.py"
    if path.stem == "actions":
        return None
    tree = ast.parse(opening.read_text(encoding="utf-8"))
    return {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_every_public_function_in_actions_is_an_action_with_an_actor() -> None:
    found = []
    for path, tree in modules():
        if not is_file(path, "actions"):
            continue
        offered = _offered(path)
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.name.endswith("ref"):
                continue
            if offered is not None and node.name not in offered:
                continue
            if not any("action" in ast.unparse(item) for item in node.decorator_list):
                found.append(f"{short(path)}:{node.lineno} {node.name}: not decorated with @action")
            elif node.args.args:
                found.append(f"{short(path)}:{node.lineno} {node.name}: takes positional arguments")
    assert found == []


def test_views_reach_objects_through_a_scope() -> None:
    found = []
    for path, _tree in modules():
        if is_file(path, "views"):
            text = path.read_text(encoding="utf-8")
            found += [f"{short(path)}: {word}" for word in (".objects", "get_object_or_404(") if word in text]
    assert found == []


def test_no_mocks_no_skips() -> None:
    root = Path(__file__).resolve().parents[1]
    words = ("unittest." + "mock", "mark." + "skip", "pytest." + "skip", "mark." + "xfail")
    found = [f"{path.name}: {word}" for path in root.rglob("test_*.py") for word in words if word in path.read_text(encoding="utf-8")]
    assert found == []
