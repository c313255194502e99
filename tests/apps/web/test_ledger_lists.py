"""Lists of the log's entries: what they are asked for, page after page, at any length."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR
from gongzhi.parties import deed_lists
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.deed_lists import (
    Count,
    Wanted,
    counted,
    parties_acting,
    verbs_done,
    wanted_among,
)
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Deed
from gongzhi.trust.order import numbers_of
from gongzhi.trust.proofs import entries_at, entry_at, signed_size
from gongzhi.trust.sequencing import sequence
from gongzhi.web.concerning import leaves_concerning
from gongzhi.web.entry_pages import ROWS

pytestmark = pytest.mark.django_db
LAST = UUID(int=2**128 - 1)
ENTRY = re.compile(r'<th scope="row"[^>]*><a href="/ledger/(\d+)/"')
OLDER = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture
def hall() -> city_hall.Unit:
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    while sequence():
        pass
    return unit


def page(client, query: str = "", *, status: int = 200) -> str:
    answer = client.get(reverse("ledger") + query)
    assert answer.status_code == status
    return answer.content.decode()


def shown(text: str) -> list[int]:
    return [int(number) for number in ENTRY.findall(text)]


def numbers(**chosen: object) -> list[int]:
    """The entries of the deeds that a query of Django's finds, the newest first."""
    leaves = Deed.objects.filter(**chosen).values_list("leaf", flat=True)
    return sorted(numbers_of(list(leaves)).values(), reverse=True)


def read_on(client, query: str) -> list[int]:
    """All entries of a list, page after page."""
    found = []
    while query is not None:
        text = page(client, query)
        found += shown(text)
        older = OLDER.search(text)
        query = older[1].replace("&amp;", "&").partition("#")[0] if older else None
    return found


def test_every_entry_is_on_exactly_one_page(client, hall):
    for _ in range(3 * ROWS):
        with act(SYSTEM, "tell_members", on=INSTALLATION) as record:
            record["count"] = 1
    while sequence():
        pass

    assert read_on(client, "") == list(range(signed_size() - 1, -1, -1))
    assert read_on(client, "?verb=tell_members") == numbers(verb="tell_members")


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("?verb=publish_form", {"verb": "publish_form"}),
        ("?clause=4.3", {"clauses__contains": ["4.3"]}),
        ("?clause=§ 4.3", {"clauses__contains": ["4.3"]}),
        ("?party=平台", {"party": "system"}),
        (
            "?party=the platform&verb=register_person",
            {"party": "system", "verb": "register_person"},
        ),
        ("?party=某局1", {"party__startswith": "government:"}),
        ("?party=局", {"party__startswith": "government:"}),
        ("?since=2000-01-01&until=2100-01-01", {}),
        ("?verb=draft_form&party=某局1&since=2000-01-01", {"verb": "draft_form"}),
    ],
)
def test_a_list_holds_what_it_is_asked_for_and_nothing_else(client, hall, query, chosen):
    assert numbers(**chosen)
    assert read_on(client, query) == numbers(**chosen)


def test_no_day_before_the_first_has_entries(client, hall):
    text = page(client, "?until=1999-12-31")
    assert shown(text) == []
    assert "没有这样的存证" in text


