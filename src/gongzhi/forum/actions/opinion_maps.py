"""Publishing the map of opinions of an ended topic, and saying where its common ground went."""

import gzip
from collections.abc import Sequence
from uuid import UUID

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models import CommonGround, OpinionMap, Topic
from gongzhi.forum.models.opinion_maps import TAKEN_MAX
from gongzhi.forum.opinion_maps import Drawn, columns_of, draw, due_topics, keep
from gongzhi.forum.own import office_of
from gongzhi.forum.posts import why_not_public
from gongzhi.forum.stance_files import matrix_file
from gongzhi.forum.topic_lists import standing
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

NO_STATEMENTS = Said("请选至少一条这个议题下的观点")
NO_TEXT = Said("请写明这些共识用在哪里、怎么用")
LONG = Said("最多 {most} 字")
OTHER_GOAL = Said("只能选这个议题所属项目的绩效目标")


def draw_due_maps() -> int:
    """Draw every map that is due; returns how many. Twice is like once."""
    return sum(_draw(topic) for topic in due_topics())


def _draw(topic: Topic) -> bool:
    drawn = draw(topic)
    if topic.stage == Topic.Stage.CLOSED:
        publish_opinion_map(by=SYSTEM, topic=topic, drawn=drawn)
    elif drawn is not None:
        keep(topic, drawn)
    return drawn is not None


def publish_opinion_map(*, by: Member, topic: Topic, drawn: Drawn | None) -> OpinionMap:
    """Publish the last map, with its stances without names; too few people: that there is none."""
    with act(by, "publish_opinion_map", on=topic) as record:
        told: dict[str, object] = {"shown": {}, "plane": {}, "priorities": {}, "stances": 0}
        if drawn is not None:
            content = matrix_file(drawn.matrix)
            told = columns_of(drawn)
            told["matrix"] = gzip.compress(content, mtime=0)
            told["file_digest"] = digest(content)
            record["count"] = len(drawn.matrix.participants)
            record["result"] = digest(canonical(drawn.shown))
            record["file"] = digest(content)
        told |= {"drawn_on": record.business_date, "is_published": True}
        row, _ = OpinionMap.objects.update_or_create(topic=topic, defaults=told)
    return row


def record_common_ground(
    *,
    by: Member,
    topic: Topic,
    statements: Sequence[UUID],
    text: str,
    goal: GoalVersion | None = None,
    key: str | None = None,
) -> CommonGround:
    """Say what follows from statements of an ended topic, and which goals take them up."""
    with act(by, "record_common_ground", on=topic, key=key) as record:
        _refuse_unfit(topic, statements, text=text, goal=goal)
        row = CommonGround.objects.create(
            topic=topic,
            goal=goal,
            statements=[str(each) for each in dict.fromkeys(statements)],
            text=text.strip(),
            office_id=office_of(by),
            recorded_on=business_date(),
        )
        record["text"] = row.text
        record["count"] = len(row.statements)
        if goal is not None:
            record["version"] = goal.thing().name
    return row


def _refuse_unfit(
    topic: Topic, statements: Sequence[UUID], *, text: str, goal: GoalVersion | None
) -> None:
    faults: dict[str, Said] = {}
    known = set(standing(topic).values_list("pk", flat=True))
    if not statements or not set(statements) <= known:
        faults["statements"] = NO_STATEMENTS
    if not text.strip():
        faults["text"] = NO_TEXT
    elif len(text.strip()) > TAKEN_MAX:
        faults["text"] = Said(LONG.text, {"most": TAKEN_MAX})
    elif personal := why_not_public(text):
        faults["text"] = personal
    if goal is not None and goal.project_id != topic.project_id:
        faults["goal"] = OTHER_GOAL
    if faults:
        raise Unsuitable(faults)
