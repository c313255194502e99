"""The register of deeds: what was done, what was refused, and values that the log only promises.

Rows are added, never changed (triggers see to it); a sealed value alone may be erased.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import UUID

from django.db import models

from gongzhi.core.charter import Member, Thing
from gongzhi.core.sealed import Sealable
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.parties.subject_keys import Keys, keys_of, lock_value, open_value
from gongzhi.trust.identifiers import new_id


class DeedQuerySet(models.QuerySet["Deed"]):
    """Deeds."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: the public log names them to everybody."""
        return self.filter(readable_by(member, "deed", columns={}))

    def about(self, *things: Thing) -> Self:
        """Those done with one of these things, the oldest first."""
        return self.filter(on__in=[thing.name for thing in things])


class Deed(models.Model):
    """Something that a member did: who stands here, the public log names only the party."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(max_length=60)
    on = models.CharField(max_length=100)
    party = models.CharField(max_length=100)
    person = models.UUIDField(null=True)
    office = models.UUIDField(null=True)
    clauses = models.JSONField()
    public = models.JSONField()
    because = models.UUIDField(null=True)
    leaf = models.UUIDField(unique=True)
    business_date = models.DateField()
    done_at = models.DateTimeField()

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["on", "verb"]),
            models.Index(fields=["verb", "party"], name="deeds_by_verb_and_party"),
            # Lists run along the leaves, which is the order of the log (deeds_by_clause: 0014).
            models.Index(fields=["verb", "leaf"], name="deeds_by_verb"),
            models.Index(fields=["party", "leaf"], name="deeds_by_party"),
            models.Index(fields=["person", "leaf"], name="deeds_by_person"),
            models.Index(fields=["business_date", "leaf"], name="deeds_by_date"),
            models.Index(
                fields=["because", "leaf"],
                name="deeds_by_cause",
                condition=models.Q(because__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"

    def thing(self) -> Thing:
        """The deed as the charter sees it."""
        return Thing(kind="deed", id=str(self.pk))

    def kept(self, field: str) -> Any:
        """A value that the log only promises; None once it was erased, or if there is none."""
        sealed = self.sealed_values.filter(field=field).first()
        if sealed is None:
            return None
        opened = sealed.opened(keys_of([sealed.subject]))
        return None if opened is None else opened[1]


class SealedValue(models.Model):
    """A value whose commitment stands in the log; erasing the row erases value and salt.

    Both are locked with the key of the subject; without that key nobody reads them any more.
    """

    deed = models.ForeignKey(Deed, models.PROTECT, related_name="sealed_values")
    field = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    locked = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_value_a_field", fields=["deed", "field"])]
        indexes = [models.Index(fields=["subject"], name="sealed_values_by_subject")]

    def __str__(self) -> str:
        return f"{self.deed_id} {self.field}"

    def opened(self, keys: Keys) -> tuple[bytes, Sealable] | None:
        """Salt and value; None once the subject's key is gone.

        Raises CannotUnlock where the row was tampered with.
        """
        key = keys.get(self.subject)
        if key is None:
            return None
        return open_value(key, self.locked, bound_to=bond_of(self.deed_id, self.field))


def bond_of(deed: UUID, field: str) -> str:
    """What a sealed value is bound to: moved to another deed or field, it doesn't open."""
    return f"{deed} {field}"


def sealed_rows(
    deed: UUID, values: Mapping[str, tuple[bytes, Sealable, str]], *, keys: Keys
) -> Iterable[SealedValue]:
    """The rows of a deed's private values: by field, the salt, the value and whom it is about."""
    for field, (salt, value, subject) in values.items():
        bond = bond_of(deed, field)
        locked = lock_value(keys[subject], value=value, salt=salt, bound_to=bond)
        yield SealedValue(deed_id=deed, field=field, subject=subject, locked=locked)


class RefusedDeedQuerySet(models.QuerySet["RefusedDeed"]):
    """Refused deeds."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own, or all for the audit administrator."""
        return self.filter(readable_by(member, "refused_deed", columns={"holder": "person"}))


class RefusedDeed(models.Model):
    """The access log: a deed that the charter refused; things are named, for they may vanish."""

    verb = models.CharField(max_length=60)
    on = models.CharField(max_length=100)
    party = models.CharField(max_length=100)
    person = models.UUIDField(null=True)
    office = models.UUIDField(null=True)
    clauses = models.JSONField()
    refused_at = models.DateTimeField()

    objects = RefusedDeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["refused_at"]),
            models.Index(fields=["verb", "party"], name="refused_by_verb_and_party"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"

    def thing(self) -> Thing:
        """The refusal as the charter sees it: it is about whom it met."""
        return Thing(kind="refused_deed", id=str(self.pk), holder=str(self.person or NOBODY))


class IdempotencyKey(models.Model):
    """A form's or call's own key: the same one twice is one deed. Kept at least seven days."""

    person = models.CharField(max_length=100)
    verb = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    deed = models.UUIDField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_deed_a_key", fields=["person", "verb", "key"])
        ]
        indexes = [models.Index(fields=["used_at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


class DemoDate(models.Model):
    """The business date of a demo, moved by hand; the newest row holds."""

    date = models.DateField()

    def __str__(self) -> str:
        return str(self.date)
