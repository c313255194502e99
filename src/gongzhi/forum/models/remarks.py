"""Remarks: what somebody says to an office and nobody publishes, under their name or under none.

Rows of an anonymous one have identifiers of chance and days instead of moments, and are put anew
into an order of chance when their day is over; nothing in them leads to who wrote. What is said is
locked with a key of its remark (`remark_locks`), never written in clear.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.participating.remarks import Outcome, RemarkKind, RemarkStage, Voice
from gongzhi.cycle.models import Project
from gongzhi.forum.remark_reading import RemarkMessageQuerySet, RemarkQuerySet
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.reading import NOBODY

ANONYMOUS, NAMED = "anonymous", "named"
TO_WRITER = ("ask_about_remark", "answer_remark", "pass_remark_on")


class Remark(models.Model):
    """A remark: about what, to whom, how far; its words stand in its messages, locked."""

    class Kind(models.TextChoices):
        """What somebody came with."""

        SUGGESTION = RemarkKind.SUGGESTION, _("意见建议")
        OVERSIGHT = RemarkKind.OVERSIGHT, _("监督反馈")

    class Stage(models.TextChoices):
        """How far it got."""

        OPEN = RemarkStage.OPEN, _("等候答复")
        ASKED = RemarkStage.ASKED, _("等候补充")
        ANSWERED = RemarkStage.ANSWERED, _("已经答复")

    class Outcome(models.TextChoices):
        """What came of it."""

        ADOPTED = Outcome.ADOPTED, _("采纳")
        PARTLY = Outcome.PARTLY, _("部分采纳")
        NOT = Outcome.NOT, _("不采纳")
        ELSEWHERE = Outcome.ELSEWHERE, _("转其他机关办理")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="remarks")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    locked_key = models.BinaryField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "id"]
        indexes = [models.Index(fields=["receiver", "stage"], name="remarks_by_receiver")]
        constraints = [
            models.CheckConstraint(
                name="remark_kind_is_known", condition=Q(kind__in=[*map(str, RemarkKind)])
            ),
            models.CheckConstraint(
                name="an_answered_remark_has_its_outcome",
                condition=Q(
                    stage=str(RemarkStage.ANSWERED),
                    outcome__in=[*map(str, Outcome)],
                    answered_on__isnull=False,
                )
                | Q(stage__in=["open", "asked"], outcome="", answered_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people call it: of chance, so that it tells no order."""
        return self.pk.hex[:8].upper()

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody stands behind it but whoever has the code."""
        return self.person_id is None

    def thing(self) -> Thing:
        """The remark as the charter sees it."""
        return Thing(
            kind="remark",
            id=str(self.pk),
            owner=str(self.receiver_id),
            overseer=str(self.receiver.parent_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            stage=self.stage,
            label=ANONYMOUS if self.is_anonymous else NAMED,
            regions=self.receiver.region.line(),
        )

    def answered_by(self, deed: Deed) -> dict[object, str]:
        """Its writer, if known, whom a deed of the office answers."""
        if deed.verb not in TO_WRITER or self.person_id is None:
            return {}
        return {self.person_id: self.thing().name}


class RemarkReceipt(models.Model):
    """What the code of an anonymous remark opens: a slow digest of it, and the remark's key.

    The key is locked with another half of what the code gives, which is kept nowhere.
    """

    remark = models.OneToOneField(Remark, models.PROTECT, primary_key=True, related_name="receipt")
    digest = models.BinaryField(unique=True)
    locked_key = models.BinaryField()

    def __str__(self) -> str:
        return str(self.remark_id)


class RemarkMessage(models.Model):
    """One thing that was said in the talk about a remark, locked with the remark's key."""

    class Voice(models.TextChoices):
        """Who says it and to what end."""

        REMARK = Voice.REMARK, _("来信")
        QUESTION = Voice.QUESTION, _("请补充")
        ADDITION = Voice.ADDITION, _("补充")
        ANSWER = Voice.ANSWER, _("答复")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    remark = models.ForeignKey(Remark, models.PROTECT, related_name="messages")
    number = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=10, choices=Voice)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField()
    locked = models.BinaryField()

    objects = RemarkMessageQuerySet.as_manager()

    class Meta:
        ordering = ["remark", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_remark_message_a_number", fields=["remark", "number"]
            ),
            models.CheckConstraint(
                name="an_office_asks_and_answers",
                condition=Q(voice__in=["remark", "addition"], office=None)
                | Q(voice__in=["question", "answer"], office__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id} {self.number}"
