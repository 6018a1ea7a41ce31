"""Vendored files are the recorded ones; styles keep the promises of contrast, size and cascade."""
from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src/soket/ui"
CSS = sorted((UI / "static/ui/css").glob("*.css"))
GOVUK = (UI / "static/ui/vendor/govuk-frontend.css").read_text(encoding="utf-8")
VENDORING = runpy.run_path(str(ROOT / "scripts/vendor_browser_files.py"))
TOKENS = dict(re.findall(r"--sk-([\w-]+): (#[0-9a-f]{6})", (UI / "static/ui/css/tokens.css").read_text(encoding="utf-8")))


def test_vendored_files_match_the_manifest() -> None:
    assert VENDORING["differences"]() == []
    names = {row["name"] for row in json.loads((UI / "vendor_manifest.json").read_text(encoding="utf-8"))["files"]}
    assert names == {"govuk-frontend", "htmx.org", "@fontsource/be-vietnam-pro", "@fontsource/inter", "axe-core", "jsqr"}


def test_every_vendored_file_is_in_the_manifest() -> None:
    recorded = {row["file"] for row in json.loads((UI / "vendor_manifest.json").read_text(encoding="utf-8"))["files"]}
    folders = [UI / "static/ui/vendor", ROOT / "tests/support/vendor"]
    present = {str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert present == recorded


def test_no_foreign_typeface_nor_crest_remains() -> None:
    assert VENDORING["FORBIDDEN"].search(GOVUK) is None
    assert "url(" not in GOVUK and GOVUK.startswith("@layer govuk{") and GOVUK.count("{") == GOVUK.count("}")


def test_theming_drops_rules_at_any_depth_and_refuses_what_it_cannot_drop() -> None:
    themed = VENDORING["themed_govuk"]
    sheet = "@font-face{src:url(/assets/f)}.a{color:red}@supports (x){.crest{b:c}@media print{.crown{d:e}}}"
    sheet += ".b{font-family:GDS Transport,arial,sans-serif}"
    assert themed(sheet) == f"@layer govuk{{.a{{color:red}}.b{{font-family:{VENDORING['FONT']}}}}}\n"
    with pytest.raises(ValueError, match="gds transport"):
        themed(".a{font-family:gds transport}")


def test_each_bridged_property_exists_in_the_vendored_sheet() -> None:
    ours = set(re.findall(r"(--govuk-[\w-]+):", (UI / "static/ui/css/tokens.css").read_text(encoding="utf-8")))
    assert len(ours) == 19
    assert {name for name in ours if f"{name}:" not in GOVUK} == set()


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_a_sheet_is_short_local_and_flat(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert re.findall(r"https?:|@import|gradient\(|box-shadow: 0 \d+px \d+px", text) == []
    addresses = re.findall(r'url\("([^"]+)"\)', text)
    assert [address for address in addresses if not (path.parent / address).is_file()] == []


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7), ("ink-2", "paper", 7), ("ink-2", "wash-2", 7), ("ink-3", "paper", 4.5), ("ink-3", "wash", 4.5), ("seal", "paper", 7),
        ("seal", "wash", 7), ("seal", "seal-wash", 4.5), ("link", "paper", 7), ("link", "wash", 7), ("warn", "paper", 4.5),
        ("warn", "warn-wash", 4.5), ("ok", "paper", 4.5), ("paper", "d4", 4.5), ("ink", "d3", 4.5), ("rule", "paper", 3),
        ("ink", "focus", 7), ("d4", "paper", 3),
    ],
)  # fmt: skip
def test_contrast_holds(text: str, ground: str, least: float) -> None:
    assert contrast(text, ground) >= least


def test_collected_files_refer_only_to_each_other(settings: object, tmp_path: Path) -> None:
    """The manifest storage follows each url() in each sheet and fails on one that leads nowhere."""
    storages = dict(django_settings.STORAGES)
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = storages  # type: ignore[attr-defined]
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    assert {f"ui/css/{path.name}" for path in CSS} <= set(manifest)
