"""Hold proposals and decisions against what their deeds promised, and make every proposal again.

A proposal is computed anew from the facts that were kept, under the pack of its day, and its score
from the sheets and the form that it names; what citizens gave together, who may revise it later, is
taken as it was kept. Rules that were replaced since make nothing again: the promise of the content
still holds.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.parts import in_parts
from gongzhi.core.terms import Said
from gongzhi.cycle.actions.results import digest_of
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.evaluated_facts import points_of
from gongzhi.cycle.judged import Party, by_citizens, by_form, by_sheet
from gongzhi.cycle.judgements import Judgement
from gongzhi.cycle.models import FormVersion, ResultDecision, ResultProposal, ScoreSheet
from gongzhi.cycle.result_facts import grade_of, proposed
from gongzhi.cycle.result_record import (
    facts_from_record,
    proposal_as_record,
    reached_from_record,
)
from gongzhi.parties.models import SealedRow, SealedValue
from gongzhi.parties.subject_keys import keys_of
from gongzhi.rules.packs.results import load_results

ALTERED = "结果应用建议（{which}）与存证所承诺的不符：被改动过"
UNEQUAL = "结果应用建议（{which}）重算后不一致：{field}"
DECIDED = "结果应用的决定（{which}）与存证所承诺的不符：被改动过"
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What the sheets and the forms come to that proposals name, a form under each pack."""

    sheets: Mapping[UUID, Party | None]
    forms: Mapping[tuple[UUID, str], Party | None]


def result_faults() -> Iterator[Said]:
    """What was altered, and what doesn't come out again."""
    rows = ResultProposal.objects.order_by("project_id", "pk").iterator(AT_ONCE)
    for some in in_parts(rows, size=AT_ONCE):
        promised = _promised({UUID(row.record["deed"]) for row in some}, field="content")
        named = _named_by(some)
        for row in some:
            told = promised.get(UUID(row.record["deed"]))
            if told is not None and digest_of(row) not in told:
                yield Said(ALTERED, {"which": str(row.pk)})
            for field in _unequal(row, named):
                yield Said(UNEQUAL, {"which": str(row.pk), "field": field})
    yield from _decision_faults()


def unequal(row: ResultProposal) -> tuple[str, ...]:
    """The parts of a proposal that come out otherwise when they are made again; none is none."""
    return _unequal(row, _named_by([row]))


def _unequal(row: ResultProposal, named: _Named) -> tuple[str, ...]:
    kept = row.record["proposal"]
    columns = (str(row.base), str(row.result), row.use)
    found = [] if columns == (kept["base"], kept["result"], kept["use"]) else ["columns"]
    judgement = _judged_again(row, named)
    money, facts = judgement.money(), facts_from_record(row.record["facts"])
    if (money.for_money, grade_of(money, pack=row.pack)) != (facts.score, facts.grade):
        found.append("score")
    rules = load_results(row.pack)
    if rules.address != kept["rules"]:
        return tuple(found)
    again = proposed(
        facts,
        rules=rules,
        formula=rules.institutions.get(row.record["formula"]),
        reached=reached_from_record(row.record["reached"]),
    )
    return (*found, *([] if proposal_as_record(again) == kept else ["proposal"]))


def _named_by(rows: Collection[ResultProposal]) -> _Named:
    """What proposals name, fetched at once."""
    parties = [(row.pack, each) for row in rows for each in row.record["score"]["parties"]]
    sheets = {UUID(each["sheet"]) for _, each in parties if each["sheet"]}
    forms = {(UUID(each["form"]), pack) for pack, each in parties if each["form"]}
    return _Named(sheets=_by_sheets(sheets), forms=_by_forms(forms))


def _by_sheets(named: Collection[UUID]) -> Mapping[UUID, Party | None]:
    rows = ScoreSheet.objects.filter(any_of("pk", named)).select_related("evaluation")
    lean = rows.defer("evaluation__frame", "evaluation__declared")
    return {row.pk: by_sheet(row.evaluation, row, given) for row, given in points_of(lean)}


def _by_forms(named: Collection[tuple[UUID, str]]) -> Mapping[tuple[UUID, str], Party | None]:
    rows = FormVersion.objects.select_related("project")
    known = rows.in_bulk({form for form, _ in named})
    return {(form, pack): by_form(known[form], pack=pack) for form, pack in named}


def _judged_again(row: ResultProposal, named: _Named) -> Judgement:
    """What the sheets and the form come to that the proposal names."""
    score = row.record["score"]
    found = [_party(each, row.pack, named) for each in score["parties"]]
    parties = tuple(party for party in found if party is not None)
    return Judgement(pack=row.pack, parties=parties, unexplained=score["unexplained"])


def _party(each: Mapping[str, Any], pack: str, named: _Named) -> Party | None:
    if each["sheet"]:
        return named.sheets[UUID(each["sheet"])]
    if each["form"]:
        return named.forms[UUID(each["form"]), pack]
    return by_citizens(Decimal(each["total"]), count=each["citizens"])


def _decision_faults() -> Iterator[Said]:
    rows = ResultDecision.objects.order_by("pk").iterator(AT_ONCE)
    for some in in_parts(rows, size=AT_ONCE):
        promised = _promised({row.deed for row in some}, field="amount")
        for row in some:
            told = promised.get(row.deed)
            if told is not None and str(row.amount) not in told:
                yield Said(DECIDED, {"which": str(row.pk)})


def _promised(deeds: Collection[UUID], *, field: str) -> dict[UUID, Counter[str] | None]:
    """What each deed promised under a field, in rows or by itself; None once a key is erased."""
    found: dict[UUID, Counter[str] | None] = {deed: Counter() for deed in deeds}
    rows = list(SealedRow.objects.filter(deed__in=deeds).order_by("deed_id", "row"))
    alone = list(SealedValue.objects.filter(deed__in=deeds, field=field))
    keys = keys_of({row.subject for row in rows} | {value.subject for value in alone})
    for row in rows:
        opened = row.opened(keys)
        _note(found, row.deed_id, opened.private[field] if opened else None)
    for value in alone:
        held = value.opened(keys)
        _note(found, value.deed_id, held[1] if held else None)
    return found


def _note(found: dict[UUID, Counter[str] | None], deed: UUID, value: object) -> None:
    told = found[deed]
    if value is None:
        found[deed] = None
    elif told is not None:
        told[_plain(value)] += 1


def _plain(value: object) -> str:
    """An amount as it is kept, with two decimals; a digest as it is."""
    text = str(value)
    return text if text.startswith("sha") else str(Decimal(text).quantize(Decimal("0.01")))
