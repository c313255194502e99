"""A count for the terminal and for programs; docs/reference/votes.md names the keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.connectors.pabulib import Pabulib
from gongzhi.connectors.pabulib_official import Compared, compared, flags_of
from gongzhi.core.balance.voting import Outcome, Round, Rule, Why
from gongzhi.core.balance.voting.explaining import (
    lacking_said,
    method_said,
    notes_said,
    sums_said,
    why_said,
)
from gongzhi.core.balance.voting.margins import Margin
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.words import say

FUNDED, NOT_FUNDED, TROUBLE = "●", "○", "▲"
NAME_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A count with all that is told of it; `margins` is None where they would take too long."""

    vote: Pabulib
    outcome: Outcome
    problems: Sequence[Problem]
    margins: Mapping[str, Margin] | None


def listed(told: Counted, language: str) -> Iterator[str]:
    """The count in lines."""
    vote, outcome = told.vote, told.outcome
    for problem in told.problems:
        hinted: SaidValues = {"what": problem.what, "hint": problem.hint}
        yield f"{TROUBLE} {say(Said('{what}；{hint}', hinted), language)}"
    for said in (*sums_said(outcome, vote.election), *method_said(outcome)):
        yield say(said, language)
    names = {each.id: each for each in vote.election.candidates}
    funded = [outcome.why[each] for each in outcome.selected]
    others = [why for why in outcome.why.values() if not why.reason.funded]
    others.sort(key=lambda why: (-why.score, why.project))
    for why in (*funded, *others):
        mark = FUNDED if why.reason.funded else NOT_FUNDED
        each = names[why.project]
        yield f"{mark} {_line(each.id)} {_line(each.name)} · {grouped(each.cost)}"
        yield f"    {say(why_said(why, outcome), language)}"
        margin = (told.margins or {}).get(why.project)
        for said in lacking_said(margin) if margin else ():
            yield f"    {say(said, language)}"
    for said in notes_said(told.margins):
        yield say(said, language)
    beside = compared(vote, outcome)
    if beside is not None:
        yield from (say(said, language) for said in _official_said(beside))


def _line(text: str) -> str:
    shown = "".join(each if each.isprintable() else " " for each in text)
    return shown if len(shown) <= NAME_MAX else shown[: NAME_MAX - 1] + "…"


def _official_said(beside: Compared) -> Iterator[Said]:
    if beside.method is not None:
        flags = " ".join(flags_of(beside.method))
        told = {"rule": _line(beside.rule), "flags": flags}
        yield Said("文件写的规则是 {rule}，相当于 {flags}", {**told})
    elif beside.rule:
        yield Said("文件写的规则是 {rule}，没有对应的", {"rule": _line(beside.rule)})
    yield Said("当时资助了 {count} 个项目", {"count": len(beside.selected)})
    if beside.same:
        yield Said("与当时的结果一致")
    for said, names in (
        (Said("只有我们资助：{names}"), beside.only_ours),
        (Said("只有当时资助：{names}"), beside.only_official),
        (Said("当时用别的钱资助：{names}"), beside.with_other_money),
    ):
        if names:
            yield Said(said.text, {"names": ", ".join(_line(each) for each in names)})


def as_object(told: Counted, language: str) -> dict[str, object]:
    """For programs."""
    vote, outcome = told.vote, told.outcome
    method = outcome.method
    shared = method.rule is Rule.EQUAL_SHARES
    growing = shared and method.completion.adds_money
    return {
        "rule": str(method.rule),
        "utility": str(method.utility),
        "completion": str(method.completion) if shared else None,
        "stop": str(method.stop) if growing else None,
        "tie_break": str(method.tie_break),
        "threshold": method.threshold,
        "vote_type": str(outcome.kind),
        "voters": outcome.voters,
        "budget": _number(outcome.budget),
        "cost": _number(outcome.cost),
        "share": None if outcome.share is None else float(outcome.share),
        "steps": outcome.steps,
        "selected": list(outcome.selected),
        "rounds": [_round(each) for each in outcome.rounds],
        "why": {each: _why(why, told, language) for each, why in outcome.why.items()},
        "official": _official(compared(vote, outcome)),
        "problems": [_problem(each, language) for each in told.problems],
    }


def _round(made: Round) -> dict[str, object]:
    found: dict[str, object] = {
        "project": made.project,
        "reason": str(made.reason),
        "cost": _number(made.cost),
        "score": _number(made.score),
        "left": _number(made.left),
    }
    if made.moment is not None:
        found["moment"] = made.moment
    if made.shares is not None:
        found |= {
            "price": made.shares.price,
            "price_exact": made.shares.exact or None,
            "effective_votes": made.shares.effective_votes,
            "paid_in_full": made.shares.in_full,
            "ran_dry": made.shares.ran_dry,
            "had_nothing": made.shares.had_nothing,
            "voters_left": made.shares.left,
        }
    return found


def _why(why: Why, told: Counted, language: str) -> dict[str, object]:
    margin = (told.margins or {}).get(why.project)
    return {
        "funded": why.reason.funded,
        "reason": str(why.reason),
        "round": why.at_round,
        "votes": why.votes,
        "score": _number(why.score),
        "lacked_money": None if why.lacked_money is None else _number(why.lacked_money),
        "lacked_score": None if why.lacked_score is None else _number(why.lacked_score),
        "more_votes": margin and margin.more_votes,
        "more_votes_points": None if not margin or margin.points is None else float(margin.points),
        "less_cost": None if not margin or margin.less_cost is None else _number(margin.less_cost),
        "only_edge": margin and {"votes": margin.votes_surely, "cost": margin.cost_surely},
        "said": say(why_said(why, told.outcome), language),
        "lacking": [say(said, language) for said in lacking_said(margin)] if margin else [],
    }


def _official(beside: Compared | None) -> dict[str, object] | None:
    if beside is None:
        return None
    return {
        "rule": beside.rule,
        "flags": None if beside.method is None else " ".join(flags_of(beside.method)),
        "selected": list(beside.selected),
        "with_other_money": list(beside.with_other_money),
        "same": beside.same,
        "only_ours": list(beside.only_ours),
        "only_official": list(beside.only_official),
    }


def _problem(problem: Problem, language: str) -> dict[str, object]:
    return {
        "row": problem.where.row,
        "what": say(problem.what, language),
        "hint": say(problem.hint, language),
    }


def _number(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)
