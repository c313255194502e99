"""What the people's congress asked about a thing, for that thing's own page."""

from dataclasses import dataclass

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models import Inquiry
from gongzhi.parties.members import own_organisation
from gongzhi.web.here import Here
from gongzhi.web.pages.congress.asking import to_be
from gongzhi.web.pages.congress.seen import ShownInquiry, shown_inquiries

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The questions and opinions about a thing that the reader sees; whether one may be added."""

    name: str
    rows: list[ShownInquiry]
    may_ask: bool


def trace(member: Member, *, about: Thing) -> Trace:
    """Those about a project, an evaluation or a department."""
    column = "department" if about.kind == "organisation" else about.kind
    found = Inquiry.objects.visible_to(member).filter(**{column: about.id}).with_facts()
    own = own_organisation(member)
    may_ask = own is not None and Here(member, (to_be(own),))["ask_question"] is not None
    return Trace(
        name=about.name, rows=shown_inquiries(found[:SHOWN], member=member), may_ask=may_ask
    )
