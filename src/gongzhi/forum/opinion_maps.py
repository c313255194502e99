"""Drawing the map of opinions of a topic, outside of requests: by the clock, once enough is new.

The map of an open topic is a sum of what is there, as the tallies are: drawing it is no deed. The
one of an ended topic is published (actions/opinion_maps.py). Participants have no names in it, and
the order of their stances themselves.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import UUID

import numpy as np

from gongzhi.core.balance.opinions.finding import OpinionGroups, find_groups
from gongzhi.core.balance.opinions.matrix import StanceMatrix, matrix_of
from gongzhi.core.balance.opinions.showing import in_thousandths, shown_map, stored_plane
from gongzhi.core.sealed import Sealable
from gongzhi.forum.models import OpinionMap, Stance, Topic
from gongzhi.forum.topic_lists import standing, tallies_shown
from gongzhi.parties.business_date import business_date
from gongzhi.rules.balance.groups import group_rules
from gongzhi.rules.participation.topics import topic_rules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A map: what everybody may see, and what it was computed from."""

    found: OpinionGroups
    shown: Mapping[str, Sealable]

    @property
    def matrix(self) -> StanceMatrix:
        """The stances, without names."""
        return self.found.matrix

    def priorities(self) -> Mapping[str, int]:
        """How much each statement deserves to be shown next, in thousandths."""
        priorities = map(in_thousandths, self.found.priorities)
        return dict(zip(self.matrix.statements, priorities, strict=True))


def draw(topic: Topic) -> Drawn | None:
    """The map of a topic as it stands; None where too few took part to show one."""
    today = business_date()
    rules = topic_rules(on=today)
    matrix = stances_on(topic)
    if len(matrix.participants) < rules.matrix_from:
        return None
    found = find_groups(matrix, rules=group_rules(on=today))
    return Drawn(found=found, shown=shown_map(found, least=rules.shown_from))


def keep(topic: Topic, drawn: Drawn) -> None:
    """Keep the map of an open topic in the place of the one before."""
    OpinionMap.objects.update_or_create(topic=topic, defaults=columns_of(drawn))


def columns_of(drawn: Drawn) -> dict[str, object]:
    """A map as it is stored."""
    return {
        "drawn_on": business_date(),
        "stances": len(drawn.matrix.cells),
        "shown": drawn.shown,
        "plane": stored_plane(drawn.found),
        "priorities": drawn.priorities(),
    }


def due_topics() -> Iterator[Topic]:
    """The topics whose map is to be drawn: those that ended, and those with enough that is new."""
    further = group_rules(on=business_date()).renew_from
    for topic in Topic.objects.exclude(opinion_map__is_published=True).with_facts():
        if topic.stage == Topic.Stage.CLOSED or _is_old(topic, further=further):
            yield topic


def _is_old(topic: Topic, *, further: int) -> bool:
    """Whether an open topic has no map, or enough is new, or a statement isn't shown any more."""
    known = OpinionMap.objects.filter(topic=topic).first()
    if known is None:
        return True
    tallies = tallies_shown(topic)
    new = sum(each.seen for each in tallies.values()) - known.stances
    return new >= further or not set(known.priorities) <= {str(pk) for pk in tallies}


def stances_on(topic: Topic) -> StanceMatrix:
    """Who thinks what of the statements that are shown, in an order that tells nothing."""
    statements = _keys(topic)
    column = {UUID(pk): at for at, pk in enumerate(statements)}
    people: dict[UUID, int] = {}
    rows, columns, values = array("q"), array("q"), array("q")
    taken = Stance.objects.filter(statement__topic=topic)
    for statement, who, value in taken.values_list("statement_id", "who", "value").iterator():
        if statement in column:
            rows.append(people.setdefault(who, len(people)))
            columns.append(column[statement])
            values.append(value)
    return _in_their_own_order(
        matrix_of(
            [""] * len(people),
            statements,
            rows=np.frombuffer(rows, dtype=np.int64),
            columns=np.frombuffer(columns, dtype=np.int64),
            values=np.frombuffer(values, dtype=np.int64),
        )
    )


def _keys(topic: Topic) -> list[str]:
    """The statements that are shown, in the order in which they came."""
    return [str(pk) for pk in standing(topic).order_by("pk").values_list("pk", flat=True)]


def _in_their_own_order(matrix: StanceMatrix) -> StanceMatrix:
    """The rows by what they say, and numbered so: who came when can't be read off."""
    said = [matrix.cells[start:stop].tobytes() for start, stop in pairwise(matrix.starts)]
    order = np.array(sorted(range(len(said)), key=said.__getitem__), dtype=np.int64)
    names = tuple(str(number) for number in range(len(said)))
    return replace(matrix.of(order), participants=names)
