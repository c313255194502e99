"""Voices: needs, proposals and suggestions on a figure; who stands behind them; what was answered.

A citizen's voice has a person, an organisation's the office that wrote it; never both. Rows of
answers, steps and offers are only added. What a voice changed is a row that leads to the version
of goals which was drafted for it.
"""

from datetime import date
from typing import Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.suggesting import Figure
from gongzhi.core.participating.voices import Outcome, VoiceKind, VoiceStage
from gongzhi.core.terms import Said
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.models.moderation import Hiding, Posted
from gongzhi.forum.models.processes import Process
from gongzhi.forum.voice_reading import OfVoiceQuerySet, VoiceQuerySet
from gongzhi.parties.models import Deed, Office, Organisation, Person, Region
from gongzhi.parties.own_words import ERASED, OwnWords
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id

TITLE_MAX, TEXT_MAX, ABOUT_MAX, FIGURE_MAX = 100, 2000, 100, 300
LABELS = ["public", "internal"]


class ShownVoiceQuerySet(VoiceQuerySet):
    """Voices, each with whether its words are shown."""

    def with_facts(self) -> Self:
        """With all that the charter asks about them, what they are about, and this."""
        not_shown = Hiding.objects.not_shown("voice").filter(post_id=OuterRef("pk"))
        return super().with_facts().annotate(is_hidden=Exists(not_shown))

    def shown_to(self, member: Member) -> Self:
        """Those whose words the member sees: all that aren't hidden, and their own."""
        shown = ~Q(pk__in=Hiding.objects.not_shown("voice").values("post_id"))
        if member.person is not None:
            shown |= Q(person=member.person) | Q(office__person=member.person)
        return self.filter(shown)


def _leave(rows: models.QuerySet["Voice"], *, today: date) -> None:  # noqa: ARG001
    """What nobody has answered is taken back, unless others said the same; nothing finds it."""
    open_ones = rows.filter(stage=VoiceStage.RECEIVED, merged=None)
    taken_back = list(open_ones.values_list("pk", flat=True))
    rows.update(words=None, place=None)
    rows.filter(pk__in=taken_back).update(stage=VoiceStage.WITHDRAWN)


