"""`python -m bench` lists the benches; `python -m bench NAME` runs one and ends with one line of JSON."""
from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent


def available() -> dict[str, str]:
    """Bench names with the first line of their docstring."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if not path.stem.startswith("_"):
            found[path.stem] = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    return found


def main(arguments: list[str]) -> int:
    names = available()
    if not arguments:
        for name, line in names.items():
            print(f"{name:14} {line}")
        return 0
    if arguments[0] not in names:
        print(f"no bench {arguments[0]!r}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    sys.argv = [arguments[0], *arguments[1:]]
    runpy.run_module(f"bench.{arguments[0]}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
