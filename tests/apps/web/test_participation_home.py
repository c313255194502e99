"""The home of participation: what is open, what is near a place, what became of it."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.cycle.test_goals import NUMBER
from apps.forum import panelled, surveyed, talks
from apps.forum.test_processes import started
from apps.forum.test_voices import NEED, a_demo, bureau, promised, resident, said
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import goals
from gongzhi.forum.actions import answers
from gongzhi.forum.models import Voice
from gongzhi.parties.actions.setting_up import register_region
from gongzhi.parties.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]


def home(query: str = "", *, status: int = 200) -> str:
    answer = Client().get(reverse("participation") + query)
    assert answer.status_code == status
    return answer.content.decode()


def part(text: str, name: str) -> str:
    """A section of the page."""
    return text.partition(f'id="{name}"')[2].partition("</section>")[0]


@pytest.fixture
def street(region) -> Region:
    return register_region(by=SYSTEM, code="330799001", name="青萍街道", parent=region)


@pytest.fixture
def community(street) -> Region:
    return register_region(by=SYSTEM, code="330799001001", name="柳河社区", parent=street)


def test_what_is_open_stands_first_whatever_kind_it_is(promised, unit):
    panel, process = panelled.announced(unit), started(unit)  # the panel is of a day of its own
    survey, topic = surveyed.opened(unit), talks.topic(unit)
    shown = part(home(), "open")
    for row in (survey.title, topic.question, panel.title, process.title):
        assert row in shown


def test_where_nothing_is_open_it_says_so(db):
    assert "现在没有限期参加的事" in part(home(), "open")


def test_a_place_shows_what_is_about_it_and_its_parts(promised, resident, unit, street, community):
    placed = said(resident, promised, NEED)
    Voice.objects.filter(pk=placed.pk).update(place=community)
    topic = talks.topic(unit, question="柳河边的路灯先装哪里")
    far = talks.topic(unit, question="东大桥先修哪里")
    shown = part(home(f"?place={street.pk}"), "near")
    assert placed.title in shown
    assert topic.question in shown
    assert far.question not in shown
    assert f'value="{street.pk}" lang="zh-CN" selected' in shown


def test_a_place_that_nobody_knows_is_refused(street):
    home("?place=x", status=400)
    home("?place=01234567-0123-7123-8123-0123456789ab", status=400)
    home("?place=")


def test_what_moved_a_figure_is_told_with_it(promised, resident, unit, bureau):
    voice = said(resident, promised)
    assert voice.title not in part(home(), "became")
    change = answers.adopt_suggestion(by=unit.officer, voice=voice, reason="该换")
    goals.submit_goals(by=unit.reviewer, version=change.version)
    goals.approve_goals(by=bureau, version=change.version, document_number=NUMBER)
    answers.note_changes()
    assert voice.title in part(home(), "became")
