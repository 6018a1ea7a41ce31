"""Tables of the room: registers of numbers and what was entered in them. Papers themselves are never stored here."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import SealedModel


class Register(SealedModel):
    """One issuer's series of numbers in one year, 1/1–31/12 (Decree 30/2020/NĐ-CP). `issuer` is an opaque key of the room that asked."""

    issuer = models.CharField(max_length=64)
    issuer_label = models.CharField(max_length=200)  # as the issuer was called when the register was opened
    series = models.CharField(max_length=40)  # "van-ban", "hoi-dong", "so-vang"
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["issuer", "series", "year"]
        constraints = [models.UniqueConstraint(fields=["issuer", "series", "year"], name="documents_register_once")]


class Entry(SealedModel):
    """One number, given once. Numbers of a register are 1, 2, 3, … without a gap and run with the days; the database refuses others."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=30, blank=True)  # "QĐ-BCA"; the gold book has none
    dated = models.DateField()
    subject = models.CharField(max_length=500)
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=100)  # opaque key of what is numbered
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["register", "number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="documents_number_once"),
            models.UniqueConstraint(fields=["register", "reference"], name="documents_reference_once"),
        ]

    @property
    def notation(self) -> str:
        """Number and symbol as printed, with a zero before numbers under ten: “05/QĐ-BCA”."""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"
