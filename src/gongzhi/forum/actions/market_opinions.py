"""What firms and their associations say of a budget and of the market, in their own name."""

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.market import BiddingDeclaration, MarketOpinion
from gongzhi.forum.own import own_of
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

NO_VERDICT = Said("请选择合理、偏低或者偏高")
DECLARED = Said("本企业已经申明投标")


def give_market_opinion(
    *,
    by: Member,
    project: Project,
    verdict: str,
    of: str,
    text: str,
    key: str | None = None,
) -> MarketOpinion:
    """Say whether a budget is realistic, too low or too high, and why."""
    with act(by, "give_market_opinion", on=project, key=key) as record:
        if verdict not in list(MarketOpinion.Verdict):
            raise Unsuitable({"verdict": NO_VERDICT})
        opinion = MarketOpinion(kind="budget", verdict=verdict, of=of.strip())
        record["conclusion"] = verdict
        return _said(opinion, by=by, project=project, text=text, record=record)


def give_outlook(
    *, by: Member, project: Project, of: str, text: str, key: str | None = None
) -> MarketOpinion:
    """Say where technology and prices are going."""
    with act(by, "give_outlook", on=project, key=key) as record:
        opinion = MarketOpinion(kind="outlook", of=of.strip())
        return _said(opinion, by=by, project=project, text=text, record=record)


def declare_bidding(
    *, by: Member, project: Project, text: str, key: str | None = None
) -> BiddingDeclaration:
    """Declare that one bids oneself, or may: it stands beside all that the firm says."""
    with act(by, "declare_bidding", on=project, key=key) as record:
        if not text.strip():
            raise Unsuitable({"text": NO_REASON})
        declared, is_new = BiddingDeclaration.objects.get_or_create(
            project=project,
            organisation_id=own_of(by),
            defaults={"text": text.strip(), "declared_on": record.business_date},
        )
        if not is_new:
            raise Unsuitable({"text": DECLARED})
        record["organisation"] = str(own_of(by))
    return declared


def _said(
    opinion: MarketOpinion, *, by: Member, project: Project, text: str, record: Record
) -> MarketOpinion:
    if not text.strip():
        raise Unsuitable({"text": NO_REASON})
    refuse_personal({"text": text})
    opinion.project, opinion.text = project, text.strip()
    opinion.organisation_id, opinion.said_on = own_of(by), record.business_date
    opinion.save(force_insert=True)
    record["opinion"] = str(opinion.pk)
    record["about"] = project.thing().name
    record.private("text", opinion.text)
    return opinion
