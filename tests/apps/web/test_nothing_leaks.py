"""Lists, counts, filters and feeds tell nothing of what their reader may not read."""

import re

import pytest
from django.urls import reverse

from apps.web.cast import Cast, Somebody, file
from apps.web.trying import tries
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle import actions as cycle
from gongzhi.desk.actions import attachments, tasks
from gongzhi.web.operation import GET
from sampling import Sample, lasting

pytestmark = pytest.mark.django_db

ONCE = re.compile(
    r'name="(csrfmiddlewaretoken|key|state)" value="[^"]*"|nonce="[^"]*"|'
    r"<updated>[^<]*</updated>|DTSTAMP:[0-9TZ]+"
)
# What the public log itself tells everybody: that somebody did something, and how often.
LOGGED = ("ledger", "charter", "activity")
ANEW = ("account",)  # secrets made anew each time
# One page of so many is read by each reader, other pages at the next commit; all when the full
# numbers are asked for.
READ = 6
HOSTILE = (
    "sort=person__password&order_by=-person__username&ordering=secret"
    "&unit__region__code=1&owner__password__startswith=a&record__contains=x"
)


def seen(somebody: Somebody, address: str) -> tuple[int, str]:
    answer = somebody.client.get(address)
    return answer.status_code, ONCE.sub("", answer.getvalue().decode(errors="replace"))


def lists(cast: Cast) -> list[str]:
    """Every page that may list things: those about nothing, and those about the open project."""
    open_project = cast.things["project"][0]
    return [
        attempt.address
        for attempt in tries(cast)
        if GET in attempt.operation.methods and attempt.row in (None, open_project)
    ]


def hidden_things(cast: Cast) -> None:
    """A project, a draft, a task and files that only the unit knows of."""
    unit, officer = cast.unit, cast.officer
    cycle.register_project(by=SYSTEM, unit=unit.organisation, code="Q2", name="另一个没有公开的")
    attachments.attach_file(by=officer, to=unit.project, file=file("secret"), label="internal")
    tasks.assign_task(
        by=officer,
        about=unit.project.thing(),
        organisation=unit.organisation,
        what="只有本单位知道",
        clause="4.16",
        working_days=5,
    )


def test_s14_nothing_counts_what_its_reader_may_not_read(cast: Cast, sample: Sample):
    outsiders = [cast.one("visitor"), cast.one("other officer")]
    pages = [page for page in lists(cast) if not page.startswith(tuple(map(_root, LOGGED + ANEW)))]
    where = [
        (reader, page)
        for reader in outsiders
        for page in pages
        if sample.takes(f"{lasting(page)} by {reader.name}", one_of=READ)
    ]
    before = [seen(reader, page) for reader, page in where]

    hidden_things(cast)

    after = [seen(reader, page) for reader, page in where]
    told = [
        (reader.name, page)
        for (reader, page), old, new in zip(where, before, after, strict=True)
        if old != new
    ]
    assert told == [], told


def test_s13_nothing_is_sorted_or_filtered_by_what_isnt_offered(cast: Cast, sample: Sample):
    """An unknown parameter changes nothing, or the page says that it can't be used."""
    officer = cast.one("own officer")
    changed = []
    for page in lists(cast):
        if not sample.takes(lasting(page), one_of=READ):
            continue
        plain, asked = seen(officer, page), seen(officer, f"{page}?{HOSTILE}")
        if asked[0] == 400 or _without(asked[1]) == _without(plain[1]):
            continue
        if seen(officer, page) == plain:  # else it has a secret that is made anew each time
            changed.append(page)
    assert changed == [], changed


def test_s16_what_belongs_to_a_thing_answers_like_its_page(cast: Cast):
    """Download, history, attachments, "why": nobody gets more of a thing than its page gives."""
    told = []
    for somebody in (cast.one("visitor"), cast.one("other officer"), cast.one("own officer")):
        for name, row in (("attachment", each) for each in cast.things["attachment"]):
            page = somebody.client.get(reverse(name, args=[row.pk])).status_code
            others = [
                reverse("attachment-download", args=[row.pk]),
                reverse("activity-about", args=[name, row.pk]),
                reverse("why", args=["withdraw_attachment", name, row.pk]),
            ]
            told += [other for other in others if somebody.client.get(other).status_code != page]
    assert told == []


def _root(name: str) -> str:
    return f"/{name}/"


def _without(page: str) -> str:
    """The page without the address that it was asked under."""
    return page.replace(HOSTILE, "").replace(HOSTILE.replace("&", "&amp;"), "").replace("?", "")
