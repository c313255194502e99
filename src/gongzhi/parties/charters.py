"""The charter as this place has it: its versions, which parts are in force, and what is proposed.

Versions, decisions on parts, proposed texts, comments and opinions are added, never changed
(triggers see to it); an amendment itself only moves from stage to stage.
"""

from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.charter.amending import Changes
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.reading import NOBODY, Columns, readable_by
from gongzhi.trust.identifiers import new_id

STAGES = ["drafting", "open", "returned", "reviewed", "issued", "withdrawn"]


class CharterVersionQuerySet(models.QuerySet[Any]):
    """Versions of the rules."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "charter_version", columns={}))


class AdoptionQuerySet(models.QuerySet[Any]):
    """Decisions on parts of the rules."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "adoption", columns={}))


def _written_by(people: Collection[str]) -> Q:
    """Amendments in which one of these people had a hand, as `Amendment.thing()` tells it."""
    known = [UUID(person) for person in people]
    theirs = Q(person__in=known) | Q(person__human__in=known)
    wrote = AmendmentText.objects.filter(theirs).values("amendment")
    found_lawful = AmendmentReview.objects.filter(theirs).values("amendment")
    return Q(pk__in=wrote) | Q(stage=Amendment.Stage.REVIEWED, pk__in=found_lawful)


class AmendmentQuerySet(models.QuerySet[Any]):
    """Amendments."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns: Columns = {
            "owner": "organisation_id",
            "stage": "stage",
            "holder": "own_account",
            "authors": _written_by,
        }
        own = Case(When(organisation=None, then="person_id"))
        rows = self.alias(own_account=own)
        return rows.filter(readable_by(member, "amendment", columns=columns))


class AmendmentCommentQuerySet(models.QuerySet[Any]):
    """Comments on amendments."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "amendment_comment", columns={}))


class CharterVersion(models.Model):
    """The whole text of the rules, numbered; the first is the model text that came along.

    `answer` is what the authority says to the comments that it issued the version after.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    texts = models.JSONField()
    digest = models.CharField(max_length=80)
    amendment = models.OneToOneField(
        "Amendment", models.PROTECT, null=True, related_name="version_made"
    )
    authority = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    document_number = models.CharField(max_length=100, blank=True)
    in_force_from = models.DateField()
    answer = models.TextField(max_length=5000, blank=True)

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="charter_version_is_issued_or_the_model_text",
                condition=Q(amendment=None, organisation=None, authority="", document_number="")
                | Q(amendment__isnull=False, organisation__isnull=False)
                & ~Q(authority="")
                & ~Q(document_number=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def thing(self) -> Thing:
        """The version as the charter sees it."""
        return Thing(kind="charter_version", id=str(self.pk))


class Adoption(models.Model):
    """A decision that a part of the rules is in force from a day on, or is suspended.

    Of the decisions that cover a day the newest counts, so that a suspension with an end lapses.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    part = models.CharField(max_length=10)
    adopted = models.BooleanField()
    authority = models.CharField(max_length=100)
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    document_number = models.CharField(max_length=100)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["part", "id"])]
        constraints = [
            models.CheckConstraint(
                name="adoption_names_authority_and_document",
                condition=~Q(authority="") & ~Q(document_number="") & ~Q(part=""),
            ),
            models.CheckConstraint(
                name="adoption_ends_after_it_begins",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=models.F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.document_number}"

    def thing(self) -> Thing:
        """The decision as the charter sees it."""
        return Thing(kind="adoption", id=str(self.pk))


class Amendment(models.Model):
    """A proposed change of the rules: who proposed it, against which version, how far it got.

    Without a text yet it is a proposal to draft one, for a gap in the rules.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        DRAFTING = "drafting", _("待起草")
        OPEN = "open", _("征求意见")
        RETURNED = "returned", _("审核退回")
        REVIEWED = "reviewed", _("审核通过")
        ISSUED = "issued", _("已签发")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    base = models.ForeignKey(CharterVersion, models.PROTECT, related_name="amendments")
    stage = models.CharField(max_length=20, choices=Stage)
    revision = models.PositiveIntegerField(default=1)
    comments_until = models.DateField(null=True)
    gap = models.JSONField(null=True)
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["stage"])]
        constraints = [
            models.CheckConstraint(name="amendment_stage_is_known", condition=Q(stage__in=STAGES)),
            models.CheckConstraint(
                name="amendment_with_a_text_has_a_comment_period",
                condition=Q(stage__in=["drafting", "withdrawn"]) | Q(comments_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text(self) -> "AmendmentText":
        """What is proposed now."""
        return self.texts.get(revision=self.revision)

    def thing(self) -> Thing:
        """The amendment as the charter sees it.

        A citizen's is their own, an organisation's belongs to it. Who found it lawful counts among
        its authors, so that another issues it.
        """
        whose = ("person_id", "person__human_id")
        hands = set(self.texts.values_list(*whose))
        if self.stage == self.Stage.REVIEWED:
            hands |= set(self.reviews.values_list(*whose))
        owner = str(self.organisation_id or NOBODY)
        return Thing(
            kind="amendment",
            id=str(self.pk),
            owner=owner,
            stage=self.stage,
            holder=NOBODY if self.organisation_id else str(self.person_id),
            authors=frozenset(str(who) for both in hands for who in both if who),
            conflicted=conflicted(f"organisation:{owner}"),
        )


class AmendmentText(models.Model):
    """A revision of what an amendment proposes: changed clauses and policies, and why."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="texts")
    revision = models.PositiveIntegerField()
    changes = models.JSONField()
    reason = models.TextField(max_length=5000)
    digest = models.CharField(max_length=80)
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    written_on = models.DateField()

    class Meta:
        ordering = ["amendment", "-revision"]
        constraints = [
            models.UniqueConstraint(name="one_text_a_revision", fields=["amendment", "revision"])
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.revision}"

    def proposed(self) -> Changes:
        """The changes as a value."""
        return Changes.from_record(self.changes)


class AmendmentComment(models.Model):
    """What somebody says to a revision of an amendment; pages name the party, never the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="comments")
    revision = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    commented_on = models.DateField()

    objects = AmendmentCommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="amendment_comment_says_something", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def thing(self) -> Thing:
        """The comment as the charter sees it."""
        return Thing(kind="amendment_comment", id=str(self.pk))


class AmendmentReview(models.Model):
    """The legal office's opinion on a revision (合法性审核), with its document number."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="reviews")
    revision = models.PositiveIntegerField()
    passes = models.BooleanField()
    opinion = models.TextField(max_length=5000)
    document_number = models.CharField(max_length=100)
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    reviewed_on = models.DateField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="one_review_a_revision", fields=["amendment", "revision"]),
            models.CheckConstraint(
                name="amendment_review_has_opinion_and_document",
                condition=~Q(opinion="") & ~Q(document_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.document_number}"
