"""Lists kept with their filters: by whom, for whom; and addresses that carry every filter."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.charter import VISITOR
from gongzhi.desk.actions import views as actions
from gongzhi.desk.models import SavedView
from gongzhi.parties.deeds import Refused
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filters import ASKED, kept, paged
from gongzhi.web.saved_views import LISTS
from verified import signed_in

pytestmark = pytest.mark.django_db


def save(unit, *, name="逾期的", shared=False) -> SavedView:
    return actions.save_view(
        by=unit.officer, page="alerts", query="state=late", name=name, shared=shared
    )


# ── whose a view is ──


def test_a_view_is_its_persons_own(unit, other):
    save(unit)

    assert SavedView.objects.visible_to(unit.officer).count() == 1
    for member in (unit.reviewer, other.officer, VISITOR):
        assert not SavedView.objects.visible_to(member).exists()


def test_colleagues_see_a_shared_view_and_cannot_change_it(unit, other):
    view = save(unit, shared=True)

    assert SavedView.objects.visible_to(unit.reviewer).get() == view
    assert not SavedView.objects.visible_to(other.officer).exists()
    with pytest.raises(Refused):
        actions.rename_view(by=unit.reviewer, view=view, name="我的")
    with pytest.raises(Refused):
        actions.delete_view(by=unit.reviewer, view=view)


def test_a_visitor_keeps_nothing_here(db):
    with pytest.raises(Refused):
        actions.save_view(by=VISITOR, page="alerts", query="", name="我的")


def test_a_name_used_again_takes_the_new_filters(unit):
    save(unit)
    again = actions.save_view(by=unit.officer, page="alerts", query="state=all", name="逾期的")

    assert SavedView.objects.get().query == again.query == "state=all"


def test_two_views_of_a_page_have_two_names(unit):
    save(unit, name="甲")
    view = save(unit, name="乙")

    with pytest.raises(Unsuitable):
        actions.rename_view(by=unit.officer, view=view, name="甲")


# ── on the pages ──


def test_a_list_is_kept_as_it_is_asked_for_and_found_again(unit):
    client = signed_in(unit.officer_office)
    form = client.get(reverse("alerts"), {"state": "late", "page": "1"}).content.decode()
    assert 'name="query" value="state=late"' in form

    answer = client.post(
        reverse("save_view"),
        {"key": "k", "page": "alerts", "query": "state=late&page=3", "name": "逾期的"},
    )

    address = f"{reverse('alerts')}?state=late"
    assert answer["Location"] == address
    for page in ("alerts", "desk", "saved-views"):
        assert f'href="{address}">逾期的</a>' in client.get(reverse(page)).content.decode().replace(
            ' aria-current="true"', ""
        )


def test_a_view_is_renamed_and_deleted_on_its_page(unit):
    client, view = signed_in(unit.officer_office), save(unit)

    client.post(reverse("rename_view", args=[view.pk]), {"key": "a", "name": "要紧的"})
    assert SavedView.objects.get().name == "要紧的"
    client.post(reverse("delete_view", args=[view.pk]), {"key": "b"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"page": "admin"}, {"name": ""}, {"name": "字" * 61}, {"query": "q" * 501}]
)
def test_what_no_list_offers_is_not_kept(unit, wrong):
    sent = {"key": "k", "page": "alerts", "query": "", "name": "逾期的"} | wrong

    assert signed_in(unit.officer_office).post(reverse("save_view"), sent).status_code == 422
    assert not SavedView.objects.exists()


def test_s01_anothers_view_is_not_there(unit, other):
    view = save(unit)
    client = signed_in(other.officer_office)

    assert client.post(reverse("delete_view", args=[view.pk]), {"key": "k"}).status_code == 404


def test_a_visitor_is_offered_no_keeping(db):
    assert "save_view" not in Client().get(reverse("alerts")).content.decode()


def test_every_list_with_filters_can_be_kept(unit):
    client = signed_in(unit.officer_office)
    for page in LISTS.keys() - {"ledger"}:  # which has no filters before its first checkpoint
        answer = client.get(reverse(page), {"q": "某"} if page == "search" else {})
        assert f'name="page" value="{page}"' in answer.content.decode(), page


# ── addresses carry the filters ──

FORMS = re.compile(r'<form class="(?:sentence|search-page|search-money|find).*?</form>', re.DOTALL)
NAMES = re.compile(r'<(?:select|input)[^>]* name="(\w+)"')


def test_every_word_of_a_lists_filter_stands_in_its_addresses(unit):
    client = signed_in(unit.officer_office)
    for page in LISTS.keys() - {"ledger"}:
        answer = client.get(reverse(page), {"q": "某"} if page == "search" else {})
        main = answer.content.decode().partition("<main")[2]
        offered = {name for form in FORMS.findall(main) for name in NAMES.findall(form)}
        assert offered <= set(ASKED[page]), page


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(asked=st.dictionaries(st.sampled_from(["q", "unit", "year", "page", "utm"]), WORDS))
def test_what_is_kept_of_an_address_asks_for_the_same_at_the_beginning(asked):
    query = kept(QueryDict(urlencode(asked)), of="search")
    read = {name: value for name, (value,) in parse_qs(query, keep_blank_values=True).items()}

    assert read == {n: v for n, v in asked.items() if v and n in {"q", "unit", "year"}}
    assert kept(QueryDict(query), of="search") == query
    assert paged(QueryDict(query), of="search") in {"", f"{query}&"}


def test_filters_survive_the_language_and_the_demos_date(unit):
    """Both go back to the address that they were called from, as the frame writes it."""
    client = Client()
    address = f"{reverse('alerts')}?state=all"
    page = client.get(address).content.decode()
    (back,) = set(re.findall(r'name="next" value="([^"]*)"', page))

    answer = client.post(reverse("display"), {"next": back, "language": "en"})

    assert urlsplit(answer["Location"]).query == "state=all"
