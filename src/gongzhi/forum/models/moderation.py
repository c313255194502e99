"""Posts that aren't shown: why, the appeal against it, and what readers reported.

A post is any public row of the forum, known by its name as a thing; its words stay in its own row.
Whoever hid it is an author of the hiding, so that nobody decides about their own.
"""

from dataclasses import dataclass
from typing import Any, Protocol, Self, runtime_checkable
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.moderating import NOT_SHOWN, AppealOutcome, HidingStage
from gongzhi.core.terms import Said, Text
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.rules.participation.moderation import category_of
from gongzhi.trust.identifiers import new_id

KIND_MAX, CODE_MAX, REASON_MAX = 40, 30, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What is known of any post: its name as a thing, its author, who moderates it, its words."""

    kind: str
    id: UUID
    author: UUID
    owner: Organisation
    text: str

    @property
    def name(self) -> str:
        """Its name as a thing: its kind and its identifier."""
        return f"{self.kind}:{self.id}"


@runtime_checkable
class Post(Protocol):
    """A row that is a public post."""

    def posted(self) -> Posted:
        """What is known of it as a post."""
        ...


class HidingQuerySet(models.QuerySet[Any]):
    """Hidings."""

    def visible_to(self, member: Member) -> Self:
        """Those whose reason the member may read; that a post is hidden everybody sees."""
        return self.filter(_readable(member, "hiding", way="", holder="author_id"))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("owner__region", "office__person", "office__organisation")

    def not_shown(self, kind: str) -> Self:
        """Those that stand of posts of a kind, in no order."""
        return self.filter(post_kind=kind, stage__in=NOT_SHOWN).order_by()


class AppealQuerySet(models.QuerySet[Any]):
    """Appeals."""

    def visible_to(self, member: Member) -> Self:
        """Those against hidings that the member may read."""
        return self.filter(_readable(member, "hiding", way="hiding__", holder="author_id"))


class PostReportQuerySet(models.QuerySet[Any]):
    """What readers reported."""

    def visible_to(self, member: Member) -> Self:
        """The member's own, and those that the member's organisation looks after."""
        return self.filter(_readable(member, "post_report", way="", holder="person_id"))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("owner__region")


def _readable(member: Member, kind: str, *, way: str, holder: str) -> Q:
    columns = {
        "holder": f"{way}{holder}",
        "owner": f"{way}owner_id",
        "stage": f"{way}stage",
        "regions": f"{way}owner__region",
    }
    return readable_by(member, kind, columns=columns)


class OfPost(models.Model):
    """What is said of a post: which one, who looks after it, and for which category."""

    post_kind = models.CharField(max_length=KIND_MAX)
    post_id = models.UUIDField()
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField(max_length=CODE_MAX)

    class Meta:
        abstract = True

    @property
    def post(self) -> str:
        """The name of the post as a thing."""
        return f"{self.post_kind}:{self.post_id}"

    @property
    def category_name(self) -> Text:
        """What its category is called."""
        return category_of(self.category).name


class Hiding(OfPost):
    """That a post isn't shown: for which category, why, since when, and by which office."""

    class Stage(models.TextChoices):
        """How far it got."""

        HIDDEN = HidingStage.HIDDEN, _("不予显示")
        APPEALED = HidingStage.APPEALED, _("申诉中")
        CONFIRMED = HidingStage.CONFIRMED, _("维持不予显示")
        RESTORED = HidingStage.RESTORED, _("恢复显示")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=REASON_MAX)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    hidden_on = models.DateField()
    appeal_until = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.HIDDEN)

    objects = HidingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="hiding_stage_is_known", condition=Q(stage__in=[*map(str, HidingStage)])
            ),
            models.UniqueConstraint(
                name="a_post_is_hidden_once",
                fields=["post_kind", "post_id"],
                condition=Q(stage__in=[*map(str, NOT_SHOWN)]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.hidden_on}"

    def thing(self) -> Thing:
        """The hiding as the charter sees it; whoever hid the post wrote it."""
        return Thing(
            kind="hiding",
            id=str(self.pk),
            holder=str(self.author_id or NOBODY),
            owner=str(self.owner_id),
            stage=self.stage,
            authors=self.office.person.selves() if self.office_id else frozenset(),
            conflicted=frozenset(),
            regions=self.owner.region.line(),
        )

    def answered_by(self, deed: Deed) -> dict[Any, str]:
        """The author of the post is told that it was hidden, and how the appeal ended."""
        told = {"hide_post", "decide_appeal"}
        return {self.author_id: self.thing().name} if deed.verb in told else {}


class Appeal(models.Model):
    """What an author says against a hiding, by when it is decided, and how it was decided."""

    class Outcome(models.TextChoices):
        """How it was decided."""

        UPHELD = AppealOutcome.UPHELD, _("恢复显示")
        DISMISSED = AppealOutcome.DISMISSED, _("维持不予显示")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hiding = models.OneToOneField(Hiding, models.PROTECT, related_name="appeal")
    text = models.TextField(max_length=REASON_MAX)
    appealed_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.TextField(max_length=REASON_MAX, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    objects = AppealQuerySet.as_manager()
    own_words = OwnWords(name=Said("申诉"), whose="hiding__author", columns=("text",))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_decided_appeal_says_who_and_when",
                condition=Q(outcome="", decided_on=None, office=None)
                | Q(
                    outcome__in=[*map(str, AppealOutcome)],
                    decided_on__isnull=False,
                    office__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.hiding} {self.appealed_on}"


class PostReport(OfPost):
    """That a reader finds that a post shouldn't be shown; each person once for a post."""

    class Stage(models.TextChoices):
        """Whether somebody looked into it."""

        OPEN = "open", _("待处理")
        SETTLED = "settled", _("已处理")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.TextField(max_length=REASON_MAX, blank=True)
    reported_on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)

    objects = PostReportQuerySet.as_manager()
    own_words = OwnWords(name=Said("举报"), whose="person", columns=("note",))

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner", "stage"])]
        constraints = [
            models.UniqueConstraint(
                name="one_person_one_report", fields=["post_kind", "post_id", "person"]
            ),
            models.CheckConstraint(
                name="post_report_stage_is_known", condition=Q(stage__in=["open", "settled"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.reported_on}"

    def thing(self) -> Thing:
        """The report as the charter sees it."""
        return Thing(
            kind="post_report",
            id=str(self.pk),
            holder=str(self.person_id or NOBODY),
            owner=str(self.owner_id),
            stage=self.stage,
            regions=self.owner.region.line(),
        )
