"""What firms say of costs and the market: quotes in confidence, ranges, opinions in their name.

A figure stands in no row: the deed that quoted it promises it to the log and keeps it locked
(parties.register). A range says whose quotes went into it to those firms alone.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models import Project
from gongzhi.cycle.models.projects import OfProjectQuerySet
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id

PRICE_DIGITS, PRICE_PLACES = 18, 4


def _as_question(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}asked_by_id",
        "stage": f"{way}stage",
        "label": f"{way}label",
        "regions": f"{way}asked_by__region",
    }
    return readable_by(member, "market_question", columns=columns)


def _as_quote(member: Member, *, way: str) -> Q:
    columns = {"owner": f"{way}organisation_id", "stage": f"{way}stage"}
    return readable_by(member, "cost_quote", columns=columns)


class MarketQuestionQuerySet(models.QuerySet[Any]):
    """What is asked of the market."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_question(member, way=""))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("asked_by__region", "project__unit__region", "process")


class MarketQuestion(models.Model):
    """What a goal-setter needs a price of, for which project, until when.

    indicator and line say which figure it is for: a line of the goals, a line of the budget.
    Asked within a process it is quoted on in the phase that is for it.
    outcome is what came of it when quotes were opened last.
    """

    class Stage(models.TextChoices):
        """Whether firms may still quote."""

        OPEN = "open", _("征集中")
        CLOSED = "closed", _("已结束")

    class Outcome(models.TextChoices):
        """What came of opening the quotes."""

        NONE = "", _("还没有统计")
        TOLD = "told", _("已公布区间")
        TOO_FEW = "too_few", _("独立企业太少，不公布区间")
        NO_NEW = "no_new", _("新报价的企业太少，区间不重算")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="market_questions")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="market_questions")
    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    purpose = models.TextField(max_length=2000)
    indicator = models.CharField(max_length=100, blank=True)
    line = models.CharField(max_length=40, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    label = models.CharField(max_length=20, default="public")

    objects = MarketQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        indexes = [models.Index(fields=["stage", "due_on"], name="market_questions_by_due")]
        constraints = [
            # Asked anew in the same words, it would be another range of nearly the same firms.
            models.UniqueConstraint(
                name="an_item_is_asked_once_for_a_project", fields=["project", "item", "unit"]
            ),
            models.CheckConstraint(
                name="a_market_question_ends_after_it_began", condition=Q(due_on__gte=F("asked_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.item

    def thing(self) -> Thing:
        """The question as the charter sees it."""
        return Thing(
            kind="market_question",
            id=str(self.pk),
            owner=str(self.asked_by_id),
            stage=self.stage,
            label=self.label,
            regions=self.asked_by.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        around = (self.project, self.process)
        return tuple(row.thing() for row in around if row is not None)


class CostQuoteQuerySet(models.QuerySet[Any]):
    """Quotes."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own firm's."""
        return self.filter(_as_quote(member, way=""))

    def standing(self, *, today: date) -> Self:
        """Those that hold today."""
        return self.filter(stage=CostQuote.Stage.STANDING, valid_until__gte=today)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what they answer."""
        return self.select_related("organisation", "question__project", "question__asked_by")


class CostQuote(models.Model):
    """That a firm has quoted: the figure is kept by the deed alone, locked."""

    class Stage(models.TextChoices):
        """Whether it holds."""

        STANDING = "standing", _("有效")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(MarketQuestion, models.PROTECT, related_name="quotes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    deed = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    quoted_on = models.DateField()
    valid_until = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.STANDING)
    label = models.CharField(max_length=20, default="confidential")

    objects = CostQuoteQuerySet.as_manager()

    class Meta:
        ordering = ["-quoted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="a_firm_quotes_once",
                fields=["question", "organisation"],
                condition=Q(stage="standing"),
            ),
            models.CheckConstraint(
                name="a_quote_is_confidential", condition=Q(label="confidential")
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)

    def thing(self) -> Thing:
        """The quote as the charter sees it."""
        return Thing(
            kind="cost_quote",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            label=self.label,
        )


class OfQuestionQuerySet(models.QuerySet[Any]):
    """What is part of a question, and read by whoever may read that."""

    def visible_to(self, member: Member) -> Self:
        """Those of the questions that the member may view."""
        return self.filter(_as_question(member, way="question__"))


class MarketRange(models.Model):
    """A range that was told: its ends and of how many independent firms; it is never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(MarketQuestion, models.PROTECT, related_name="ranges")
    number = models.PositiveSmallIntegerField()
    low = models.DecimalField(max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)
    high = models.DecimalField(max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)
    step = models.DecimalField(max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)
    firms = models.PositiveSmallIntegerField()
    published_on = models.DateField()

    objects = OfQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(name="one_range_a_number", fields=["question", "number"]),
            models.CheckConstraint(name="a_range_has_two_ends", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.number}"


class OfQuoteQuerySet(models.QuerySet[Any]):
    """What was done with quotes."""

    def visible_to(self, member: Member) -> Self:
        """Those of the quotes that the member may view."""
        return self.filter(_as_quote(member, way="quote__"))


class QuoteOpening(models.Model):
    """That a quote's figure was opened, by which deed, for which range; its firm is told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quote = models.ForeignKey(CostQuote, models.PROTECT, related_name="openings")
    range = models.ForeignKey(MarketRange, models.PROTECT, null=True, related_name="openings")
    deed = models.UUIDField()
    opened_on = models.DateField()

    objects = OfQuoteQuerySet.as_manager()

    class Meta:
        ordering = ["quote", "id"]

    def __str__(self) -> str:
        return f"{self.quote_id} {self.opened_on}"


class RangeUse(models.Model):
    """That a range is the basis of a figure: of an indicator's target, or of a budget line."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="range_uses")
    range = models.ForeignKey(MarketRange, models.PROTECT, related_name="uses")
    figure = models.CharField(max_length=200)
    text = models.TextField(max_length=2000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    used_on = models.DateField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]

    def __str__(self) -> str:
        return f"{self.project} {self.figure}"


class MarketOpinion(models.Model):
    """What a firm or its association thinks, in its own name: of a budget, or of what is to come.

    Whether it bids itself stands in its declaration.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        BUDGET = "budget", _("对预算的市场意见")
        OUTLOOK = "outlook", _("技术和价格展望")

    class Verdict(models.TextChoices):
        """What it finds of a budget."""

        REALISTIC = "realistic", _("合理")
        LOW = "low", _("偏低")
        HIGH = "high", _("偏高")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="market_opinions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    of = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=4000)
    said_on = models.DateField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_opinion_of_a_budget_has_a_verdict",
                condition=Q(kind="budget", verdict__in=["realistic", "low", "high"])
                | Q(kind="outlook", verdict=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.organisation}"


class BiddingDeclaration(models.Model):
    """That a firm bids for a project itself, or may; once declared it stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="bidding_declarations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    declared_on = models.DateField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_firm_declares_its_bid_once", fields=["project", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.organisation}"


class DisclosureConsentQuerySet(models.QuerySet[Any]):
    """Firms asked whether their figures may become public."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: who asked, who is asked; once agreed, everybody."""
        columns = {
            "owner": "question__asked_by_id",
            "addressed": "quote__organisation_id",
            "stage": "stage",
        }
        return self.filter(readable_by(member, "disclosure_consent", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what they are about."""
        return self.select_related("question__asked_by", "question__project", "quote__organisation")


class DisclosureConsent(models.Model):
    """A firm is asked in writing whether its figure may be published, and what it answers.

    Only where it agrees its own answer states figure and name; whoever is silent hasn't agreed.
    """

    class Stage(models.TextChoices):
        """What it answered."""

        WAITING = "waiting", _("等待企业意见")
        AGREED = "agreed", _("同意公开")
        REFUSED = "refused", _("不同意公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(MarketQuestion, models.PROTECT, related_name="consents")
    quote = models.ForeignKey(CostQuote, models.PROTECT, related_name="consents")
    reason = models.TextField(max_length=2000)
    asked_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    answer = models.TextField(max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    disclosed = models.DecimalField(max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES, null=True)

    objects = DisclosureConsentQuerySet.as_manager()

    class Meta:
        ordering = ["question", "id"]
        constraints = [
            models.UniqueConstraint(name="a_quote_is_asked_about_once", fields=["quote"]),
            models.CheckConstraint(
                name="only_what_was_agreed_to_is_disclosed",
                condition=Q(disclosed__isnull=True) | Q(stage="agreed"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)

    def thing(self) -> Thing:
        """The question to the firm as the charter sees it."""
        return Thing(
            kind="disclosure_consent",
            id=str(self.pk),
            owner=str(self.question.asked_by_id),
            addressed=str(self.quote.organisation_id if self.quote_id else NOBODY),
            stage=self.stage,
        )
