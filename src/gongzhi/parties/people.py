"""People: accounts that can sign in, and the human being behind one or several of them.

Two accounts of one human count as one person wherever somebody's own work is judged (clause 3.3).
The human is known again by a keyed digest of the identity number, which itself is kept nowhere.
"""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id

NAME_MAX = 60
PUBLIC_NAME_MAX = 20
NAMELESS = "市民"  # the name of accounts behind which nobody's is known here


class Human(models.Model):
    """A human being, known again by the digest of the identity number (parties/identity.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: themselves, colleagues, and for administrators all."""
        columns = {"owner": "organisation_id", "holder": "pk"}
        return self.filter(readable_by(member, "person", columns=columns))

    def active(self) -> Self:
        """Those who may sign in."""
        return self.filter(is_active=True)


class PersonManager(BaseUserManager["Person"]):
    """People, and what the framework asks of those who sign in."""

    def get_queryset(self) -> PersonQuerySet:
        """All people."""
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, member: Member) -> PersonQuerySet:
        """Those that the member may view."""
        return self.get_queryset().visible_to(member)

    def active(self) -> PersonQuerySet:
        """Those who may sign in."""
        return self.get_queryset().active()


class Person(AbstractBaseUser):
    """Somebody who can sign in; what they may do comes from their offices alone.

    `organisation` is where they belong, with or without an office there. `public_name` is what
    they chose to be shown under when they speak for themselves (clause 5.13).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=NAME_MAX)
    public_name = models.CharField(max_length=PUBLIC_NAME_MAX, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    human = models.ForeignKey(Human, models.PROTECT, null=True, related_name="accounts")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, null=True, related_name="people"
    )

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("public_name"), name="public_name_is_one_persons")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in front when they speak in public for themselves, never the real one."""
        return self.public_name or _("一位市民")

    @property
    def called(self) -> str:
        """What they are called on their own pages."""
        return self.shown_name if self.name == NAMELESS else self.name

    @property
    def who(self) -> str:
        """The human being where one is known, else the account: whom a right is about."""
        return str(self.human_id or self.pk)

    def selves(self) -> frozenset[str]:
        """Under which identifiers this somebody may be met: the account and the human."""
        return frozenset({str(self.pk), self.who})

    def thing(self) -> Thing:
        """The person as the charter sees them."""
        return Thing(
            kind="person",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.pk),
            stage="active" if self.is_active else "suspended",
        )


def counts_as(member: Member) -> str:
    """Whom a voice of somebody's own counts as: the human where one is known, else the account.

    One thing, one voice: a unique constraint over the thing and this.
    """
    assert member.person is not None, "only people have a voice of their own"
    return member.human or member.person
