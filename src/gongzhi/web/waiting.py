"""What waits in all rooms, joined: with its clock, its clause, and whether the reader may do it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from gongzhi.core.charter import Member
from gongzhi.core.waiting import Clock, Urgency, Waiting, clock_of
from gongzhi.cycle import alerts_waiting as alerts
from gongzhi.cycle import calls_waiting as calls
from gongzhi.cycle import citizens, follow_ups
from gongzhi.cycle import disclosure_due as disclosures
from gongzhi.cycle import evaluation_waiting as evaluations
from gongzhi.cycle import goal_waiting as goals
from gongzhi.cycle import inquiry_waiting as inquiries
from gongzhi.cycle import rectification_waiting as rectifications
from gongzhi.cycle import results_waiting as results
from gongzhi.cycle import self_evaluations_due as self_evaluations
from gongzhi.cycle import waiting as cycle
from gongzhi.desk import waiting as desk
from gongzhi.forum import compensation_waiting as compensation
from gongzhi.forum import joint_waiting, market_waiting, survey_waiting
from gongzhi.forum import meeting_waiting as meetings
from gongzhi.forum import moderation_waiting as moderation
from gongzhi.forum import negotiation_waiting as negotiations
from gongzhi.forum import panel_waiting as panels
from gongzhi.forum import remarks_waiting as remarks
from gongzhi.forum import voice_waiting as voices
from gongzhi.forum import votes_waiting as votes
from gongzhi.parties import waiting as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force, may_all
from gongzhi.parties.rooms import Room, waiting_in_all
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.places import Place, places

# One line for each room in which something waits.
ROOMS: tuple[Room, ...] = (
    desk.waiting_for,
    cycle.waiting_for,
    alerts.waiting_for,
    goals.waiting_for,
    evaluations.waiting_for,
    follow_ups.waiting_for,
    citizens.waiting_for,
    inquiries.waiting_for,
    remarks.waiting_for,
    voices.waiting_for,
    meetings.waiting_for,
    results.waiting_for,
    rectifications.waiting_for,
    calls.waiting_for,
    self_evaluations.waiting_for,
    disclosures.waiting_for,
    moderation.waiting_for,
    market_waiting.waiting_for,
    joint_waiting.waiting_for,
    compensation.waiting_for,
    negotiations.waiting_for,
    panels.waiting_for,
    survey_waiting.waiting_for,
    votes.waiting_for,
    parties.waiting_for,
)
ORDER = list(Urgency)
# Where on its page a deed is done.
ANCHORS = {
    "choose_evaluation": "evaluation/",
    "draft_form": "#draft_form",
    "draft_pack": "disclosure/",
    "explain_finding": "#findings",
    "publish_form": "#deeds",
    "publish_whole_form": "#publish_whole_form",
    "correct_form": "#deeds",
    "explain_gap": "#explain_gap",
    "decide_roll_change": "roll/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that waits, as a list shows it; `mine`: the charter lets the reader do it."""

    waiting: Waiting
    clock: Clock
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item with where it is done, its clause, and whose role it is."""

    item: Item
    address: str
    clause: ShownClause | None
    role: str


class WaitingRequest(MemberRequest):
    """A request that knows what waits for who is asking."""

    waiting: tuple[Item, ...]


def waiting_here(request: MemberRequest) -> tuple[Item, ...]:
    """What waits for the reader: found once, for the page and for the bar above it."""
    asking = cast(WaitingRequest, request)
    if not has_asked(asking):
        asking.waiting = waiting_items(request.member, today=business_date())
    return asking.waiting


def has_asked(request: MemberRequest) -> bool:
    """Whether what waits for the reader is known to this request."""
    return hasattr(request, "waiting")


def waiting_items(member: Member, *, today: date) -> tuple[Item, ...]:
    """What waits for the member and their organisation, the most urgent first."""
    found = waiting_in_all(ROOMS, member, today=today)
    # Whoever has to show a factor first may do it all the same, once that is shown.
    proven = replace(member, second_factor=True, fresh=True)
    answers = may_all(proven, [(each.verb, each.thing) for each in found])
    calendar = load_calendar()
    items = [
        Item(
            waiting=each,
            clock=clock_of(each, today=today, calendar=calendar),
            mine=answer.allowed and each.person in {None, member.person},
        )
        for each, answer in zip(found, answers, strict=True)
    ]
    return tuple(sorted(items, key=_order))


def shown_items(member: Member, items: Iterable[Item]) -> list[ShownItem]:
    """The items with where they lead."""
    chosen = list(items)
    found: Mapping[str, Place] = places(member, [i.waiting.place.name for i in chosen])
    charter = charter_in_force()
    return [
        ShownItem(
            item=item,
            address=_address(item, found.get(item.waiting.place.name)),
            clause=_clause(item.waiting.clause),
            role=charter.roles[item.waiting.role].text if item.waiting.role else "",
        )
        for item in chosen
    ]


def _clause(number: str | None) -> ShownClause | None:
    """The clause that set the clock; none where the charter in force has no such number."""
    known = charter_in_force().clauses
    return clause_shown(number) if number is not None and number in known else None


def _address(item: Item, place: Place | None) -> str:
    if place is None or not place.address:
        return ""
    return place.address + ANCHORS.get(item.waiting.verb, "")


def _order(item: Item) -> tuple[int, date, date]:
    waiting = item.waiting
    return (ORDER.index(item.clock.urgency), waiting.due_on or date.max, waiting.opened_on)
