"""Topics, statements and hidden posts of the cast, and what the forms about them carry."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from gongzhi.core.charter import Member, Thing
from gongzhi.forum.models import Appeal, Hiding, PostReport, Stance, Statement, Topic
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Person
from gongzhi.rules.participation.topics import load_topics

ENOUGH = load_topics()[0].matrix_from  # so many that their stances may be taken out


def _topic(cast: Any, question: str, *, stage: str = "open") -> Topic:
    return Topic.objects.create(
        question=question,
        owner=cast.unit.organisation,
        office=cast.unit.officer_office,
        opens_on=business_date(),
        closes_on=business_date() + timedelta(days=30),
        stage=stage,
    )


def _statement(topic: Topic, text: str) -> Statement:
    return Statement.objects.create(
        topic=topic,
        author=Person.objects.get(username="citizen"),
        text=text,
        submitted_on=business_date(),
    )


def topics(cast: Any) -> Iterator[Topic]:
    """One that is open, one that ended."""
    yield _topic(cast, "早高峰先改什么？")
    yield _topic(cast, "路口先改哪个？", stage="closed")


def statements(_: Any) -> Iterator[Statement]:
    """One on each topic, and one that was withdrawn."""
    for topic in Topic.objects.order_by("pk"):
        statement = _statement(topic, "公交专用道先从大桥开始")
        for _number in range(ENOUGH):
            Stance.objects.create(statement=statement, who=uuid4(), value=1)
        yield statement
    withdrawn = _statement(Topic.objects.earliest("pk"), "收回这一句")
    withdrawn.withdrawn_on = business_date()
    withdrawn.save()
    yield withdrawn


def hidings(cast: Any) -> Iterator[Hiding]:
    """One at each stage, each of a statement of its own, hidden by nobody of the cast."""
    topic = Topic.objects.earliest("pk")
    for stage in ("hidden", "appealed", "confirmed", "restored"):
        statement = _statement(topic, f"不合适的话 {stage}")
        hiding = Hiding.objects.create(
            post_kind="statement",
            post_id=statement.pk,
            author=statement.author,
            owner=topic.owner,
            category="insult",
            reason="辱骂",
            office=cast.other.officer_office,
            hidden_on=business_date(),
            appeal_until=business_date() + timedelta(days=10),
            stage=stage,
        )
        if stage != "hidden":
            Appeal.objects.create(
                hiding=hiding,
                text="没有骂人",
                appealed_on=business_date(),
                due_on=business_date() + timedelta(days=7),
            )
        yield hiding


def post_reports(cast: Any) -> Iterator[PostReport]:
    """One that waits, one that is settled."""
    topic = Topic.objects.earliest("pk")
    for stage in ("open", "settled"):
        yield PostReport.objects.create(
            post_kind="statement",
            post_id=_statement(topic, f"有人举报的话 {stage}").pk,
            person=Person.objects.get(username="citizen"),
            owner=cast.unit.organisation,
            category="advertising",
            reported_on=business_date(),
            stage=stage,
        )


def _on_a_post(cast: Any) -> dict[str, Any]:
    return {
        "post": cast.things["statement"][0].thing().name,
        "category": "insult",
        "reason": "辱骂",
    }


def _hiding_to_be(cast: Any, _: Member) -> Thing:
    return Thing(
        kind="hiding",
        id="new",
        holder=str(cast.things["statement"][0].author_id),
        owner=str(cast.unit.organisation.pk),
        authors=frozenset(),
        conflicted=frozenset(),
        stage="hidden",
        regions=cast.region.line(),
    )


def _report_to_be(cast: Any, by: Member) -> Thing:
    return Thing(
        kind="post_report",
        id="new",
        holder=by.person or "nobody",
        owner=str(cast.unit.organisation.pk),
        stage="open",
        regions=cast.region.line(),
    )


def _topic_to_be(cast: Any, by: Member) -> Thing:
    return Thing(
        kind="topic",
        id="new",
        owner=by.organisation or str(cast.unit.organisation.pk),
        stage="open",
        label="public",
        regions=cast.region.line(),
    )


def _statement_to_be(row: Any, by: Member) -> Thing:
    """A statement on the topic in the address, of whoever tries it."""
    return Thing(
        kind="statement",
        id="new",
        holder=by.person or "nobody",
        owner=str(row.owner_id),
        stage=row.stage,
        label=row.label,
        regions=row.owner.region.line(),
    )


TALK_BODIES: Mapping[str, Any] = {
    "open_topic": lambda _: {
        "question": "先改哪个路口？",
        "closes_on": business_date().isoformat(),
    },
    "submit_statement": {"text": "东门路口先改"},
    "close_topic": {},
    "export_stances": {},
    "record_common_ground": lambda cast: {
        "statements": [str(cast.things["statement"][1].pk)],
        "text": "写进明年的绩效目标",
    },
    "take_stance": {"stance": "agree"},
    "withdraw_statement": {},
    "hide_post": _on_a_post,
    "report_post": _on_a_post,
    "keep_post": {"reason": "没有不妥"},
    "appeal_hiding": {"text": "没有骂人"},
    "decide_appeal": {"outcome": "dismissed", "reason": "是骂人"},
}
TALK_OPTIONS: Mapping[str, frozenset[str]] = {
    "report_post": frozenset({"note"}),
    "open_topic": frozenset({"opens_on", "about"}),
    "record_common_ground": frozenset({"goal"}),
}
# What would be made of the row in the address, by the route.
SAID_OF: Mapping[str, Callable[[Any, Member], Thing]] = {"submit_statement": _statement_to_be}
TALKS_MADE: Mapping[str, Callable[[Any, Member], Thing]] = {
    "open_topic": _topic_to_be,
    "hide_post": _hiding_to_be,
    "report_post": _report_to_be,
}
