"""The only writes of this room."""
from soket.commendations.actions.ruling import install_rules

__all__ = ["install_rules"]
