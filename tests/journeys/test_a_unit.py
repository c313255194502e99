"""A unit drafts, sees its faults first, publishes, answers; everybody sees what is published."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from gongzhi.city.forms import sample_form
from gongzhi.trust.sequencing import sign_all
from journeys.conftest import Come
from journeys.papers import paper
from journeys.reader import follow

OFFICER, REVIEWER, STRANGER = "jiaoyu", "jiaoyu-shencha", "shenji"
PROJECT = "009"
ANOTHER_VERB = """
form => {
  form.action = form.action.replace("withdraw_draft", "publish_form");
  form.insertAdjacentHTML("beforeend", "<input name=review value=ok>");
}
"""


@pytest.fixture
def number_deeds() -> Callable[[], None]:
    """Do what `gongzhi work` does, beside the test's own transaction."""

    def once() -> None:
        try:
            sign_all()
        finally:
            connections.close_all()

    def number() -> None:
        with ThreadPoolExecutor(1) as worker:
            worker.submit(once).result()

    return number


def test_a_form_is_drafted_published_explained_and_proven(come: Come, number_deeds):
    officer = come(office=OFFICER)
    page = officer.open(officer.site.project(PROJECT))
    page.set_input_files("#file", [paper(sample_form("008"), name="营养餐.docx")])
    page.locator("#year").fill("２０２４")  # full-width digits, as an input method types them
    follow(page.get_by_role("button", name="起草并自查"))
    assert "草稿已保存" in page.content()
    assert page.locator(".finding").count() > 0
    address = page.url

    visitor = come()
    assert visitor.page.goto(address).status == 404
    stranger = come(office=STRANGER)
    assert stranger.page.goto(address).status == 404

    reviewer = come(office=REVIEWER)
    page = reviewer.page
    page.goto(address)
    page.locator("#review").fill("没有不得公开的内容。")
    follow(page.get_by_role("button", name="公开这张表"))
    assert "已公开，并写入存证。" in page.content()

    number_deeds()
    page = visitor.page
    assert page.goto(address).status == 200
    assert "现行" in page.content()
    page.locator("a.seal").last.click()
    page.wait_for_selector(".seal-verdict .kept")
    assert [*officer.noticed(), *reviewer.noticed(), *visitor.noticed()] == []

    page = officer.page
    page.goto(address)
    page.locator("summary", has_text="答复这个发现").first.click()
    page.locator("textarea[name=text]:visible").fill("原因已经查明。<b>不是标记</b>")
    follow(page.get_by_role("button", name="公开这个说明").first)
    assert "说明已公开。" in page.content()
    visitor.page.goto(address)
    assert "<b>不是标记</b>" in visitor.page.locator(".places .notice").first.inner_text()


def test_a_correction_shows_what_changed(come: Come):
    reader = come()
    page = reader.open(reader.site.version("002", stage="published"))
    difference = page.locator("#difference")
    assert difference.locator("ins").count() > 0
    assert "年度资金总额漏填" in difference.locator(".notice").inner_text()
    rows = page.locator("#history tbody tr")
    assert rows.count() == 2
    assert "已更正" in rows.last.inner_text()


def test_buttons_are_those_that_the_charter_permits(come: Come):
    reviewer = come(office="jingfa-shencha")
    page = reviewer.open(reviewer.site.version("012", stage="draft"))
    assert page.get_by_role("button", name="公开这张表").count() == 1
    assert page.get_by_role("button", name="撤回草稿").count() == 0
    officer = come(office="jingfa")
    page = officer.open(officer.site.version("012", stage="draft"))
    assert page.get_by_role("button", name="公开这张表").count() == 0
    assert page.get_by_role("button", name="撤回草稿").count() == 1


def test_a_refusal_names_its_clause_and_whom_to_ask(come: Come):
    officer = come(office="jingfa")
    page = officer.open(officer.site.version("012", stage="draft"))
    form = page.query_selector("form[action$='/withdraw_draft/']")
    form.evaluate(ANOTHER_VERB)
    with page.expect_navigation() as answer:
        form.query_selector("button").click()
    assert answer.value.status == 403
    assert "§ 3.3" in page.locator(".refusal").inner_text()
    assert officer.axe() == []


def test_the_desk_says_what_waits(come: Come):
    page = come(office="jingfa").open("/desk/")
    page.locator("#waiting li a[href$='#findings']").first.click()
    page.wait_for_url(re.compile("#findings"))
    assert page.locator("summary", has_text="答复这个发现").count() >= 1


def test_a_visitor_is_asked_to_sign_in_before_the_desk(come: Come):
    page = come().open("/desk/")
    assert "/sign-in/?next=/desk/" in page.url


def test_w11_rare_characters_and_old_names_are_kept(come: Come):
    name = "堃镕喆燚𠮷𡐓"
    page = come().check(_named(name))
    assert name in page.locator(".one-form h2").inner_text()
    assert name in page.locator(".paper").inner_text()


def _named(name: str) -> dict[str, object]:
    return paper(replace(sample_form("008"), project=name), name=f"{name}.docx")
