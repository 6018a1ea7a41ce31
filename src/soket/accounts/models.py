"""People who sign in, and the posts they hold at units for a time."""
from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import Office as OfficeCode
from soket.kernel.actor import Reach
from soket.kernel.door import LockedModel
from soket.organisations.models import Unit

OFFICE_WORDS = {
    OfficeCode.REPORT: _("Report for the unit"),
    OfficeCode.DECIDE: _("Decide on what subordinate units send"),
    OfficeCode.COMMEND: _("Appraise commendations"),
    OfficeCode.PROGRAMME: _("Run the programme office"),
    OfficeCode.SIGN: _("Sign reviews for the unit"),
    OfficeCode.WRITE: _("Draft articles"),
    OfficeCode.EDIT: _("Write public statements"),
    OfficeCode.PUBLISH: _("Approve and publish statements"),
    OfficeCode.PICTURE: _("Keep the photographs of the newsroom"),
    OfficeCode.SOUND: _("Keep the recordings of the newsroom"),
    OfficeCode.ADMINISTER: _("Administer organisations and posts"),
}


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """One account for one person. `label` is how acts are signed: an office and a post, not a private name."""

    username = models.CharField(_("Account name"), max_length=60, unique=True)
    label = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    active_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @is_active.setter
    def is_active(self, value: bool) -> None:
        """Ignored: access ends by a dated act, never by a flag."""

    @property
    def actor_kind(self) -> str:
        return "person"

    @property
    def actor_id(self) -> str:
        return str(self.pk)

    @property
    def actor_label(self) -> str:
        return self.label

    def holds(self, office: OfficeCode, at: date, on: int) -> bool:
        from soket.accounts.queries import reach_of  # the protocol's answer is a read of this room

        return reach_of(self, office, at).covers(on)

    def reach(self, office: OfficeCode, at: date) -> Reach:
        from soket.accounts.queries import reach_of

        return reach_of(self, office, at)

    def __str__(self) -> str:
        return self.label


class Post(LockedModel):
    """A person holds an office at a unit for a range of days, on a basis."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    office = models.CharField(max_length=20, choices=[(o.value, o.value) for o in OfficeCode])
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="accounts_post_range",
            )
        ]
