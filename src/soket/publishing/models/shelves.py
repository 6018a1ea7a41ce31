"""What public pages are ordered by."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import LockedModel


class Category(LockedModel):
    """A section of the newspaper (chuyên mục). Its address never changes; its names may, by an audited act."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    order = models.PositiveIntegerField()
    closed = models.BooleanField(default=False)  # takes no new article; its page stays

    class Meta:
        ordering = ["order", "pk"]
