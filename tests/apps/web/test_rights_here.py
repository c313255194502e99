"""Every page shows what its reader may do there, by which clause, and why not the rest."""

import re
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import resolve, reverse

import city_hall
from apps.web.cast import Cast
from apps.web.trying import tries
from gongzhi.core.charter import decide_all
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.here import Here
from gongzhi.web.operations import operations
from sampling import Sample
from verified import signed_in

pytestmark = pytest.mark.django_db

PANEL = re.compile(r'<aside class="rights-here.*?</aside>', re.DOTALL)
MARK = re.compile(r"<[^>]+>")


@pytest.fixture
def unit() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def page_of(version: FormVersion) -> str:
    return f"{reverse('project', args=[version.project_id])}?version={version.pk}"


def panel(client: Client, address: str) -> str:
    (found,) = PANEL.findall(client.get(address).content.decode())
    return str(found)


def permitted_part(panel: str) -> str:
    return panel.partition('class="why-not"')[0]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", MARK.sub(" ", html))


def test_a_reviewer_sees_publishing_with_its_clause_and_a_link_to_its_form(unit):
    draft = city_hall.draft(unit)

    shown = permitted_part(panel(signed_in(unit.reviewer_office), page_of(draft)))

    assert "公开自评表" in shown
    assert "§ 4.3" in shown
    assert f'href="{page_of(draft)}#publish_form"' in shown


def test_what_the_panel_leads_to_is_on_the_page(unit):
    draft = city_hall.draft(unit)
    for office in (unit.officer_office, unit.reviewer_office):
        client = signed_in(office)
        page = client.get(page_of(draft)).content.decode()
        shown = permitted_part(panel(client, page_of(draft)))
        for address in re.findall(r'href="([^"]*#[a-z_-]+)"', shown):
            path, _, anchor = address.partition("#")
            if path in ("", page_of(draft)):
                assert f'id="{anchor}"' in page


def test_a_missing_button_has_its_reason_in_words(unit):
    draft = city_hall.draft(unit)

    whole = panel(signed_in(unit.officer_office), page_of(draft))
    shown = whole.partition('class="why-not"')[2]

    assert "公开自评表" in shown
    assert "规则明文禁止" in words(shown)
    assert "§ 3.3" in shown


def test_a_visitor_is_told_whose_right_it_is(client: Client, unit):
    version = city_hall.published(unit)

    shown = words(panel(client, page_of(version)))

    assert "这是承担项目的单位的权利" in shown
    assert "岗位角色是绩效管理岗" in shown


def test_in_english_too(client: Client, unit):
    version = city_hall.published(unit)
    client.cookies["django_language"] = "en"

    shown = words(panel(client, page_of(version)))

    assert "What may I do here?" in shown
    assert not re.search(r"[\u4e00-\u9fff]", shown)


@pytest.mark.parametrize("page", ["home", "charter", "ledger", "about", "check", "desk"])
def test_pages_without_a_thing_are_about_the_installation(client: Client, page: str, unit):
    if page == "desk":
        client = signed_in(unit.officer_office)
    assert "分享查验结果" in permitted_part(panel(client, reverse(page)))


def test_the_questions_of_a_page_are_asked_in_one_call(unit):
    here = Here(unit.officer, (unit.project, city_hall.draft(unit)))
    before = decide_all.cache_info().misses

    assert {deed.verb for deed in here.permitted} >= {"draft_form", "withdraw_draft"}
    assert decide_all.cache_info().misses == before + 1


def test_why_not_names_the_condition_the_clause_and_whom_to_ask(unit):
    draft = city_hall.draft(unit)
    address = reverse("why", args=["publish_form", "form_version", draft.pk])

    answer = signed_in(unit.officer_office).get(address)

    said = words(answer.content.decode())
    assert answer.status_code == 200
    assert "§ 3.3" in said
    assert "符合 是本单位的" in said
    assert "不符 岗位角色是公开审查岗" in said
    assert f"请找{unit.organisation}的公开审查岗办理" in said


def test_s01_why_is_not_answered_about_what_may_not_be_read(client: Client, unit):
    draft = city_hall.draft(unit)
    hidden = client.get(reverse("why", args=["publish_form", "form_version", draft.pk]))
    absent = client.get(reverse("why", args=["publish_form", "form_version", UUID(int=7)]))
    assert hidden.status_code == absent.status_code == 404


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("dance", "form_version"), ("publish_form", "project"), ("share_result", "installation")],
)
def test_why_wants_a_verb_that_fits_its_thing(client: Client, unit, verb: str, kind: str):
    version = city_hall.published(unit)
    identifier = version.pk if kind == "form_version" else version.project_id
    assert client.get(reverse("why", args=[verb, kind, identifier])).status_code == 404


def test_why_about_the_installation(client: Client):
    answer = client.get(reverse("why-here", args=["share_result"]))
    assert "§ 6.4" in answer.content.decode()
    answer = client.get(reverse("why-here", args=["register_region"]))
    assert "平台" in words(answer.content.decode())


FORM = re.compile(r'<form[^>]* action="([^"?#]+)')
WITH_FORMS = ("project", "task", "attachment", "attachments", "charter-part")
LINK = re.compile(r'href="([^"#]*)#([a-z_-]+)"')
FOOT = '<footer class="foot">'  # what stands there is of every page and about none


def test_buttons_and_panel_are_the_same_answers(cast: Cast, deep: bool, sample: Sample):
    """What a page lets somebody send is in its panel, and what the panel offers has a form."""
    wrong, seen = [], set()
    for attempt in tries(cast, only=WITH_FORMS):
        if attempt.row is None or not (deep or attempt.name not in seen):
            continue
        if not sample.takes(attempt.name, one_of=6):
            continue
        seen.add(attempt.name)  # one of each kind at each stage
        for name in ("own officer", "own reviewer"):
            page = attempt.send(cast.one(name)).content.decode()
            offered = "".join(map(permitted_part, PANEL.findall(page)))
            forms = FORM.findall(page.partition(FOOT)[0])
            sent = {verb for verb in map(_verb_at, forms) if verb}
            wrong += [
                f"{attempt.name} by {name}: {verb} is not in the panel"
                for verb in sent
                if charter_in_force().verb_names[verb].text not in offered
            ]
    assert wrong == [], "\n".join(wrong)


def test_every_deed_that_a_panel_offers_has_its_form_there(cast: Cast):
    version = cast.things["form_version"][2]
    lost = []
    for name in ("own officer", "own reviewer"):
        client = cast.one(name).client
        for address in (page_of(version), reverse("notices"), reverse("tasks")):
            for path, anchor in LINK.findall(permitted_part(panel(client, address))):
                if anchor.startswith("clause"):
                    continue
                there = client.get(path or address).content.decode()
                if f'id="{anchor}"' not in there:
                    lost.append(f"{name} on {address}: {path}#{anchor}")
    assert lost == []


def _verb_at(address: str) -> str | None:
    """The verb of the deed that a form of the page does, if it does one."""
    operation = operations().get(resolve(unescape(address)).url_name or "")
    return operation.verb if operation else None
