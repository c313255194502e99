"""Surveys: what is asked of whom, that somebody answered, and apart from that what was answered.

While a survey is open its answers wait locked and without author (parties/unseen.py); a mark says
only that a respondent answered, and forum/actions/surveys.py keeps one to one by constraint. At
the close all answers come here together, in an order that chance chose, and the key that leads
from people to marks is destroyed.
"""

from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.surveying import Frame, Option, Question, QuestionKind
from gongzhi.core.terms import Ratio, Text
from gongzhi.cycle.models import Project, Reading
from gongzhi.forum.models.processes import Process
from gongzhi.forum.paper_numbers import PAPER_DIGITS
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import readable_by
from gongzhi.rules.participation.surveys import load_question_bank
from gongzhi.trust.identifiers import new_id

RESPONDENT_MAX = 80


class SurveyQuerySet(models.QuerySet[Any]):
    """Surveys."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may read: open and later ones all, drafts their own."""
        columns = {
            "owner": "organisation_id",
            "stage": "stage",
            "label": "label",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "survey", columns=columns))

    def past(self, *, today: date) -> Self:
        """Those that are open still after their last day."""
        return self.filter(stage="open", closes_on__lt=today)

    def complete(self) -> Self:
        """Those of which nothing is known that isn't here: no sample, no papers on their way."""
        on_their_way = Q(papers__stage__in=["printed", "keyed", "differs"])
        return self.filter(sampled=False).exclude(on_their_way)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "organisation__region", "project__unit__region", "process__organisation__region"
        )


class Survey(models.Model):
    """A survey: about what, of whom, how they were chosen, from when to when.

    `asked` is how many were invited, `population` how many people they stand for; `indicator` is
    the line of the project's goals that the satisfaction figure becomes a reading of.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        DRAFT = "draft", _("草稿")
        OPEN = "open", _("正在调查")
        CLOSED = "closed", _("已结束")
        PUBLISHED = "published", _("已公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=100, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="surveys")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="surveys")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40, blank=True)
    sampled = models.BooleanField()
    asked = models.PositiveIntegerField(null=True)
    population = models.PositiveIntegerField(null=True)
    method = models.TextField(max_length=1000)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    label = models.CharField(max_length=20, default="public")
    opens_on = models.DateField()
    closes_on = models.DateField()

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        indexes = [models.Index(fields=["stage", "closes_on"])]
        constraints = [
            models.CheckConstraint(
                name="survey_stage_is_known",
                condition=Q(stage__in=["draft", "open", "closed", "published"]),
            ),
            models.CheckConstraint(
                name="a_survey_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="a_sample_says_how_many_were_asked",
                condition=Q(sampled=False) | Q(asked__gte=1, population__gte=F("asked")),
            ),
            models.CheckConstraint(
                name="an_indicator_is_a_projects",
                condition=Q(indicator="") | Q(project__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The survey as the charter sees it: whoever holds it is its owner."""
        return Thing(
            kind="survey",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            label=self.label,
            regions=self.organisation.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        whole = (self.project, self.process)
        return tuple(each.thing() for each in whole if each is not None)

    def frame(self) -> Frame:
        """Whom it asks."""
        return Frame(sampled=self.sampled, asked=self.asked, population=self.population)


class SurveyQuestion(models.Model):
    """A question of a survey: one of the bank, known by its code, or one of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300)
    options = models.JSONField(default=list)
    required = models.BooleanField(default=True)
    measures = models.BooleanField(default=False)

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="one_question_a_number", fields=["survey", "number"]),
            models.UniqueConstraint(
                name="one_question_measures", fields=["survey"], condition=Q(measures=True)
            ),
            models.CheckConstraint(
                name="question_kind_is_known", condition=Q(kind__in=[*map(str, QuestionKind)])
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def question(self) -> Question:
        """The question as a value; one of the bank speaks both languages."""
        known = load_question_bank().questions.get(self.code)
        own = Text(zh=self.text, en=self.text)
        is_same = known is not None and known.text.zh == self.text
        names = {each.zh: each for each in known.options} if known else {}
        return Question(
            number=self.number,
            kind=QuestionKind(self.kind),
            text=known.text if known and is_same else own,
            options=tuple(_option(each, names) for each in self.options),
            required=self.required,
            measures=self.measures,
        )


def _option(stored: dict[str, str], names: dict[str, Text]) -> Option:
    text = stored["text"]
    share = stored.get("share")
    return Option(
        text=names.get(text, Text(zh=text, en=text)),
        share=None if share is None else Ratio(share),
    )


class SurveyMark(models.Model):
    """That a respondent answered a survey, and by which way; not what, and not when."""

    class Way(models.TextChoices):
        """How somebody answered."""

        ACCOUNT = "account", _("登录后在网上")
        LINK = "link", _("凭短信或者邮件里的链接")
        PAPER = "paper", _("在纸上，或者凭纸上的编号在网上")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="marks", db_index=False)
    respondent = models.CharField(max_length=RESPONDENT_MAX)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_respondent_one_answer", fields=["survey", "respondent"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class SurveyAnswer(models.Model):
    """What somebody answered, nobody knows who; it comes here at the close, with all others."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    answers = models.JSONField()

    def __str__(self) -> str:
        return f"{self.survey_id}"


class SurveyPaper(models.Model):
    """A printed form with its number, and how far keying it in got.

    `answers` are those on which two people agreed, or that were settled; only these count.
    """

    class Stage(models.TextChoices):
        """How far keying it in got."""

        PRINTED = "printed", _("已印出")
        KEYED = "keyed", _("录入一次，待第二人录入")
        DIFFERS = "differs", _("两次录入不一致")
        AGREED = "agreed", _("两次录入一致")
        ONLINE = "online", _("已凭编号在网上回答")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="papers")
    number = models.CharField(max_length=PAPER_DIGITS)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PRINTED)
    answers = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="one_paper_a_number", fields=["survey", "number"]),
            models.CheckConstraint(
                name="survey_paper_stage_is_known",
                condition=Q(stage__in=["printed", "keyed", "differs", "agreed", "online"]),
            ),
            models.CheckConstraint(
                name="what_is_agreed_has_answers",
                condition=Q(stage="agreed", answers__isnull=False)
                | ~Q(stage="agreed") & Q(answers__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaperKeying(models.Model):
    """What one person keyed in from a paper; a second one keys it again, knowing nothing of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paper = models.ForeignKey(SurveyPaper, models.PROTECT, related_name="keyings")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField()
    keyed_on = models.DateField()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(name="two_keyings_are_two_peoples", fields=["paper", "person"]),
            models.UniqueConstraint(name="one_keying_a_position", fields=["paper", "position"]),
            models.CheckConstraint(name="a_paper_is_keyed_twice", condition=Q(position__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.position}"


class SurveyResult(models.Model):
    """What came of a survey, as it was published, with the reading that it became."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survey = models.OneToOneField(Survey, models.PROTECT, related_name="result")
    figures = models.JSONField()
    reading = models.OneToOneField(Reading, models.PROTECT, null=True, related_name="survey_result")
    why_no_reading = models.CharField(max_length=40, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    published_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_result_is_read_or_says_why_not",
                condition=Q(reading__isnull=True) ^ Q(why_no_reading=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"
