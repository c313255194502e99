"""Ballots cast per second, beside a bare insert that is unique; and how the close grows (P13).

    ./run bench ballots [seconds…]        # 30 unless told; the aim is 100 a second for 600

Each ballot is a whole deed: the charter is asked, the vote held open, the roll's row locked, the
ballot sealed and put into the box. First as fast as it goes, in as many processes as there are
cores, beside a bare insert into a table with such a unique constraint. Then over HTTP, a hundred a
second, beside a plain endpoint with one unique insert on the same server (`ballots_served.py`,
`plain_insert.py`); what came out counts the few that warmed the server, too. None may be lost: at
the close as many ballots come out as voters cast one.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

import psycopg
from ballots_served import COOKIE, WARM, Served, plain, site
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, table
from people import founded

SECONDS, VOTERS_A_SECOND, RATE = 30, 400, 100
WORKERS = os.cpu_count() or 2
PROJECTS, MS = 40, 1000


def main() -> None:
    durations = [int(given) for given in sys.argv[1:]] or [SECONDS]
    print(fingerprint(), "\n")
    with installation() as (home, owner):
        bureau = founded()
        lines = [line for each in durations for line in measured(bureau, owner, duration=each)]
        served = [
            line for each in durations for line in over_http(bureau, home, owner, seconds=each)
        ]
        connection.close()
    heads = ["what", "workers", "seconds", "done", "a second", "p95, ms", "came out", "close, s"]
    print(table(heads, lines), "\n")
    heads = [
        "over HTTP",
        "seconds",
        "taken",
        "lost",
        "p95, ms",
        "web, ms each",
        "database, ms each",
    ]
    print(table([*heads, "times", "came out"], served), "\n")


def measured(bureau: Any, owner: str, *, duration: int) -> list[list[str]]:
    bare = bare_inserts(owner, duration=duration)
    vote, tokens = opened(bureau, voters=duration * VOTERS_A_SECOND)
    cast = import_string("gongzhi.forum.actions.ballots.cast_ballot")
    voter = import_string("gongzhi.forum.actions.ballots.Voter")
    visitor = import_string("gongzhi.core.charter.VISITOR")

    def one(position: int) -> None:
        given = {1 + position % PROJECTS: "on", 1 + position // 7 % PROJECTS: "on"}
        cast(by=visitor, vote=vote, given=given, voter=voter(token=tokens[position]))

    taken = all_together(lambda: one, duration=duration, most=len(tokens))
    came_out, took = emptied(vote)
    return [
        ["bare unique insert", str(WORKERS), str(duration), *rate(bare, duration), "", ""],
        ["cast_ballot", str(WORKERS), str(duration), *rate(taken, duration), came_out, took],
    ]


def over_http(bureau: Any, home: Path, owner: str, *, seconds: int) -> list[list[str]]:
    """Ballots at the site, and as many inserts at a plain endpoint, a hundred a second."""
    peer = plain(home, owner, processes=WORKERS, rate=RATE, seconds=seconds)
    vote, tokens = opened(bureau, voters=seconds * RATE + WARM)

    def body(number: int) -> str:
        chosen = {f"p{1 + number % PROJECTS}": "on", f"p{1 + number // 7 % PROJECTS}": "on"}
        return urlencode({"csrfmiddlewaretoken": COOKIE, "link": tokens[number], **chosen})

    path = f"/participation/votes/{vote.pk}/cast_ballot/"
    connection.close()
    ours = site(home, processes=WORKERS, rate=RATE, seconds=seconds, body=body, path=path)
    came_out, _ = emptied(vote)
    times = f"{ours.all_ms / peer.all_ms:.1f}"
    return [
        ["plain unique insert", *told(peer, seconds), "", ""],
        ["cast_ballot", *told(ours, seconds), times, came_out],
    ]


def told(served: Served, seconds: int) -> list[str]:
    return [
        str(seconds), f"{len(served.taken):,}", str(served.lost), f"{served.p95_ms:.1f}",
        f"{served.web_ms:.2f}", f"{served.database_ms:.2f}",
    ]  # fmt: skip


def rate(took: list[float], duration: int) -> list[str]:
    slow = quantiles(took, n=20)[-1] if len(took) > 1 else 0.0
    return [f"{len(took):,}", f"{len(took) / duration:.0f}", f"{slow * MS:.1f}"]


def all_together(
    begin: Callable[[], Callable[[int], None]], *, duration: int, most: int
) -> list[float]:
    """How long each took that all workers did in that time, each with numbers of its own.

    Workers are processes, one for each core, as those of the site are.
    """
    connection.close()
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    until = time.monotonic() + duration

    def run(worker: int) -> None:
        work, took = begin(), []
        while time.monotonic() < until and worker + len(took) * WORKERS < most:
            start = time.perf_counter()
            work(worker + len(took) * WORKERS)
            took.append(time.perf_counter() - start)
        connection.close()
        answers.put(took)

    workers = [context.Process(target=run, args=(number,)) for number in range(WORKERS)]
    for each in workers:
        each.start()
    found = [each for _ in workers for each in answers.get()]
    for each in workers:
        each.join()
    return found


def bare_inserts(owner: str, *, duration: int) -> list[float]:
    with psycopg.connect(owner, autocommit=True) as one:
        one.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (who text UNIQUE, said bytea)")

    def begin() -> Callable[[int], None]:
        own = psycopg.connect(owner, autocommit=True)
        return lambda number: (
            own.execute("INSERT INTO bare VALUES (%s, %s)", [str(number), b"x" * 600]) and None
        )

    return all_together(begin, duration=duration, most=10**9)


def opened(bureau: Any, *, voters: int) -> tuple[Any, list[str]]:
    """A vote that takes ballots, and a link for each of so many voters."""
    models, links = "gongzhi.forum.models", "gongzhi.parties.answer_links"
    today = import_string("gongzhi.parties.business_date.business_date")()
    vote = import_string(f"{models}.Vote").objects.create(
        title="怎样用", scope="街道", use="draft_budget", pool="资金", budget_yuan=1000,
        organisation=bureau, stage="open", proposals_until=today, opens_on=today,
        closes_on=today + timedelta(days=9),
    )  # fmt: skip
    import_string(f"{models}.VoteMethod").objects.create(
        vote=vote, electorate="居民", ballot="approval", projects_most=5,
        rule="equal-shares", least=20,
    )  # fmt: skip
    person = somebody(f"keeper{vote.pk}")
    import_string(f"{models}.VoteProposal").objects.bulk_create(
        import_string(f"{models}.VoteProposal")(
            vote=vote, number=number, title=f"第 {number} 件", text="居民受益", asked_yuan=50,
            cost_yuan=50, person=person, stage="listed", proposed_on=today,
        )
        for number in range(1, PROJECTS + 1)
    )  # fmt: skip
    enrol(vote, person, voters=voters, today=today)
    box(vote, bureau, today=today)
    make = import_string(f"{links}.make_answer_link")
    expires = import_string("django.utils.timezone.now")() + timedelta(days=1)
    about = vote.thing().name
    tokens = [
        make(purpose="ballot", about=about, channel="sms", address=address(n), expires_at=expires)
        for n in range(voters)
    ]
    return vote, tokens


def address(number: int) -> str:
    return f"139{number:08}"


def somebody(name: str) -> Any:
    return import_string("gongzhi.parties.actions.setting_up.register_person")(
        by=import_string("gongzhi.core.charter.SYSTEM"), username=name, name="某人"
    )


def enrol(vote: Any, person: Any, *, voters: int, today: Any) -> None:
    models = "gongzhi.forum.models"
    digest = import_string("gongzhi.parties.contact_digests.contact_digest")
    change = import_string(f"{models}.RollChange").objects.create(
        vote=vote, number=1, stage="confirmed", added=voters, removed=0, reason="登记册",
        proposed_by=person, decided_by=somebody(f"second{vote.pk}"), proposed_on=today,
        decided_on=today,
    )  # fmt: skip
    entry = import_string(f"{models}.RollEntry")
    entry.objects.bulk_create(
        [
            entry(vote=vote, change=change, who=f"contact:{digest('sms', address(number))}")
            for number in range(voters)
        ],
        batch_size=5000,
    )


def box(vote: Any, bureau: Any, *, today: Any) -> None:
    """The box with its keepers, who give their keys at once: the close is what is measured."""
    kept = import_module("gongzhi.forum.ballot_box")
    keeper = import_string("gongzhi.forum.models.BoxKeeper")
    phrases = [kept.new_phrase() for _ in range(3)]
    for place, phrase in enumerate(phrases, start=1):
        person = somebody(f"keeper{place}-{vote.pk}")
        office = import_string("gongzhi.parties.actions.offices.assign_office")(
            by=import_string("gongzhi.core.charter.SYSTEM"), person=person, organisation=bureau,
            title="保管", roles=[], since_on=today,
        )  # fmt: skip
        keeper.objects.create(
            vote=vote, place=place, office=office, person=person, kept_on=today,
            public_key=kept.key_of_phrase(phrase, vote=vote).public_key().public_bytes_raw(),
        )  # fmt: skip
    kept.make_box(vote)
    for each, phrase in zip(vote.keepers.order_by("place"), phrases, strict=True):
        kept.release(each, phrase)
        each.save(update_fields=["released"])


def emptied(vote: Any) -> list[str]:
    """How many ballots come out of the box and are counted, and how long that takes."""
    emptied_box = import_string("gongzhi.forum.actions.votes.emptied")
    counting = import_string("gongzhi.forum.vote_counting.count")
    start = time.perf_counter()
    found = emptied_box(vote)
    counting(vote, found.choices)
    return [f"{len(found.choices):,}", f"{time.perf_counter() - start:.1f}"]


if __name__ == "__main__":
    main()
