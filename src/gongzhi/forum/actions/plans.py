"""Plans and criteria that come to a table after it opened, or are taken off it with a reason.

Until a settlement is up for signature. Rounds that are over keep what was said in them.
"""

from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.actions.joint import refuse_empty
from gongzhi.forum.actions.negotiations import CRITERIA_MOST, NOT_CRITERIA
from gongzhi.forum.models import Negotiation, NegotiationCriterion, PlanOption
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

CODES = "ABCDEFGH"
PLANS_LEAST = 2  # clause 7.3 keeps two or more where sides differ
FULL = Said("方案最多 {most} 个，撤回的也算")
SAME_NAME = Said("已经有这个名称了")
NO_PLAN, NO_CRITERION = Said("没有这个方案，或者已经撤回"), Said("没有这项标准，或者已经撤回")
LAST_TWO = Said("至少保留两个方案")


def add_plan(
    *, by: Member, negotiation: Negotiation, name: str, figures: str = "", key: str | None = None
) -> PlanOption:
    """Put another plan on the table; every side has to rate it."""
    with act(by, "add_plan", on=negotiation, key=key) as record:
        refuse_empty({"name": name})
        known = list(negotiation.options.all())
        if name.strip() in {each.name for each in known if each.withdrawn_on is None}:
            raise Unsuitable({"name": SAME_NAME})
        free = [code for code in CODES if code not in {each.code for each in known}]
        if not free:
            raise Unsuitable({"name": Said(FULL.text, {"most": len(CODES)})})
        row: PlanOption = PlanOption.objects.create(
            negotiation=negotiation,
            code=free[0],
            name=name.strip(),
            figures=figures.strip(),
            added_on=record.business_date,
        )
        record["code"] = row.code
        record["name"] = row.name
    return row


def withdraw_plan(
    *, by: Member, negotiation: Negotiation, option: UUID, reason: str, key: str | None = None
) -> PlanOption:
    """Take a plan off the table, with a reason; at least two stay."""
    with act(by, "withdraw_plan", on=negotiation, key=key) as record:
        refuse_empty({"reason": reason})
        standing = negotiation.options.standing()
        row: PlanOption | None = standing.filter(pk=option).first()
        if row is None:
            raise Unsuitable({"option": NO_PLAN})
        if standing.count() <= PLANS_LEAST:
            raise Unsuitable({"option": LAST_TWO})
        row.withdrawn_on, row.why_withdrawn = record.business_date, reason.strip()
        row.save(update_fields=["withdrawn_on", "why_withdrawn"])
        record["code"] = row.code
        record["name"] = row.name
        record.private("reason", row.why_withdrawn)
    return row


def add_criterion(
    *, by: Member, negotiation: Negotiation, name: str, key: str | None = None
) -> NegotiationCriterion:
    """Have plans looked at for something more; who scores plans has to score it."""
    with act(by, "add_criterion", on=negotiation, key=key) as record:
        refuse_empty({"name": name})
        known = list(negotiation.criteria.all())
        if name.strip() in {each.name for each in known}:
            raise Unsuitable({"name": SAME_NAME})
        if sum(each.withdrawn_on is None for each in known) >= CRITERIA_MOST:
            raise Unsuitable({"name": Said(NOT_CRITERIA.text, {"most": CRITERIA_MOST})})
        row: NegotiationCriterion = NegotiationCriterion.objects.create(
            negotiation=negotiation,
            number=max((each.number for each in known), default=0) + 1,
            name=name.strip(),
            added_on=record.business_date,
        )
        record["name"] = row.name
    return row


def withdraw_criterion(
    *, by: Member, negotiation: Negotiation, criterion: UUID, reason: str, key: str | None = None
) -> NegotiationCriterion:
    """Have plans looked at for something no longer, with a reason."""
    with act(by, "withdraw_criterion", on=negotiation, key=key) as record:
        refuse_empty({"reason": reason})
        row: NegotiationCriterion | None = (
            negotiation.criteria.standing().filter(pk=criterion).first()
        )
        if row is None:
            raise Unsuitable({"criterion": NO_CRITERION})
        row.withdrawn_on, row.why_withdrawn = record.business_date, reason.strip()
        row.save(update_fields=["withdrawn_on", "why_withdrawn"])
        record["name"] = row.name
        record.private("reason", row.why_withdrawn)
    return row
