"""Audit events this room declares, by part."""
from soket.commendations.events import (  # noqa: F401 - declared by being imported
    appraising,
    campaign,
    certificates,
    council,
    deciding,
    grounds,
    nominating,
    ruling,
)
