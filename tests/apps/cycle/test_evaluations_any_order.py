"""Whatever evaluators and evaluated try, in any order: stages hold, nothing shows early."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st

import city_hall
from apps.cycle.evaluated import INDEPENDENT, Evaluator, assignment, evaluator, marks
from city_hall import Unit
from gongzhi.core.charter import VISITOR, Member
from gongzhi.core.evaluating.stages import (
    OPEN,
    TRANSITIONS,
    EvaluationStage,
    Side,
    step_to_take,
)
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.evaluated_facts import newest_sheet, sheet_of
from gongzhi.cycle.models import Evaluation, EvaluationStep, Objection, ScoreSheet, WorkingPaper
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, RefusedDeed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import load_packs
from verified import verified

TRIES_DEEP, TRIES = 300, 8
BEGINNINGS = {"choose_evaluation": "assigned", "start_evaluation": "accepted"}
WHY = "写明的理由"
HEARD = timedelta(days=60)  # longer than the evaluated may object

NAMES = {
    "accept": "accept_assignment",
    "decline": "decline_assignment",
    "withdraw": "withdraw_evaluation",
    "draft": "draft_sheet",
    "file": "file_working_paper",
    "hand_in": "hand_in_evaluation",
    "open": "open_evaluations",
    "send": "send_evaluation",
    "object": "object_to_evaluation",
    "acknowledge": "acknowledge_evaluation",
    "answer": "answer_objection",
    "conclude": "conclude_evaluation",
}
STEPS = {verb: name for name, verb in NAMES.items()}
# Half of what is tried is a step that the evaluation may take next, so that tries get somewhere.
tries = st.lists(
    st.tuples(
        st.one_of(st.just(""), st.sampled_from(["choose", "wait", *NAMES])),
        st.integers(0, 5),  # who
        st.integers(0, 3),  # with which evaluation
        st.integers(0, 3),  # and how
    ),
    min_size=6,
    max_size=40,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A disclosed project's unit, who may evaluate it, the bureau last, and everybody who tries."""

    unit: Unit
    evaluators: tuple[Evaluator, ...]
    everybody: tuple[Member, ...]

    @property
    def bureau(self) -> Evaluator:
        """Who commissions, and may evaluate too."""
        return self.evaluators[-1]


@pytest.fixture
def people(region) -> People:
    unit = city_hall.unit("1", within=region)
    city_hall.published(unit)
    unit.project.refresh_from_db()
    body = city_hall.unit("9", within=region).organisation
    offices = [city_hall.office(body, name, "budget") for name in ("预算", "预算二")]
    first, second = (verified(office) for office in offices)
    firms = [evaluator(code, kind="evaluator", within=region) for code in ("F1", "F2")]
    return People(
        unit=unit,
        evaluators=(*firms, Evaluator(organisation=body, first=first, second=second)),
        everybody=(first, firms[0].first, firms[0].second, firms[1].first, unit.officer, VISITOR),
    )


def facts() -> tuple[object, ...]:
    """Everything that a deed may change."""
    return tuple(
        [*model.objects.order_by("pk").values_list(*columns)]
        for model, columns in (
            (Evaluation, ("pk", "stage", "declared")),
            (ScoreSheet, ("pk", "record")),
            (WorkingPaper, ("pk",)),
            (Objection, ("pk", "outcome")),
            (EvaluationStep, ("pk",)),
        )
    )


def next_step(one: Evaluation, *, how: int, people: People) -> tuple[str, Member]:
    """A step that an evaluation may take next, and who would take it."""
    steps = [each for each in TRANSITIONS if each.stage == one.stage]
    if not steps:
        return "choose", people.bureau.first
    step = steps[how % len(steps)]
    own = next(each for each in people.evaluators if each.organisation == one.evaluator)
    by = {
        Side.EVALUATOR: own.second if step.verb == "answer_objection" else own.first,
        Side.EVALUATED: people.unit.officer,
    }
    return STEPS[step.verb], by.get(step.side, people.bureau.first)


