"""Links that rooms above put on an exemplar's page, such as a nomination that starts from it."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from soket.exemplars.models import Exemplar

Address = Callable[[Exemplar], str]
_links: list[tuple[Any, Address]] = []


def register_link(label: Any, url_for: Address) -> None:
    """Show `label` (a lazily translated text) leading to `url_for(exemplar)`; an empty address shows nothing. Registering the same
    function again is harmless."""
    if all(known is not url_for for _label, known in _links):
        _links.append((label, url_for))


def links(exemplar: Exemplar) -> list[tuple[str, str]]:
    """(label, address) of every registered link that has one for this exemplar, in the order of registration."""
    return [(str(label), url) for label, url_for in _links if (url := url_for(exemplar))]
