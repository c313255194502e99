"""How participation fares as a page: for everybody, numbers that lead on, files, who is late."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from apps.forum import talks
from apps.forum.test_remarks import anonymous
from apps.forum.test_voices import NEED, a_demo, bureau, citizen, promised, resident, said
from gongzhi.forum.actions import answers
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office
from verified import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]
FIGURE = re.compile(r'<a class="figure" href="([^"]+)">([\d,]+)</a>')


def page(client=None, query: str = "", *, status: int = 200) -> str:
    answer = (client or Client()).get(reverse("participation-health") + query)
    assert answer.status_code == status
    return answer.content.decode() if not answer.streaming else answer.getvalue().decode()


def test_before_anybody_spoke_it_says_so(db):
    assert "这一年还没有" in page()


def test_each_number_leads_to_as_many_things(promised, resident, unit):
    kept, same = said(resident, promised), said(citizen("居民丁"), promised)
    said(resident, promised, NEED)
    talks.said(talks.topic(unit), talks.citizen(1))
    answers.merge_voices(by=unit.officer, voice=kept, voices=[same.pk], reason="一件事")
    answers.answer_voice(by=unit.officer, voice=kept, outcome="declined", reason="钱不够")
    found = FIGURE.findall(page())
    assert len(found) > 15
    for address, number in found:
        listed = Client().get(unescape(address)).content.decode()
        assert listed.count('<li class="task">') == int(number), address


def test_another_year_is_chosen_and_an_unknown_one_refused(promised, resident):
    said(resident, promised)
    assert "这一年还没有" not in page(query=f"?year={business_date().year}")
    page(query="?year=1999", status=400)
    page(query="?year=x", status=400)
    assert Client().get(reverse("participation-asked")).status_code == 200
    for query in ("?year=20260", "?year=2026&column=x", "?year=2026&office=x"):
        assert Client().get(reverse("participation-asked") + query).status_code == 400


def test_it_is_taken_along_as_a_file(promised, resident, unit):
    said(resident, promised)
    lines = page(query="?file=csv").splitlines()
    assert "提出" in lines[0]
    assert any(unit.organisation.name in line for line in lines)
    answer = Client().get(reverse("participation-health") + "?file=xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    page(query="?file=exe", status=400)


def test_9_9_who_is_late_stands_inside_alone(promised, resident, unit, bureau):
    voice = said(resident, promised)
    move_business_date(to=voice.due_on + timedelta(days=1))
    late = reverse("voices-late")
    office = Office.objects.get(pk=bureau.office)
    assert f"{late}#unit-{unit.organisation.pk}" in page(signed_in(office))
    assert late not in page()
    assert 'id="overdue"' not in page()


def test_5_3_few_remarks_are_not_told(promised, unit):
    anonymous(unit)
    move_business_date(to=business_date() + timedelta(days=40))
    shown = page()
    assert "少于 5 或者保密" in shown


def test_it_is_reached_from_where_one_looks(db):
    address = reverse("participation-health")
    assert address in Client().get(reverse("participation")).content.decode()
