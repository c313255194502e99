"""An entry in words: every fact named, things by their names for whoever may read them."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import city_hall
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Deed
from gongzhi.trust.proofs import entry_at, index_of
from gongzhi.trust.sequencing import sequence
from gongzhi.web.entries import CAUSED_SHOWN_MAX, chain_of
from gongzhi.web.fact_words import FACTS
from gongzhi.web.facts import facts_in_words
from gongzhi.words import LANGUAGES, say
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def numbered(**chosen: object) -> int:
    while sequence():
        pass
    index = index_of(Deed.objects.get(**chosen).leaf)
    assert index is not None
    return index


def entry(client, index: int) -> str:
    answer = client.get(reverse("ledger-entry", args=[index]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_things_are_named_and_linked_for_whoever_may_read_them(client, hall):
    version = city_hall.draft(hall)
    index = numbered(verb="draft_form")
    officer = VerifiedClient()
    officer.force_login(hall.officer_office.person)

    theirs, anybodys = entry(officer, index), entry(client, index)

    assert f"?version={version.pk}" in theirs
    assert "<dt>自评表</dt>" in theirs
    assert hall.project.name in theirs
    assert "自评表（内容不公开）" in anybodys
    assert hall.project.name not in anybodys.partition("<pre")[0]


def test_what_was_published_is_linked_for_everybody_and_no_key_is_left_raw(client, hall):
    version = city_hall.published(hall)
    index = numbered(verb="publish_form")

    text = entry(client, index).partition('<details class="folded"')[0]

    assert f"?version={version.pk}" in text
    assert "<dt>表的种类</dt><dd>\n项目支出绩效自评表" in text
    assert "<dt>项目</dt>" in text
    for key in Deed.objects.get(verb="publish_form").public:
        assert f"<dt>{key}</dt>" not in text


def test_an_entry_speaks_english(client, hall):
    city_hall.published(hall)
    client.cookies["django_language"] = "en"
    text = entry(client, numbered(verb="publish_form"))
    for said in ("Kind of form", "Digest of the form", "Disclosure review", "What it states"):
        assert said in text


def test_moments_are_told_by_the_clock_of_the_place():
    told = {"until": "2026-01-01T16:00:00+00:00", "before": "2026-01-01"}
    (facts,) = facts_in_words([told], member=VISITOR)
    said = {fact.name.text: fact.values[0].text for fact in facts}
    assert said == {"截止": "2026-01-02 00:00:00", "早于": "2026-01-01"}


def test_what_caused_a_deed_and_what_it_caused_lead_to_each_other(client, hall):
    with act(SYSTEM, "tell_members", on=INSTALLATION) as outer:
        for _ in range(CAUSED_SHOWN_MAX + 1):
            with act(SYSTEM, "remind_members", on=INSTALLATION) as inner:
                inner["count"] = 1
        outer["count"] = 1
    cause, caused = numbered(pk=outer.deed_id), numbered(pk=inner.deed_id)

    assert f'href="{reverse("ledger-entry", args=[cause])}"' in entry(client, caused)
    text = entry(client, cause)
    assert text.count("№") > CAUSED_SHOWN_MAX
    assert f"?because={cause}#entries" in text
    content = entry_at(caused)
    assert content is not None
    assert chain_of(content, member=VISITOR).caused == ()


def test_what_waits_for_its_number_is_said_to_wait(client, hall):
    city_hall.published(hall)
    index = numbered(verb="publish_form")
    with act(SYSTEM, "tell_members", on=INSTALLATION) as record:
        record["count"] = 1
        record.because = Deed.objects.get(verb="publish_form").pk
    text = entry(client, index)
    assert "由此办理" in text
    assert "等待编号" in text


def test_what_is_only_promised_is_named(client, hall):
    city_hall.published(hall)
    assert "公开审查意见" in entry(client, numbered(verb="publish_form"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from([*FACTS, "unknown"]), JSON, max_size=4))
def test_entries_of_another_version_are_shown_whatever_they_hold(db, told):
    (facts,) = facts_in_words([told], member=VISITOR)
    assert len(facts) == len(told)
    for fact in facts:
        for value in fact.values:
            for language in LANGUAGES:
                assert say(value.text, language) if hasattr(value.text, "values") else True


def test_a_file_that_is_not_public_is_not_named(client, hall):
    with act(SYSTEM, "tell_members", on=INSTALLATION) as record:
        record["attachment"] = str(hall.project.pk)
    text = entry(client, numbered(pk=record.deed_id))
    assert "附件（内容不公开）" in text
