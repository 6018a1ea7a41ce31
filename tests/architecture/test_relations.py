"""Import contracts see imports; these walkers see string foreign keys, template includes and {% url %}."""
from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.architecture.source import LAYER, templates

pytestmark = pytest.mark.one_database
INCLUDE = re.compile(r"{%-?\s*(?:include|extends)\s+[\"']([a-z_]+)/")
URL = re.compile(r"{%-?\s*url\s+[\"']([a-z_]+):")


def test_foreign_keys_point_down() -> None:
    found = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in LAYER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or target._meta.app_label not in LAYER:
                continue
            if LAYER[target._meta.app_label] > LAYER[room]:
                found.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert found == []


def test_templates_include_their_own_room_or_ui() -> None:
    found = []
    for room, path in templates():
        for target in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if target not in {room, "ui"} and not (target in LAYER and LAYER[target] < LAYER.get(room, 99)):
                found.append(f"{path.name} ({room}) includes {target}/")
    assert found == []


def test_templates_link_down_or_sideways_never_up() -> None:
    found = []
    for room, path in templates():
        if room in {"ui", "front"}:
            continue
        for target in URL.findall(path.read_text(encoding="utf-8")):
            if target in LAYER and LAYER[target] > LAYER[room] and target != "front":
                found.append(f"{path.name} ({room}) links to {target}")
    assert found == []


def test_no_inline_script_or_style_in_templates() -> None:
    found = []
    for _room, path in templates():
        text = path.read_text(encoding="utf-8")
        if re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", text):
            found.append(str(path.name))
    assert found == []
