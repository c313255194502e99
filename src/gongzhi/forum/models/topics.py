"""Topics: a question about a thing, statements of people, and what others think of each.

Who takes a stance is known to its row alone, which has no moment and no order; shown is the tally.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.stances import Stance as StanceValue
from gongzhi.core.participating.stances import Tally
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.moderation import Posted
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, Columns, readable_by
from gongzhi.trust.identifiers import new_id

ABOUT_MAX, QUESTION_MAX, STATEMENT_MAX = 100, 200, 140
WITHDRAWN = "withdrawn"


class TopicQuerySet(models.QuerySet[Any]):
    """Topics."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may read."""
        columns = {
            "owner": "owner_id",
            "stage": "stage",
            "label": "label",
            "regions": "owner__region",
        }
        return self.filter(readable_by(member, "topic", columns=columns))

    def past(self, *, today: date) -> Self:
        """Those that are open still after their last day."""
        return self.filter(stage="open", closes_on__lt=today)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("owner__region", "project", "process")


class StatementQuerySet(models.QuerySet[Any]):
    """Statements."""

    def visible_to(self, member: Member) -> Self:
        """Those of topics that the member may read."""
        columns: Columns = {
            "holder": "author_id",
            "owner": "topic__owner_id",
            "stage": _at_stage,
            "label": "topic__label",
            "regions": "topic__owner__region",
        }
        return self.filter(readable_by(member, "statement", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("topic__owner__region", "topic__process", "author")


def _at_stage(stages: Collection[str]) -> Q:
    standing = Q(withdrawn_on=None, topic__stage__in=sorted(set(stages) - {WITHDRAWN}))
    return standing | Q(withdrawn_on__isnull=False) if WITHDRAWN in stages else standing


class Topic(models.Model):
    """A question about a thing: who asks it, from when until when."""

    class Stage(models.TextChoices):
        """Whether one may still speak."""

        OPEN = "open", _("正在征集")
        CLOSED = "closed", _("已结束")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.CharField(max_length=QUESTION_MAX)
    about = models.CharField(max_length=ABOUT_MAX, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="topics")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="topics")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    label = models.CharField(max_length=20, default="public")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        indexes = [models.Index(fields=["stage", "closes_on"])]
        constraints = [
            models.CheckConstraint(
                name="topic_stage_is_known", condition=Q(stage__in=["open", "closed"])
            ),
            models.CheckConstraint(
                name="a_topic_closes_after_it_opens",
                condition=Q(closes_on__gte=models.F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def thing(self) -> Thing:
        """The topic as the charter sees it."""
        return Thing(
            kind="topic",
            id=str(self.pk),
            owner=str(self.owner_id),
            stage=self.stage,
            label=self.label,
            regions=self.owner.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """Who follows the project is told of its topics too."""
        return (self.project.thing(),) if self.project else ()


def _withdraw(rows: models.QuerySet["Statement"], *, today: date) -> None:
    """What has no words any more isn't put to anybody; what others thought of it stays counted."""
    rows.filter(withdrawn_on=None).update(withdrawn_on=today)


class Statement(models.Model):
    """A sentence that somebody says on a topic, for others to agree with or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="statements")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.CharField(max_length=STATEMENT_MAX)
    submitted_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    objects = StatementQuerySet.as_manager()
    own_words = OwnWords(name=Said("观点"), whose="author", columns=("text",), leaving=_withdraw)

    class Meta:
        ordering = ["topic", "id"]
        indexes = [models.Index(fields=["topic", "author"])]
        constraints = [
            models.UniqueConstraint(
                name="a_topic_has_a_statement_once",
                fields=["topic", "text"],
                condition=Q(withdrawn_on=None),
            )
        ]

    def __str__(self) -> str:
        """Its topic and day, not its words: they may be hidden, where its name still stands."""
        return f"{self.topic} {self.submitted_on}"

    def thing(self) -> Thing:
        """The statement as the charter sees it."""
        return Thing(
            kind="statement",
            id=str(self.pk),
            holder=str(self.author_id or NOBODY),
            owner=str(self.topic.owner_id),
            stage=self.course(),
            label=self.topic.label,
            regions=self.topic.owner.region.line(),
        )

    def course(self) -> str:
        """Its stage: its topic's, unless its author took it back."""
        return WITHDRAWN if self.withdrawn_on else self.topic.stage

    def part_of(self) -> tuple[Thing, ...]:
        """Who follows the topic is told of its statements too."""
        return (self.topic.thing(),)

    def posted(self) -> Posted:
        """The statement as a post."""
        return Posted(
            kind="statement",
            id=self.pk,
            author=self.author_id,
            owner=self.topic.owner,
            text=self.text,
        )


class Stance(models.Model):
    """What a person thinks of a statement; one for each, by the key of the table.

    `who` is the human being where one is known, else the account. There is no moment and no
    number in the row, so that nothing tells in what order stances came.
    """

    pk = models.CompositePrimaryKey("statement_id", "who")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="stances")
    who = models.UUIDField()
    value = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["who"], name="stances_by_person")]
        constraints = [
            models.CheckConstraint(
                name="stance_is_known", condition=Q(value__in=[*map(int, StanceValue)])
            )
        ]

    def __str__(self) -> str:
        return str(self.statement_id)


class TallyPart(models.Model):
    """A part of a statement's tally; whoever adds to one that is held takes another.

    A statement that few answer at once has one part; the tally is the sum of its parts.
    """

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="tally_parts")
    agree = models.IntegerField(default=0)
    disagree = models.IntegerField(default=0)
    passed = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.statement_id)

    def tally(self) -> Tally:
        """The part as a value."""
        return Tally(agree=self.agree, disagree=self.disagree, passed=self.passed)
