"""The least that each deed's form must carry, and what a deed that makes something is about.

A new deed is a line in BODIES; the sweeps fail until it is there.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.web.cast import Cast, Row
from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import WRITERS
from gongzhi.core.charter import Member, Thing

Body: TypeAlias = dict[str, Any]
DECISION = {
    "authority": "某市财政局",
    "document_number": "〔2026〕1号",
    "in_force_from": "2026-01-01",
}
TABLE = "项目名称,某项目\n".encode()


def _own_task(cast: Cast) -> Body:
    own = cast.unit.organisation.pk
    return {"to": f"organisation:{own}", "what": "核实", "clause": "4.16", "working_days": 3}


def _attached(_: Cast) -> Body:
    return {"file": SimpleUploadedFile("说明.csv", TABLE), "label": "internal"}


def _drafted(_: Cast) -> Body:
    return {"file": SimpleUploadedFile("自评表.xlsx", _paper()), "year": "2022"}


@cache
def _paper() -> bytes:
    return WRITERS["xlsx"](sample_form("008"))


def _checked(cast: Cast) -> Body:
    """What the page of a checked file carries."""
    files = {"files": SimpleUploadedFile("a.csv", TABLE)}
    page = cast.one("visitor").client.post(reverse("check"), files).content.decode()
    return {"state": page.partition('name="state" value="')[2].partition('"')[0], "consent": "yes"}


BODIES: Mapping[str, Body | Callable[[Cast], Body]] = {
    "check-download": _checked,
    "check-share": _checked,
    "draft_form": _drafted,
    "redact_draft": {},
    "publish_form": {"review": "经审查可以公开"},
    "correct_form": {"review": "可以公开", "reason": "填错了"},
    "withdraw_draft": {},
    "explain_finding": {"code": "X4", "indicator": "0", "text": "有原因"},
    "accept_finding": {"code": "X4", "indicator": "0"},
    "assign_task": _own_task,
    "finish_task": {"outcome": "已核实"},
    "read_notice": {},
    "follow_thing": {},
    "unfollow_thing": {},
    "order_digest": {},
    "order_export": {},
    "cancel_digest": {},
    "attach_file": _attached,
    "adopt_part": DECISION,
    "suspend_part": DECISION,
    "withdraw_attachment": {"reason": "传错了"},
}
# What a form takes besides, if it is there.
OPTIONAL: Mapping[str, frozenset[str]] = {
    "assign_task": frozenset({"about"}),
    "accept_finding": frozenset({"text"}),
    "adopt_part": frozenset({"in_force_until"}),
    "suspend_part": frozenset({"in_force_until"}),
}


def body_of(cast: Cast, route: str) -> Body:
    """A body that the route takes, files included, fresh each time."""
    body = BODIES.get(route, {})
    return dict(body if isinstance(body, Mapping) else body(cast))


def _task_to_be(cast: Cast, by: Member) -> Thing:
    return Thing(
        kind="task",
        id="new",
        owner=str(cast.unit.organisation.pk),
        stage="open",
        authors=frozenset(filter(None, (by.person,))),
        regions=cast.region.line(),
    )


# What a deed is about that makes a thing: for the charter it is already there.
MADE: Mapping[str, Callable[[Cast, Member], Thing]] = {
    "follow_thing": lambda _, by: Thing(kind="follow", id="new", holder=by.person),
    "order_digest": lambda _, by: Thing(kind="digest", id="new", holder=by.person),
    "order_export": lambda _, by: Thing(kind="export", id="new", holder=by.person, stage="ordered"),
    "assign_task": _task_to_be,
}
# Where the right is asked of another row than the one in the address.
ASKED_ON: Mapping[str, Callable[[Row], Row]] = {"redact_draft": lambda version: version.project}