def deed(
    name: str, *, by: Member, one: Evaluation | None, how: int, people: People
) -> Callable[[], object]:
    """One of the things that somebody might try."""
    if name == "choose" or one is None:
        body = people.evaluators[how % len(people.evaluators)]
        kind = "finance" if body is people.bureau else "third_party"
        return lambda: evaluations.choose_evaluation(
            by=by,
            assignment=assignment(people.unit, body.organisation, kind=kind),
            commissioner=people.bureau.organisation,
        )
    newest = newest_sheet(one)
    waiting = one.objections.filter(outcome="").first()
    own = {"by": by, "evaluation": one}
    return {
        "accept": lambda: evaluations.accept_assignment(
            **own, independence=INDEPENDENT, declared={}
        ),
        "decline": lambda: evaluations.decline_assignment(**own, reason=WHY),
        "withdraw": lambda: evaluations.withdraw_evaluation(**own, reason=WHY),
        "draft": lambda: evaluations.draft_sheet(
            **own,
            marks=marks(one, share=("0.4", "0.6", "0.8", "1.1")[how]),
            seen=newest.number if newest else 0,
        ),
        "file": lambda: evaluations.file_working_paper(**own, line="", text="看了台账"),
        "hand_in": lambda: evaluations.hand_in_evaluation(**own, declared={}),
        "open": lambda: evaluations.open_evaluations(**own),
        "send": lambda: hearing.send_evaluation(**own),
        "object": lambda: hearing.object_to_evaluation(**own, line="grounds", reason=WHY),
        "acknowledge": lambda: hearing.acknowledge_evaluation(**own, reason=WHY),
        "answer": lambda: hearing.answer_objection(
            **own,
            objection=waiting.pk if waiting else one.pk,
            outcome=("upheld", "dismissed", "partly", "unknown")[how],
            reason=WHY,
            points=Decimal(3) if how == 0 else None,
        ),
        "conclude": lambda: hearing.conclude_evaluation(**own, conclusion=WHY),
    }[name]


def attempt(do: Callable[[], object]) -> bool:
    """Whether it was done; what isn't done leaves everything as it was, but for its refusal."""
    before, refused = (facts(), Deed.objects.count()), RefusedDeed.objects.count()
    with suppress(Unsuitable):
        try:
            with transaction.atomic():
                do()
        except Refused:
            refused += 1
        else:
            return True
    assert (facts(), Deed.objects.count()) == before
    assert RefusedDeed.objects.count() == refused
    return False


def hold_true(evaluators: Sequence[Evaluator]) -> None:
    """What holds at every moment."""
    everyone = Evaluation.objects.select_related("evaluator", "evaluated")
    for each in everyone.prefetch_related("steps", "sheets", "objections"):
        _stage_follows_from_steps(each)
        _nothing_shows_early(each, evaluators)
        for objection in each.objections.exclude(outcome=""):
            answered_by = objection.answered_by
            assert answered_by is not None
            assert not each.authors() & answered_by.person.selves()
        for sheet in each.sheets.all():
            assert score_sheet(sheet_of(sheet), pack=load_packs()[each.pack]).total == sheet.total
    in_panel = {each.stage for each in everyone.exclude(stage__in=["declined", "withdrawn"])}
    assert in_panel != {"handed_in"}, "the last that is in opens them all"


def _stage_follows_from_steps(evaluation: Evaluation) -> None:
    """S06: the steps, taken one after another from the first, lead to where it stands."""
    first, *others = evaluation.steps.order_by("pk")
    stage = EvaluationStage(BEGINNINGS[first.verb])
    for each in others:
        step = step_to_take(stage, each.verb, reason=each.reason)
        assert not isinstance(step, Said), f"{each.verb} isn't a step of {stage}"
        stage = step.to
    all_answered = stage == EvaluationStage.OBJECTED and not evaluation.objections.filter(
        outcome=""
    )
    assert evaluation.stage == (EvaluationStage.ANSWERED if all_answered else stage)


def _nothing_shows_early(evaluation: Evaluation, evaluators: Sequence[Evaluator]) -> None:
    if evaluation.stage in OPEN:
        return
    others = [each for each in evaluators if each.organisation != evaluation.evaluator]
    for each in others:
        for reader in (each.first, each.second, VISITOR):
            assert not ScoreSheet.objects.visible_to(reader).filter(evaluation=evaluation).exists()


@pytest.mark.django_db
def test_r10_s06_s67_whatever_is_tried_the_stages_hold_and_nothing_shows_early(
    people: People, deep: bool, settings
):
    settings.DEMO = True  # where days go by at will
    done: set[str] = set()

    @trying(
        max_examples=TRIES_DEEP if deep else TRIES,
        deadline=None,
        phases=[Phase.generate],  # to make a failure small takes longer than to read it
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tries)
    def try_all(chosen: list[tuple[str, int, int, int]]) -> None:
        with transaction.atomic():
            for name, who, which, how in chosen:
                if name == "wait":
                    move_business_date(to=business_date() + HEARD)
                    continue
                known = list(Evaluation.objects.order_by("pk"))
                one = known[which % len(known)] if known else None
                by = people.everybody[who]
                if not name and one:
                    name, by = next_step(one, how=how, people=people)
                if attempt(deed(name or "choose", by=by, one=one, how=how, people=people)):
                    done.add(name)
                hold_true(people.evaluators)
            transaction.set_rollback(True)

    try_all()
    assert done
    assert not deep or done > NAMES.keys() - {"open"}, "each step was taken at least once"