class Voice(models.Model):
    """What somebody asks for: about what, who has to answer, until when.

    about is the thing's name in the log; project is its project, where it has one.
    """

    class Kind(models.TextChoices):
        """What it asks for."""

        NEED = VoiceKind.NEED, _("需求")
        PROPOSAL = VoiceKind.PROPOSAL, _("改进建议")
        SUGGESTION = VoiceKind.SUGGESTION, _("指标修改意见")

    class Stage(models.TextChoices):
        """How far it got."""

        RECEIVED = VoiceStage.RECEIVED, _("待答复")
        ANSWERED = VoiceStage.ANSWERED, _("已答复")
        ASKED = VoiceStage.ASKED, _("要求补充答复")
        SUPPLEMENTED = VoiceStage.SUPPLEMENTED, _("已补充答复")
        MERGED = VoiceStage.MERGED, _("已合并")
        WITHDRAWN = VoiceStage.WITHDRAWN, _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    stage = models.CharField(max_length=14, choices=Stage, default=Stage.RECEIVED)
    label = models.CharField(max_length=20, default="public")
    about = models.CharField(max_length=ABOUT_MAX)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="voices")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="voices")
    addressed = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="voices")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=TITLE_MAX)
    text = models.TextField(max_length=TEXT_MAX)
    grounds = models.TextField(max_length=TEXT_MAX, blank=True)
    said_on = models.DateField()
    due_on = models.DateField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    words = SearchVectorField(null=True, editable=False)

    objects = ShownVoiceQuerySet.as_manager()
    own_words = OwnWords(
        name=Said("意见"), whose="person", columns=("title", "text", "grounds"), leaving=_leave
    )

    class Meta:
        ordering = ["-fiscal_year", "-number"]
        indexes = [
            models.Index(fields=["stage", "due_on"]),
            models.Index(fields=["addressed", "stage"]),
            models.Index(fields=["about"]),
            models.Index(fields=["person", "fiscal_year"]),
            GinIndex(fields=["words"], name="voice_by_words"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_voice_a_number", fields=["fiscal_year", "number"]),
            models.CheckConstraint(
                name="voice_kind_is_known", condition=Q(kind__in=[*map(str, VoiceKind)])
            ),
            models.CheckConstraint(
                name="voice_stage_is_known", condition=Q(stage__in=[*map(str, VoiceStage)])
            ),
            models.CheckConstraint(name="voice_label_is_known", condition=Q(label__in=LABELS)),
            models.CheckConstraint(
                name="a_voice_is_somebodys",
                condition=Q(person__isnull=False, organisation=None, office=None)
                | Q(person=None, organisation__isnull=False, office__isnull=False),
            ),
            models.CheckConstraint(
                name="a_merged_voice_leads_to_another",
                condition=(Q(stage=str(VoiceStage.MERGED)) & Q(merged_into__isnull=False))
                | (~Q(stage=str(VoiceStage.MERGED)) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="a_voice_does_not_lead_to_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self) -> str:
        """What anybody may call it: its title, or its number alone where there is none to show."""
        has_title = self.title != ERASED and not self.is_hidden
        return self.title if has_title else f"№ {self.fiscal_year}-{self.number}"

    @cached_property
    def is_hidden(self) -> bool:
        """Whether its words aren't shown; known with its facts, else asked for."""
        return bool(Hiding.objects.not_shown("voice").filter(post_id=self.pk).exists())

    def thing(self) -> Thing:
        """The voice as the charter sees it."""
        return Thing(
            kind="voice",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            overseer=str(self.addressed.parent_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            addressed=str(self.addressed_id),
            stage=self.stage,
            label=self.label,
            regions=self.addressed.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        around = (self.project, self.process)
        return tuple(row.thing() for row in around if row is not None)

    def posted(self) -> Posted:
        """The voice as a public post: its author, and who has to answer looks after it."""
        author = self.person_id or (self.office.person_id if self.office else None)
        assert author is not None, "a voice is somebody's"
        return Posted(
            kind="voice",
            id=self.pk,
            author=author,
            owner=self.addressed,
            text="\n".join(text for text in (self.title, self.text, self.grounds) if text),
        )

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """The authors whom a deed about it answers, those merged into it too."""
        if deed.verb not in TELLING:
            return {}
        names = [str(name) for name in deed.public.get("voices", [])]
        rows = Voice.objects.filter(Q(pk=self.pk) | Q(merged_into=self.pk) | Q(pk__in=names))
        told: dict[UUID, str] = {}
        for row in rows.select_related("office"):
            person = row.person_id or (row.office.person_id if row.office else None)
            if person is not None:
                told[person] = f"voice:{row.pk}"
        return told


# Deeds of which the authors are told.
TELLING = (
    "answer_voice",
    "adopt_suggestion",
    "merge_voices",
    "unmerge_voice",
    "urge_voice",
    "note_change",
)


class Suggestion(models.Model):
    """The figure that a suggestion is about: what it was then, and what it shall be."""

    class Figure(models.TextChoices):
        """Which figure."""

        TARGET = Figure.TARGET, _("目标值")
        WEIGHT = Figure.WEIGHT, _("分值")
        RELATION = Figure.RELATION, _("达到的方式（≥ ≤ =）")
        AMOUNT = Figure.AMOUNT, _("预算金额")

    voice = models.OneToOneField(Voice, models.PROTECT, related_name="suggestion", primary_key=True)
    version = models.ForeignKey(GoalVersion, models.PROTECT, related_name="suggestions")
    indicator = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=FIGURE_MAX, blank=True)
    figure = models.CharField(max_length=10, choices=Figure)
    now = models.CharField(max_length=FIGURE_MAX, blank=True)
    proposed = models.CharField(max_length=FIGURE_MAX)

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["voice"]
        constraints = [
            models.CheckConstraint(
                name="suggested_figure_is_known",
                condition=Q(figure=str(Figure.AMOUNT), indicator="")
                | (
                    Q(figure__in=[str(each) for each in Figure if each is not Figure.AMOUNT])
                    & ~Q(indicator="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.now} → {self.proposed}"


class VoiceAnswer(models.Model):
    """What an office answered, and why; the second one supplements the first."""

    class Outcome(models.TextChoices):
        """What it says."""

        ADOPTED = Outcome.ADOPTED, _("采纳")
        PARTLY = Outcome.PARTLY, _("部分采纳")
        DECLINED = Outcome.DECLINED, _("不采纳")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=Outcome)
    text = models.TextField(max_length=4000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    answered_on = models.DateField()
    due_on = models.DateField()
    supplements = models.BooleanField(default=False)

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["voice", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_answer_and_one_supplement", fields=["voice", "supplements"]
            ),
            models.CheckConstraint(
                name="voice_outcome_is_known", condition=Q(outcome__in=[*map(str, Outcome)])
            ),
            models.CheckConstraint(name="an_answer_has_its_reason", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.answered_on}"


class Support(models.Model):
    """Somebody stands behind a voice: each human being, or organisation, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="supports")
    who = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["voice", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_person_one_support",
                fields=["voice", "who"],
                condition=Q(until_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.since_on}"


class AdoptedChange(models.Model):
    """What a suggestion that was adopted changes, and the version of goals drafted for it.

    How it ended is filled in once that version, or one that follows it, was decided on: by whom,
    and why where it came back.
    """

    class End(models.TextChoices):
        """What became of it."""

        APPROVED = "approved", _("调整已批复")
        RETURNED = "returned", _("调整被退回")
        DROPPED = "dropped", _("调整没有包含这项修改")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.OneToOneField(Voice, models.PROTECT, related_name="change")
    version = models.ForeignKey(GoalVersion, models.PROTECT, related_name="adopted_changes")
    indicator = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=FIGURE_MAX, blank=True)
    figure = models.CharField(max_length=10, choices=Suggestion.Figure)
    old = models.CharField(max_length=FIGURE_MAX, blank=True)
    new = models.CharField(max_length=FIGURE_MAX)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    adopted_on = models.DateField()
    decided = models.ForeignKey(GoalVersion, models.PROTECT, null=True, related_name="changed_by")
    decided_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    end = models.CharField(max_length=10, choices=End, blank=True)
    why = models.TextField(max_length=TEXT_MAX, blank=True)
    ended_on = models.DateField(null=True)

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["voice"]
        indexes = [models.Index(fields=["end"])]
        constraints = [
            models.CheckConstraint(
                name="an_adopted_change_ends_on_a_day",
                condition=Q(end="", decided=None, ended_on=None)
                | (Q(end__in=["approved", "returned", "dropped"]) & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.old} → {self.new}"
