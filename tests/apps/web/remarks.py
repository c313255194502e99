"""Remarks for the sweeps: with and without a name, at each stage; bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import reverse

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.receipts import receipt_code
from gongzhi.forum.actions import remarks as actions
from gongzhi.forum.actions.remarks import Writing
from gongzhi.forum.models import Remark
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Person

CODE = receipt_code(7)


def remarks(unit: city_hall.Unit) -> Iterator[Remark]:
    """One without a name; of a citizen's, one that waits for them and one that was answered."""
    writing = Writing(kind="suggestion", text="活动室周末不开门", project=unit.project)
    yield actions.send_anonymous_remark(writing=writing, code=CODE)
    citizen = member_of(Person.objects.get(username="citizen"))
    asked, answered = (actions.send_remark(by=citizen, writing=writing) for _ in range(2))
    actions.ask_about_remark(by=unit.officer, remark=asked, text="哪一间？")
    actions.answer_remark(by=unit.officer, remark=answered, outcome="adopted", text="已列入")
    yield from (asked, answered)


def _remark(cast: Any) -> dict[str, str]:
    about = cast.unit.project.thing().name
    return {"kind": "oversight", "text": "八月完工，还没有动静", "about": about}


@cache
def _nameless(cast: Any) -> dict[str, str]:
    """What the form under no name carries: its code, signed; the same sent twice."""
    page = cast.one("visitor").client.get(reverse("remark-anonymous")).content.decode()
    state = page.partition('name="state" value="')[2].partition('"')[0]
    return {**_remark(cast), "state": state}


REMARK_BODIES: Mapping[str, Any] = {
    "send_remark": _remark,
    "send_anonymous_remark": _nameless,
    "add_by_receipt": {"code": CODE, "text": "二楼的"},
    "add_to_remark": {"text": "二楼的"},
    "read_remark": {},
    "ask_about_remark": {"text": "哪一间？"},
    "answer_remark": {"outcome": "partly", "text": "先开到七点"},
    "pass_remark_on": lambda cast: {"to": cast.other.organisation.pk, "text": "由你局办理"},
}


def _to_be(cast: Any, by: Member, *, label: str) -> Thing:
    return Thing(
        kind="remark",
        id="new",
        owner=str(cast.unit.organisation.pk),
        overseer="nobody",
        holder=(by.person if label == "named" else None) or "nobody",
        stage="open",
        label=label,
        regions=cast.region.line(),
    )


REMARKS_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {
    "send_remark": lambda cast, by: _to_be(cast, by, label="named"),
    "send_anonymous_remark": lambda cast, by: _to_be(cast, by, label="anonymous"),
    "add_by_receipt": lambda cast, by: _to_be(cast, by, label="anonymous"),
}
