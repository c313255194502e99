"""Stances of many on one topic: how fast they are taken, that none is lost, how long a page takes.

    ./run bench stances [seconds] [statements…]

First as many stances as come, by several people at once, for some seconds (30, of ten minutes that
the aim names: nothing is kept between one stance and the next but rows), each a whole deed: the
charter asked, the stance kept by the key of its table, the tally added to, a row left for the
shuffled batch. Beside it, in the same run, a bare INSERT of the same row under the same key. Then
all are counted: rows kept, sums of tallies, rows that wait for the batch.
Then the page of a topic with some statements and ten stances on each (10,000 and 100,000), for a
visitor and for a citizen, and the same with a hundredth of both: medians of the whole answer, and
the processor time of this process and its database backend, which others don't lengthen.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, table
from people import founded, signed_in
from searching import processor_time, scalar

from gongzhi.core.charter import SYSTEM

SECONDS, SIZES, AT_ONCE, STANCES_EACH, ROUNDS = 30, (100, 10_000), 4, 10, 9
ONE, MANY = 1, 40
BARE_TABLE = """
CREATE TABLE bare_stance (
    statement_id uuid, who uuid, value smallint, PRIMARY KEY (statement_id, who)
);
GRANT ALL ON bare_stance TO PUBLIC
"""
BARE = (
    "INSERT INTO bare_stance (statement_id, who, value) VALUES (%s, %s, 1) ON CONFLICT DO NOTHING"
)


def main() -> None:
    length = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    sizes = [int(given) for given in sys.argv[2:]] or SIZES
    print(fingerprint(), "\n")
    with installation() as (_, owner):
        unit = founded()
        citizens = [citizen(number) for number in range(AT_ONCE)]
        with psycopg.connect(owner) as server:
            server.execute(BARE_TABLE)
        heads = ("what", "a second", "median ms", "p95 ms", "done", "kept", "counted", "waiting")
        lines = [taken(unit, citizens, length=length, among=each) for each in (MANY, ONE)]
        lines.append(bare(length=length))
        print(table(heads, lines), "\n")
        heads = ("statements", "stances", "who", "median ms", "p95 ms", "processor ms")
        print(table(heads, list(pages(unit, sizes, owner=owner))))
        connection.close()


def taken(unit: object, people: list[object], *, length: float, among: int) -> tuple[str, ...]:
    """Stances of ever new people on some statements, for some seconds, several at once."""
    rows = statements(unit, among)
    take = import_string("gongzhi.forum.actions.topics.take_stance")
    member = import_string("gongzhi.parties.members.member_of")

    def one(number: int, at: int) -> None:
        by = member(people[at])
        # Each time somebody else: the account is one of a few, the human being a new one.
        take(
            by=replace(by, human=str(uuid4())),
            statement=rows[number % among],
            stance=("agree", "disagree", "pass")[number % 3],
        )

    times = at_once(one, length=length)
    tallies = import_string("gongzhi.forum.tallies.tallies_of")([row.pk for row in rows])
    stance = import_string("gongzhi.forum.models.Stance")
    waiting = import_string("gongzhi.parties.models.WaitingRow")
    kept = stance.objects.filter(statement__in=rows).count()
    line = told(f"stances on {among}", times, length=length)
    waits = waiting.objects.count()
    waiting.objects.all().delete()
    return (*line, str(kept), str(sum(each.seen for each in tallies.values())), str(waits))


def bare(*, length: float) -> tuple[str, ...]:
    """The same row under the same key, and nothing else."""
    statement = uuid4()

    def one(_number: int, _at: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [statement, uuid4()])

    times = at_once(one, length=length)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare_stance")
        kept = cursor.fetchone()[0]
    return (*told("a bare unique insert", times, length=length), str(kept), "", "")


def at_once(work: Callable[[int, int], None], *, length: float) -> list[float]:
    """The times of calls that several threads make until the time is over."""
    times: list[float] = []
    until = time.perf_counter() + length

    def worker(at: int) -> None:
        number = at
        while (began := time.perf_counter()) < until:
            work(number, at)
            times.append(time.perf_counter() - began)
            number += AT_ONCE
        connection.close()

    threads = [threading.Thread(target=worker, args=(at,)) for at in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def told(name: str, times: list[float], *, length: float) -> tuple[str, ...]:
    middle, late = middle_and_p95(times)
    return (name, f"{len(times) / length:.0f}", middle, late, str(len(times)))


def middle_and_p95(times: list[float]) -> tuple[str, str]:
    in_order = sorted(times)
    late = in_order[int(len(in_order) * 0.95) - 1 if len(in_order) > 1 else 0]
    return f"{statistics.median(in_order) * 1000:.1f}", f"{late * 1000:.1f}"


def pages(unit: object, sizes: list[int], *, owner: str) -> Iterator[tuple[str, ...]]:
    """The page of topics of several sizes, by a visitor and by a citizen."""
    reader = citizen(AT_ONCE + 1)
    clients = {
        "a visitor": import_string("django.test.Client")(SERVER_NAME="localhost"),
        "a citizen": signed_in(reader),
    }
    backend = scalar("SELECT pg_backend_pid()")
    for size in sizes:
        topic = filled(unit, size, owner=owner)
        for who, client in clients.items():
            answer = client.get(f"/participation/topics/{topic}/")
            assert answer.status_code == 200, answer.status_code
            used, times = time.process_time() + processor_time(backend), []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                client.get(f"/participation/topics/{topic}/")
                times.append(time.perf_counter() - began)
            cpu = (time.process_time() + processor_time(backend) - used) / ROUNDS * 1000
            middle, late = middle_and_p95(times)
            yield (f"{size:,}", f"{size * STANCES_EACH:,}", who, middle, late, f"{cpu:.0f}")


def filled(unit: object, size: int, *, owner: str) -> UUID:
    """A topic with so many statements and ten stances on each, made by the database."""
    (first, *_) = statements(unit, 1)
    topic = first.topic_id
    with psycopg.connect(owner) as cursor:
        cursor.execute(
            "INSERT INTO forum_statement (id, topic_id, author_id, text, submitted_on)"
            " SELECT gen_random_uuid(), topic_id, author_id, '观点' || n, submitted_on"
            " FROM forum_statement, generate_series(2, %s) AS n WHERE id = %s",
            [size, first.pk],
        )
        cursor.execute(
            "INSERT INTO forum_stance (statement_id, who, value)"
            " SELECT id, gen_random_uuid(), floor(random() * 3)::int - 1"
            " FROM forum_statement, generate_series(1, %s) WHERE topic_id = %s",
            [STANCES_EACH, topic],
        )
        cursor.execute("DELETE FROM forum_tallypart WHERE statement_id = %s", [first.pk])
        cursor.execute(
            "INSERT INTO forum_tallypart (statement_id, agree, disagree, passed)"
            " SELECT statement_id, count(*) FILTER (WHERE value = 1),"
            " count(*) FILTER (WHERE value = -1), count(*) FILTER (WHERE value = 0)"
            " FROM forum_stance s JOIN forum_statement t ON t.id = s.statement_id"
            " WHERE topic_id = %s GROUP BY statement_id",
            [topic],
        )
        cursor.execute("ANALYZE forum_statement, forum_stance, forum_tallypart")
    return topic


def statements(unit: object, count: int) -> list[object]:
    """A topic with so many statements of one citizen."""
    topics = import_string("gongzhi.forum.models.Topic")
    today = import_string("gongzhi.parties.business_date.business_date")()
    office = import_string("gongzhi.parties.models.Office").objects.earliest("pk")
    topic = topics.objects.create(
        question="先改哪个路口？",
        owner=unit,
        office=office,
        opens_on=today,
        closes_on=today + timedelta(days=30),
    )
    statement = import_string("gongzhi.forum.models.Statement")
    part = import_string("gongzhi.forum.models.TallyPart")
    author = import_string("gongzhi.parties.models.Person").objects.earliest("pk")
    rows = [
        statement.objects.create(topic=topic, author=author, text=f"观点{n}", submitted_on=today)
        for n in range(count)
    ]
    for row in rows:
        part.objects.create(statement=row)
    return rows


def citizen(number: int) -> object:
    register = import_string("gongzhi.parties.actions.setting_up.register_person")
    return register(by=SYSTEM, username=f"citizen{number}", name="某人")


if __name__ == "__main__":
    main()