def test_what_an_entry_caused_is_listed_by_its_number(client, hall):
    with act(SYSTEM, "tell_members", on=INSTALLATION) as outer:
        with act(SYSTEM, "remind_members", on=INSTALLATION) as record:
            record["count"] = 1
        outer["count"] = 1
    sequence()
    (cause,) = numbers(pk=outer.deed_id)

    assert shown(page(client, f"?because={cause}")) == numbers(because=outer.deed_id)
    assert "没有这一条存证" in page(client, "?because=99999", status=422)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?verb=nothing", "verb"),
        ("?party=没有这样的一方", "party"),
        ("?clause=四", "clause"),
        ("?since=yesterday", "since"),
        ("?until=2026-02-30", "until"),
        ("?since=2026-02-02&until=2026-02-01", "until"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(client, hall, query, field):
    text = page(client, query, status=422)
    assert f'href="#{field}"' in text
    assert f'id="{field}-wrong"' in text
    assert shown(text) == []


@pytest.mark.parametrize("odd", ["x", "-1", "٣", "9" * 40])
def test_a_key_that_is_no_number_is_no_page(client, hall, odd):
    page(client, f"?before={odd}", status=400)


def test_the_address_says_in_words_what_is_shown_and_how_to_see_more(client, hall):
    text = page(client, "?verb=publish_form&party=某局1")
    assert 'href="?party=%E6%9F%90%E5%B1%801#entries"' in text
    assert 'href="?verb=publish_form#entries"' in text
    assert '<option value="publish_form" selected>' in text


def test_what_waits_for_its_number_is_in_no_list(client, hall):
    before = read_on(client, "?verb=register_organisation")
    register_organisation(
        by=SYSTEM, region=city_hall.region("990200"), code="X", name="某厂", kind="enterprise"
    )
    assert read_on(client, "?verb=register_organisation") == before


def test_a_count_ends_where_it_would_become_long(hall, monkeypatch):
    monkeypatch.setattr(deed_lists, "COUNT_MAX", 3)
    assert counted(Deed.objects.all()) == Count(number=3, more=True)
    assert counted(Deed.objects.filter(verb="publish_form")) == Count(number=1)
    assert verbs_done()["publish_form"] == Count(number=1)
    assert verbs_done()["register_person"].number == 2
    assert set(parties_acting(most=9)) == set(Deed.objects.values_list("party", flat=True))


def test_entries_are_read_together_as_one_by_one(hall):
    wanted = [2, 0, signed_size() - 1, 10**9, -1]
    together = entries_at(wanted)
    assert list(together.items()) == [(index, entry_at(index)) for index in wanted[:3]]
    assert entries_at([]) == {}


def test_a_long_list_costs_no_more_questions(client, hall):
    def questions(query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, query)
        return len(asked)

    few = questions("?verb=publish_form")
    assert questions("?verb=register_person") <= few


@pytest.mark.deep
def test_at_a_hundred_thousand_entries_every_list_runs_along_an_index(hall):
    person, party = uuid4(), f"government:{hall.organisation.pk}"
    with connection.cursor() as cursor:
        cursor.execute(MANY, [party, str(person)])
        cursor.execute("ANALYZE parties_deed")
    deeds = Deed.objects.visible_to(VISITOR)
    for wanted in (
        Wanted(),
        Wanted(verb="verb_7"),
        Wanted(parties=(party,)),
        Wanted(clause="9.98"),
        Wanted(since=date(2030, 1, 1), until=date(2030, 1, 2)),
        Wanted(verb="verb_7", clause="9.98", since=date(2030, 1, 1)),
        Wanted(because=person),
    ):
        chosen = wanted_among(deeds, wanted)
        listed = chosen.filter(leaf__lt=LAST).order_by("-leaf")[:20].explain()
        assert "Seq Scan on parties_deed" not in listed, listed
        if not wanted.everything:
            counting = chosen.order_by()[:1001].explain()
            assert "Seq Scan on parties_deed" not in counting or counted(chosen).more, counting
    member = hall.officer
    with CaptureQueriesContext(connection) as asked:
        assert leaves_concerning(member, LAST, person=member.person, most=20)
        verbs_done()
    for query in asked:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + query["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on parties_deed" not in plan, f"{query['sql']}\n{plan}"


MANY = """
INSERT INTO parties_deed (id, verb, "on", party, person, clauses, public, because, leaf,
                          business_date, done_at)
SELECT gen_random_uuid(), 'verb_' || n %% 40, 'project:' || gen_random_uuid(),
       CASE n %% 50 WHEN 0 THEN %s ELSE 'social:' || md5((n %% 400)::text)::uuid END,
       CASE n %% 100 WHEN 0 THEN %s::uuid END,
       to_jsonb(ARRAY['4.' || n %% 20, '9.' || n %% 100]),
       '{}', CASE n %% 10 WHEN 0 THEN gen_random_uuid() END,
       (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || lpad('', 20, '7'))::uuid,
       DATE '2026-01-01' + n / 50, now()
FROM generate_series(1, 100000) AS n
"""
