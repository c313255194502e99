"""Which evaluations a member may read, and which of their sheets: compiled from the charter."""

from collections.abc import Callable, Collection
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, TextField, Value, When

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import AWAITED, FALLEN_AWAY
from gongzhi.parties.reading import readable_by

GONE = [*map(str, FALLEN_AWAY)]
NOT_IN = [*GONE, *map(str, AWAITED)]
# Why an evaluation was chosen, declined or withdrawn is told to whoever sees that there is one.
TOLD_TO_ALL = ("choose_evaluation", "start_evaluation", "decline_assignment", "withdraw_evaluation")


def _as_evaluation(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}evaluator_id",
        "overseer": f"{way}evaluated__parent_id",
        "evaluated": f"{way}evaluated_id",
        "commissioner": f"{way}commissioner_id",
        "stage": f"{way}stage",
        "label": f"{way}label",
        "regions": f"{way}evaluated__region",
    }
    return readable_by(member, "evaluation", columns=columns)


class EvaluationQuerySet(models.QuerySet[Any]):
    """Evaluations."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: that there is one, of what, by whom and why."""
        return self.filter(_as_evaluation(member, way=""))

    def of_panel(self, evaluation: Any) -> Self:
        """Those of the same project, policy, or organisation as a whole, and year."""
        return self.filter(
            project=evaluation.project_id,
            aim=evaluation.aim_id,
            evaluated=evaluation.evaluated_id,
            fiscal_year=evaluation.fiscal_year,
        )

    def that_stand(self) -> Self:
        """Those that were neither declined nor withdrawn."""
        return self.exclude(stage__in=GONE)

    def that_are_in(self) -> Self:
        """Those whose evaluators have handed in."""
        return self.exclude(stage__in=NOT_IN)

    def that_are_awaited(self) -> Self:
        """Those whose evaluators are still at it."""
        return self.filter(stage__in=[*map(str, AWAITED)])

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related(
            "project__unit__region", "aim", "evaluated__region", "evaluator", "commissioner"
        )
        return whole.prefetch_related(self._sheets())

    def _sheets(self) -> "Prefetch[Any]":
        """Who drew up its sheets, in one query and without what stands on them."""
        sheets = self.model._meta.get_field("sheets").related_model._default_manager
        return Prefetch("sheets", sheets.select_related("drafted_by").defer("record"))


class SheetQuerySet(models.QuerySet[Any]):
    """Score sheets, and what is said against them: closed until all of a panel are in."""

    KIND = "score_sheet"

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(self._open_to(member))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("evaluation__project", "evaluation__evaluated__region")

    def _open_to(self, member: Member) -> Q:
        way = "evaluation__"
        columns: dict[str, str | Callable[[Collection[str]], Q]] = {
            "owner": f"{way}evaluator_id",
            "evaluated": f"{way}evaluated_id",
            "commissioner": f"{way}commissioner_id",
            "panel": self._in_panel_with,
            "awaited": self._awaiting,
            "stage": f"{way}stage",
            "label": f"{way}label",
            "regions": f"{way}evaluated__region",
        }
        return readable_by(member, self.KIND, columns=columns)

    def _in_panel_with(self, organisations: Collection[str]) -> Q:
        """Those of evaluations beside which one of these organisations is in with its own."""
        return self._beside(self._evaluations().that_are_in(), organisations)

    def _awaiting(self, organisations: Collection[str]) -> Q:
        """Those of evaluations beside which one of these organisations is still at its own."""
        return self._beside(self._evaluations().that_are_awaited(), organisations)

    def _evaluations(self) -> Any:
        return self.model._meta.get_field("evaluation").related_model._default_manager.all()

    def _beside(self, evaluations: Any, organisations: Collection[str]) -> Q:
        """Those whose panel has one of the evaluations, by one of the organisations."""
        beside = evaluations.filter(
            evaluator__in=sorted(organisations),
            evaluated=OuterRef("evaluation__evaluated"),
            fiscal_year=OuterRef("evaluation__fiscal_year"),
        )
        of_project = beside.filter(project=OuterRef("evaluation__project"))
        of_policy = beside.filter(aim=OuterRef("evaluation__aim"))
        is_whole = Q(evaluation__project=None, evaluation__aim=None)
        of_whole = is_whole & Q(Exists(beside.filter(project=None, aim=None)))
        return Q(Exists(of_project)) | Q(Exists(of_policy)) | of_whole


class WorkingPaperQuerySet(SheetQuerySet):
    """Working papers: read like sheets."""

    KIND = "working_paper"


class StepQuerySet(SheetQuerySet):
    """What was done with evaluations; what was said in the hearing is open as the sheets are."""

    def visible_to(self, member: Member) -> Self:
        """Those of the evaluations that the member may view, with the `words` that are open.

        The reason itself isn't fetched.
        """
        seen = self.filter(_as_evaluation(member, way="evaluation__"))
        is_told = Q(verb__in=TOLD_TO_ALL) | self._open_to(member)
        words = Case(When(is_told, then=F("reason")), default=Value(""), output_field=TextField())
        return seen.annotate(words=words).defer("reason")
