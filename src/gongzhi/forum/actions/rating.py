"""What a side says of plans and criteria: of those on the table, and of each that came later."""

from collections.abc import Iterable, Mapping

from gongzhi.core.terms import Said
from gongzhi.forum.models import Negotiation, NegotiationCriterion, NegotiationPosition, PlanOption
from gongzhi.parties.unsuitable import Unsuitable

UNKNOWN_PLAN = Said("没有代码为“{code}”的方案")
UNRATED = Said("“{name}”是后来加入的，要给它写值多少、打分或者表态")
NOT_RATED_YET = Said("{sides}还没有给这个后来加入的方案写值多少")


def refuse_unknown(negotiation: Negotiation, named: Mapping[str, Iterable[str]]) -> None:
    """Raise where a field names a plan that isn't one of the negotiation."""
    known = set(negotiation.options.standing().values_list("code", flat=True))
    for name, codes in named.items():
        for code in codes:
            if code not in known:
                raise Unsuitable({name: Said(UNKNOWN_PLAN.text, {"code": code})})


def refuse_unrated_plans(negotiation: Negotiation, given: Mapping[str, Iterable[str]]) -> None:
    """Raise where one of the fields, by plans' codes, leaves out a plan that came later."""
    for field, codes in given.items():
        _refuse_lacking(field, negotiation.options.added_later(), rated=set(codes), by="code")


def refuse_unscored(negotiation: Negotiation, names: Iterable[Iterable[str]]) -> None:
    """Raise where the scores of a plan leave out a criterion that came later."""
    later = list(negotiation.criteria.added_later())
    for each in names:
        _refuse_lacking("scores", later, rated=set(each), by="name")


def _refuse_lacking(
    field: str, later: Iterable[PlanOption | NegotiationCriterion], *, rated: set[str], by: str
) -> None:
    for row in later:
        if getattr(row, by) not in rated:
            raise Unsuitable({field: Said(UNRATED.text, {"name": row.name})})


def refuse_unheard(negotiation: Negotiation, option: PlanOption) -> None:
    """Raise where a side that spoke before a plan came to the table hasn't rated it since."""
    if option.added_on is None:
        return
    stated = NegotiationPosition.objects.filter(
        party__negotiation=negotiation, party__stage="seated"
    )
    newest = {row.party_id: row for row in stated.select_related("party").order_by("pk")}
    silent = [
        str(row.party)
        for row in newest.values()
        if option.code not in row.worth and option.code not in row.scores
    ]
    if silent:
        raise Unsuitable({"option": Said(NOT_RATED_YET.text, {"sides": "、".join(silent)})})
