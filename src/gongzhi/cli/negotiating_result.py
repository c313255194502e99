"""What `gongzhi negotiate --json` prints; docs/reference/negotiate.md names the keys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongzhi.core.balance.compensation import NOBODY, Settled, Transfer
from gongzhi.core.balance.negotiating import (
    Concession,
    Exclusion,
    Measure,
    Negotiated,
    Proposal,
    Scarcity,
    Table,
    steps,
)
from gongzhi.core.balance.negotiating.amounts import Value, in_yuan
from gongzhi.core.balance.negotiating.telling_proposals import evenly_gained
from gongzhi.core.terms import Problem
from gongzhi.papers.places import place_text
from gongzhi.words import say

Result = dict[str, object]
DIGITS = 6


def as_object(
    negotiated: Negotiated,
    problems: Sequence[Problem],
    *,
    further: Sequence[Proposal],
    language: str,
) -> Result:
    """The whole trace, amounts in yuan; `further` are proposals that were asked for besides."""
    table = negotiated.table
    proposals = [_proposal(table, each) for each in (*negotiated.proposals, *further)]
    return {
        "name": negotiated.case.name,
        "problems": problems_as_objects(problems, language),
        "options": [{"code": o.code, "name": o.name} for o in table.stated.options],
        "sides": [_side(table, at) for at in table.sides],
        "conflict": _conflict(negotiated),
        "together": _together(negotiated),
        "firmness": [_firmness(negotiated, at) for at in range(len(negotiated.firmness))],
        "shortlist": _shortlist(negotiated),
        "proposals": proposals,
        "mix": _mix(negotiated),
        "shared_costs": [
            {
                "name": each.name,
                "total": _yuan(each.total),
                "shares": {code: _yuan(share) for code, share in each.shares},
            }
            for each in negotiated.costs
        ],
        "talks": _talks(negotiated),
        "objecting": _objecting(negotiated),
        "steps": [
            {
                "number": step.number,
                "title": say(step.title, language),
                "sentences": [say(each, language) for each in step.sentences],
            }
            for step in steps(negotiated)
        ],
    }


def problems_as_objects(problems: Sequence[Problem], language: str) -> list[Mapping[str, str]]:
    """Problems with where they are and what to do."""
    return [
        {
            "where": place_text(each.where, language),
            "what": say(each.what, language),
            "hint": say(each.hint, language),
        }
        for each in problems
    ]


def _number(value: Value | Decimal) -> int | float:
    """A number that JSON can hold: whole where it is."""
    as_float = float(value)
    return int(as_float) if as_float.is_integer() else round(as_float, DIGITS)


def _yuan(fen: Value) -> int | float:
    return _number(in_yuan(int(fen)))


def _worth(table: Table, at: int, value: Value) -> int | float:
    return _yuan(value) if table.side(at).measure is Measure.MONEY else _number(value)


def _code(table: Table, option: int) -> str:
    return table.stated.options[option].code


def _codes(table: Table, options: Sequence[int]) -> list[str]:
    return [_code(table, each) for each in options]


def _names(table: Table, sides: Sequence[int]) -> list[str]:
    return [table.side(at).code for at in sides]


def _side(table: Table, at: int) -> Result:
    side, limit = table.side(at), table.limit(at)
    weighed = table.stated.weighed[at]
    criteria = [each.code for each in table.case.criteria]
    compared = weighed.compared if weighed is not None else None
    return {
        "code": side.code,
        "name": side.name,
        "standing": side.standing.value,
        "measure": side.measure.value,
        "worth": {
            _code(table, o): _worth(table, at, table.stated.worth[at][o]) for o in table.options
        },
        "limit": None if limit is None else _worth(table, at, limit),
        "paid_by_law": {
            _code(table, o): _yuan(table.law.due(at, o))
            for o in table.options
            if table.law.due(at, o)
        },
        "weights": None
        if weighed is None
        else {
            code: _number(weight) for code, weight in zip(criteria, weighed.weights, strict=True)
        },
        "consistency_ratio": None if compared is None else round(compared.ratio, DIGITS),
        "advice": None
        if compared is None or compared.advice is None
        else {
            "first": criteria[compared.advice.first],
            "second": criteria[compared.advice.second],
            "given": round(compared.advice.given, DIGITS),
            "better": str(compared.advice.better),
            "consistency_ratio": round(compared.advice.ratio, DIGITS),
        },
    }


def _conflict(negotiated: Negotiated) -> Result | None:
    found, table = negotiated.picture, negotiated.table
    if found is None:
        return None
    pairs = {"nearest": found.nearest, "farthest": found.farthest}
    return {
        "ranks": {
            table.side(at).code: {
                _code(table, o): _number(found.ranks[at][o]) for o in table.options
            }
            for at in table.sides
        },
        "kendall_w": None if found.concordance.w is None else _number(found.concordance.w),
        "acceptable": {_code(table, o): _number(found.acceptable[o]) for o in table.options},
        **{
            name: None
            if pair is None
            else {"sides": _names(table, (pair.one, pair.other)), "alike": _number(pair.alike)}
            for name, pair in pairs.items()
        },
    }


def _together(negotiated: Negotiated) -> Result | None:
    found, table = negotiated.together, negotiated.table
    if found is None:
        return None
    criteria = [each.code for each in negotiated.case.criteria]

    def by_criterion(weights: Sequence[float]) -> Result:
        rounded = (round(each, DIGITS) for each in weights)
        return dict(zip(criteria, rounded, strict=True))

    return {
        "sides": _names(table, found.sides),
        "way": "judgements" if found.by_judgements else "priorities",
        "weights": by_criterion(found.weights),
        "entropy": None if found.by_figures is None else by_criterion(found.by_figures),
        "topsis": {_code(table, o): round(found.closeness[o], DIGITS) for o in table.options},
    }


def _mix(negotiated: Negotiated) -> Result | None:
    found = negotiated.mix
    if found is None:
        return None
    return {
        "parts": {_code(negotiated.table, o): round(share, DIGITS) for o, share in found.parts},
        "smallest_share": round(found.smallest, DIGITS),
        "best_single_option": _number(found.alone),
    }


def _firmness(negotiated: Negotiated, at: int) -> Result:
    table, each = negotiated.table, negotiated.firmness[at]
    return {
        "side": table.side(at).code,
        "first": _code(table, each.first),
        "second": None if each.second is None else _code(table, each.second),
        "lead": _worth(table, at, each.lead),
        "weights": [
            {
                "criterion": negotiated.case.criteria[reach.criterion].code,
                "weight": _number(reach.weight),
                "first_stays": [_number(bound) for bound in reach.first],
                "order_stays": [_number(bound) for bound in reach.order],
            }
            for reach in each.reaches
        ],
    }


def _shortlist(negotiated: Negotiated) -> Result:
    table, short = negotiated.table, negotiated.shortlist
    return {
        "undominated": _codes(table, short.undominated),
        "without_compensation": _codes(table, short.without),
        "with_compensation": _codes(table, short.with_payments),
        "why_none_without": _exclusion(table, short.why_none_without),
        "why_none_with": _exclusion(table, short.why_none_with),
        "too_little": _scarcity(table, short.scarcity),
    }


def _exclusion(table: Table, why: Exclusion | None) -> Result | None:
    if why is None:
        return None
    return {
        "exclude_each_other": _names(table, why.sides),
        "smallest_concession": _concession(table, why.concession),
    }


def _concession(table: Table, found: Concession) -> Result:
    return {
        "option": _code(table, found.option),
        "gives": {table.side(at).code: _worth(table, at, amount) for at, amount in found.gives},
        "missing": _yuan(found.missing),
        "has_to_offer_more_to": _names(table, found.blocked),
    }


def _scarcity(table: Table, found: Scarcity | None) -> Result | None:
    if found is None:
        return None

    def by_side(amounts: Sequence[int]) -> Result:
        return {
            table.side(at).code: _yuan(amount)
            for at, amount in enumerate(amounts)
            if found.claims[at]
        }

    return {
        "option": _code(table, found.option),
        "claims": by_side(found.claims),
        "estate": _yuan(found.estate),
        **{rule.value: by_side(shares) for rule, shares in found.shares},
    }


def _proposal(table: Table, proposal: Proposal) -> Result:
    found: Result = {
        "rule": proposal.rule.value,
        "option": _code(table, proposal.option),
        "total": _yuan(proposal.total) if table.has_money else None,
        **_settled(table, proposal),
        "shares": {
            table.side(at).code: None if share is None else _number(share)
            for at, share in zip(table.sides, proposal.shares, strict=True)
        },
    }
    if proposal.evenly is not None:
        found["evenly"] = _settled(table, evenly_gained(table, proposal))
    return found


def _settled(table: Table, proposal: Proposal) -> Result:
    settled: Settled = proposal.settled
    return {
        "payments": {
            table.side(at).code: _yuan(paid)
            for at, paid in zip(table.sides, settled.payments, strict=True)
        },
        "subsidy": _yuan(settled.subsidy),
        "gains": {
            table.side(at).code: None if gain is None else _worth(table, at, gain)
            for at, gain in zip(table.sides, proposal.gains, strict=True)
        },
        "transfers": [_transfer(table, each) for each in settled.transfers()],
    }


def _transfer(table: Table, each: Transfer) -> Result:
    return {
        "payer": None if each.payer == NOBODY else table.side(each.payer).code,
        "payee": table.side(each.payee).code,
        "amount": _yuan(each.amount),
    }


def _talks(negotiated: Negotiated) -> Result | None:
    found, table = negotiated.talks, negotiated.table
    if found is None:
        return None
    return {
        "needed": _number(negotiated.case.close_enough),
        "standing": found.standing.value,
        "rounds": [
            {
                "closeness": _number(each.level),
                "by_side": {table.side(at).code: _number(each.by_side[at]) for at in table.sides},
                "farthest": table.side(each.farthest).code,
                "about": _code(table, each.about),
            }
            for each in found.rounds
        ],
        "dissents": [
            {"round": number, "side": code, "reason": reason}
            for number, code, reason in found.dissents
        ],
    }


def _objecting(negotiated: Negotiated) -> Result:
    given = negotiated.case.objecting
    return {
        "until": None if given.until is None else given.until.isoformat(),
        "mediator": given.mediator,
        "reviewer": given.reviewer,
    }
