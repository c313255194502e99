"""What several parties think of a project: assignments, score sheets, working papers, objections.

An evaluation is its evaluator's alone until all of its panel are in. Sheets are versions: a later
one stands, the earlier ones stay. The frame is kept as it was on the day the evaluation began.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.evaluating.stages import OPEN, EvaluationStage
from gongzhi.cycle.evaluation_reading import (
    GONE,
    EvaluationQuerySet,
    SheetQuerySet,
    StepQuerySet,
    WorkingPaperQuerySet,
)
from gongzhi.cycle.models.projects import Aim, Project
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class Evaluation(models.Model):
    """One party's evaluation of a project in a year, of an organisation as a whole, or of a policy.

    A policy is an aim with all the projects that serve it; evaluated is who leads it.
    """

    class Stage(models.TextChoices):
        """How far it got; which steps lead where stands in core.evaluating.stages."""

        ASSIGNED = EvaluationStage.ASSIGNED, _("待接受")
        ACCEPTED = EvaluationStage.ACCEPTED, _("评价中")
        HANDED_IN = EvaluationStage.HANDED_IN, _("已提交，待打开")
        OPENED = EvaluationStage.OPENED, _("已打开")
        SENT = EvaluationStage.SENT, _("已送被评价单位")
        OBJECTED = EvaluationStage.OBJECTED, _("待答复异议")
        ANSWERED = EvaluationStage.ANSWERED, _("待作结论")
        CONCLUDED = EvaluationStage.CONCLUDED, _("已结论")
        DECLINED = EvaluationStage.DECLINED, _("已谢绝")
        WITHDRAWN = EvaluationStage.WITHDRAWN, _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="evaluations")
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="evaluations")
    evaluated = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    evaluator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ASSIGNED)
    label = models.CharField(max_length=20, default="internal")
    pack = models.CharField(max_length=60)
    frame = models.JSONField()
    chosen_because = models.TextField(max_length=2000)
    chosen_on = models.DateField()
    due_on = models.DateField()
    declared = models.JSONField(default=dict)
    # Which gaps of its panel wait for whose word, by side; kept to list by (cycle.actions.gaps).
    gaps = models.JSONField(default=dict)
    gaps_since = models.DateField(null=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-id"]
        indexes = [
            models.Index(fields=["fiscal_year", "stage"]),
            models.Index(fields=["evaluated", "fiscal_year"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="evaluation_stage_is_known",
                condition=Q(stage__in=[*map(str, EvaluationStage)]),
            ),
            models.CheckConstraint(
                name="evaluation_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="nobody_evaluates_itself", condition=~Q(evaluator=models.F("evaluated"))
            ),
            models.CheckConstraint(
                name="an_evaluation_is_of_one_thing", condition=Q(project=None) | Q(aim=None)
            ),
            models.UniqueConstraint(
                name="one_evaluation_of_a_kind_by_an_evaluator",
                fields=["project", "aim", "evaluated", "fiscal_year", "kind", "evaluator"],
                condition=~Q(stage__in=GONE),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The evaluation as the charter sees it."""
        return Thing(
            kind="evaluation",
            id=str(self.pk),
            owner=str(self.evaluator_id),
            overseer=str(self.evaluated.parent_id or NOBODY),
            evaluated=str(self.evaluated_id),
            commissioner=str(self.commissioner_id),
            stage=self.stage,
            label=self.label,
            authors=self.authors(),
            regions=self.evaluated.region.line(),
            conflicted=self.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()

    @property
    def subject(self) -> Project | Aim | Organisation:
        """What is evaluated."""
        return self.project or self.aim or self.evaluated

    @property
    def scope(self) -> Scope:
        """Which sort of thing that is."""
        if self.project_id is not None:
            return Scope.PROJECT
        return Scope.ORGANISATION if self.aim_id is None else Scope.POLICY

    @property
    def is_open(self) -> bool:
        """Whether its sheet lies open to its panel."""
        return EvaluationStage(self.stage) in OPEN

    def authors(self) -> frozenset[str]:
        """Who drew up a sheet of it: they judge neither it nor what is said against it.

        Whoever changed points because an objection was upheld judged, and drew nothing up.
        """
        if self._state.adding:
            return frozenset()
        drawn_up = (each for each in self.sheets.all() if not each.because)
        return frozenset().union(*(each.drafted_by.selves() for each in drawn_up))

    def conflicted(self) -> frozenset[str]:
        """Who declared a conflict of interest about the project or the evaluated."""
        names = [f"organisation:{self.evaluated_id}"]
        if self.project_id is not None:
            names.append(f"project:{self.project_id}")
        return conflicted(*names)

    def panel(self) -> frozenset[str]:
        """The organisations that are in with what they think of the same."""
        return _evaluators(Evaluation.objects.of_panel(self).that_are_in())

    def awaited(self) -> frozenset[str]:
        """The organisations that are still at what they think of the same."""
        return _evaluators(Evaluation.objects.of_panel(self).that_are_awaited())


def _evaluators(rows: models.QuerySet[Evaluation]) -> frozenset[str]:
    return frozenset(str(each) for each in rows.values_list("evaluator", flat=True))


def _part(kind: str, *, of: object, evaluation: Evaluation) -> Thing:
    """A part of an evaluation as the charter sees it: as far as the evaluation got."""
    return Thing(
        kind=kind,
        id=str(of),
        owner=str(evaluation.evaluator_id),
        evaluated=str(evaluation.evaluated_id),
        commissioner=str(evaluation.commissioner_id),
        panel=evaluation.panel(),
        awaited=evaluation.awaited(),
        stage=evaluation.stage,
        label=evaluation.label,
        regions=evaluation.evaluated.region.line(),
    )


class EvaluationStep(models.Model):
    """What was done with an evaluation on a day, and why; without an office, by the platform."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"


class ScoreSheet(models.Model):
    """A version of an evaluation's sheet: marks by line, and what facts gave to some of them.

    total and grade are derived from the record, kept to list by; because says what changed it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    record = models.JSONField()
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    grade = models.CharField(max_length=20, blank=True)
    because = models.TextField(max_length=2000, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "number"]
        constraints = [
            models.UniqueConstraint(name="one_sheet_a_number", fields=["evaluation", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.number}"

    def thing(self) -> Thing:
        """The sheet as the charter sees it."""
        return _part("score_sheet", of=self.pk, evaluation=self.evaluation)


class GapExplanation(models.Model):
    """Why points lie far apart, said by the evaluator or by whoever commissioned it.

    line is empty for the total; closes: said by who commissioned it from another.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="explanations")
    line = models.CharField(max_length=60, blank=True)
    apart = models.DecimalField(max_digits=7, decimal_places=2)
    text = models.TextField(max_length=4000)
    closes = models.BooleanField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    explained_on = models.DateField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "id"]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.line}"


class WorkingPaper(models.Model):
    """What an evaluator looked at for a line, and what it shows; files stand beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="papers")
    line = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=4000)
    source = models.CharField(max_length=300, blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    filed_on = models.DateField()

    objects = WorkingPaperQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "id"]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.line}"

    def thing(self) -> Thing:
        """The working paper as the charter sees it."""
        return _part("working_paper", of=self.pk, evaluation=self.evaluation)

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.evaluation.thing(),)


class Objection(models.Model):
    """What the evaluated says against a line, or against the whole; and the reasoned answer."""

    class Outcome(models.TextChoices):
        """What became of it."""

        UPHELD = "upheld", _("采纳")
        PARTLY = "partly", _("部分采纳")
        DISMISSED = "dismissed", _("不采纳")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="objections")
    line = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=4000)
    evidence = models.CharField(max_length=1000, blank=True)
    raised_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_outcome_and_day",
                condition=Q(outcome="", answer="", answered_on=None)
                | (Q(outcome__in=["upheld", "partly", "dismissed"]) & Q(answered_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.line}"
