"""What waits in many queues: one question tells which have anything, and only these are told."""

from datetime import date

import pytest
from django.db.models import Count

import city_hall
from gongzhi.core.charter import VISITOR, Thing
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.parties.models import Organisation
from gongzhi.parties.rooms import Queue, Room, waiting_in, waiting_in_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def waiting(name: str) -> list[Waiting]:
    thing = Thing(kind="task", id=name)
    return [Waiting(verb="finish_task", thing=thing, said=Said("某事"), opened_on=TODAY)]


def told(queues) -> list[str]:
    return [each.thing.id for each in waiting_in(queues)]


def queue(name: str, rows=None) -> Queue:
    return Queue(lambda: waiting(name), rows)


@pytest.fixture
def organisations():
    city_hall.unit("1", within=city_hall.region())
    return Organisation.objects.all()


def test_a_queue_is_told_if_it_has_rows_or_cannot_be_asked_for_any(organisations):
    named = organisations.order_by("name").select_related("region")
    by_kind = organisations.values("kind").annotate(count=Count("pk"))
    queues = [
        queue("some", named),
        queue("none", named.filter(code="没有")),
        queue("never", named.filter(pk__in=[])),
        queue("always"),
        queue("grouped", by_kind.filter(count__gte=1)),
        queue("too few", by_kind.filter(count__gte=100)),
    ]
    assert told(queues) == ["some", "always", "grouped"]


def test_however_many_queues_are_asked_by_one_statement(organisations, django_assert_num_queries):
    queues = [queue(str(at), organisations.filter(code=f"没有{at}")) for at in range(20)]
    with django_assert_num_queries(1):
        assert told(queues) == []
    with django_assert_num_queries(0):
        assert (
            told([queue("never", organisations.none()), queue("nor this", organisations.none())])
            == []
        )


def test_rooms_together_tell_what_each_tells_alone(organisations):
    def of(name: str) -> Room:
        return Room(lambda _, *, today: iter([queue(name, organisations), queue(f"{today}")]))

    rooms = [of("1"), of("2"), of("3")]
    alone = [each for room in rooms for each in room(VISITOR, today=TODAY)]
    assert waiting_in_all(rooms, VISITOR, today=TODAY) == alone
    assert len(alone) == 6
