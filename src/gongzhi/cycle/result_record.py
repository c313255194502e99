"""A proposal as it is kept: what was known on the day, what the rules made of it; and back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.results.proposing import ResultFacts, ResultNote, ResultProposal, ResultStep
from gongzhi.core.results.rules import UseOfResult
from gongzhi.core.terms import Ratio, Text
from gongzhi.cycle.judged import Party
from gongzhi.cycle.open_matters import Matter
from gongzhi.cycle.result_facts import Known, grade_of, proposed
from gongzhi.desk.sentences import said_as_json, said_from_json

Record = dict[str, Any]
VERSION = 1


def proposal_and_record(known: Known) -> tuple[ResultProposal, Record]:
    """What is proposed for a project, and everything that it rests on, as plain JSON."""
    money = known.judgement.money()
    facts = known.facts(money)
    made = proposed(facts, rules=known.rules, formula=known.formula, reached=known.reached)
    assert known.base is not None, "without a base nothing is proposed"
    return made, {
        "v": VERSION,
        "base_of": str(known.base.of),
        "goals": _identifier(known.base.goals),
        "facts": facts_as_record(facts),
        "money": {"budget": _figure(known.budget), "paid": _figure(known.paid)},
        "score": {
            "score": _figure(money.score),
            "said": said_as_json(money.said),
            "parties": [_party(each) for each in known.judgement.parties],
            "unfinished": known.judgement.unfinished,
            "unexplained": known.judgement.unexplained,
            "concluded_on": _day(known),
        },
        "rectifications": _matters(known.matters.rectifications),
        "duties": _matters(known.matters.duties),
        "formula": known.formula.code if known.formula else "",
        "reached": {name: _figure(share) for name, share in known.reached.items()},
        "without": {kind: _without(known, kind) for kind in sorted(known.judgement.sparing())},
        "proposal": proposal_as_record(made),
    }


def facts_as_record(facts: ResultFacts) -> Record:
    """The facts that the rules asked about."""
    return {
        "base": str(facts.base),
        "grade": facts.grade,
        "score": _figure(facts.score),
        "execution": _figure(facts.execution),
        "rectifications_open": facts.rectifications_open,
        "duties_unmet": facts.duties_unmet,
    }


def facts_from_record(kept: Mapping[str, Any]) -> ResultFacts:
    """The facts that were kept."""
    figures = {name: _decimal(kept[name]) for name in ("score", "execution")}
    return ResultFacts(**{**kept, "base": Decimal(kept["base"]), **figures})


def proposal_as_record(made: ResultProposal) -> Record:
    """What was proposed, step by step."""
    return {
        "base": str(made.base),
        "result": str(made.result),
        "use": str(made.use) if made.use else "",
        "said": said_as_json(made.said),
        "rules": made.rules,
        "steps": [
            {
                "code": step.code,
                "amount": str(step.amount),
                "said": said_as_json(step.said),
                "arithmetic": step.arithmetic,
                "clause": step.clause,
                "name": _text(step.name),
            }
            for step in made.steps
        ],
        "notes": [
            {"said": said_as_json(note.said), "name": _text(note.name)} for note in made.notes
        ],
    }


def proposal_from_record(kept: Mapping[str, Any]) -> ResultProposal:
    """The proposal that was kept."""
    return ResultProposal(
        base=Decimal(kept["base"]),
        result=Decimal(kept["result"]),
        use=UseOfResult(kept["use"]) if kept["use"] else None,
        said=said_from_json(kept["said"]),
        rules=kept["rules"],
        steps=tuple(
            ResultStep(
                code=step["code"],
                amount=Decimal(step["amount"]),
                said=said_from_json(step["said"]),
                arithmetic=step["arithmetic"],
                clause=step["clause"],
                name=_text_from(step["name"]),
            )
            for step in kept["steps"]
        ),
        notes=tuple(
            ResultNote(said=said_from_json(note["said"]), name=_text_from(note["name"]))
            for note in kept["notes"]
        ),
    )


def matters_from_record(kept: Sequence[Mapping[str, Any]]) -> tuple[Matter, ...]:
    """The open matters that were kept."""
    return tuple(
        Matter(said_from_json(each["said"]), each["thing"], each["clause"]) for each in kept
    )


def reached_from_record(kept: Mapping[str, str | None]) -> Mapping[str, Ratio | None]:
    """The figures of a formula that were kept."""
    return {name: _decimal(share) for name, share in kept.items()}


def evaluations_to_account_for(kept: Mapping[str, Any]) -> list[UUID]:
    """The evaluations that take no money away by themselves: of these an account is owed (5.10)."""
    parties = kept["score"]["parties"]
    return [
        UUID(each["evaluation"])
        for each in parties
        if each["evaluation"] and each["kind"] in kept["without"]
    ]


def _without(known: Known, kind: str) -> Record:
    """What would have been proposed if a kind of evaluation were absent."""
    money = known.judgement.without(kind).money()
    made = proposed(
        known.facts(money), rules=known.rules, formula=known.formula, reached=known.reached
    )
    return {
        "score": _figure(money.for_money),
        "grade": grade_of(money, pack=known.judgement.pack),
        "result": str(made.result),
    }


def _party(each: Party) -> Record:
    return {
        "kind": each.judged.kind,
        "evaluator": each.judged.evaluator,
        "total": str(each.judged.total),
        "sheet": _identifier(each.sheet),
        "evaluation": _identifier(each.evaluation),
        "form": _identifier(each.form),
        "citizens": each.citizens or None,
    }


def _matters(found: Sequence[Matter]) -> list[Record]:
    return [
        {"said": said_as_json(each.said), "thing": each.thing, "clause": each.clause}
        for each in found
    ]


def _day(known: Known) -> str | None:
    day = known.judgement.concluded_on
    return day.isoformat() if day else None


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def _identifier(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _text(value: Text | None) -> Record | None:
    return None if value is None else {"zh": value.zh, "en": value.en}


def _text_from(kept: Mapping[str, str] | None) -> Text | None:
    return None if kept is None else Text(**kept)
