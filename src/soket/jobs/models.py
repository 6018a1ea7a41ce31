"""Signs of life of the workers. The queue itself is the table of `django_tasks_db`."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import LockedModel


class Beat(LockedModel):
    """A worker that runs, and when it last said so."""

    worker = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    at = models.DateTimeField()
