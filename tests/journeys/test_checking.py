"""Somebody checks a form: dropped, chosen or pasted, by keyboard alone, without JavaScript."""

import base64
import json
import re
import zipfile
from io import BytesIO

import pytest
from playwright.sync_api import Page

from gongzhi.city.forms import sample_form
from journeys.conftest import Come
from journeys.papers import FAULTY, OTHER, copied
from journeys.reader import follow

TABS_MOST = 40
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
DROP = """
async ([selector, name, content]) => {
  const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name);
  const carried = new DataTransfer();
  carried.items.add(file);
  const event = new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(event);
}
"""


def shows_the_result(page: Page) -> None:
    assert page.locator("h1").inner_text() in ("检查结果", "Result of the check")
    assert page.locator(".paper .struck").count() > 0
    assert page.locator(".finding").count() > 0


def tab_to(page: Page, selector: str) -> None:
    """Go on by the tab key until the element has the focus, which must be visible."""
    for _ in range(TABS_MOST):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
            return
    raise AssertionError(f"the tab key doesn't reach {selector}")


@pytest.mark.parametrize("scripts", [True, False])
def test_w10_a_form_is_checked_with_and_without_javascript(come: Come, scripts: bool):
    reader = come(scripts=scripts)
    page = reader.check(FAULTY)
    shows_the_result(page)
    assert "自评表.docx" in page.content()
    assert reader.noticed() == []


def test_w03_a_form_is_checked_by_keyboard_alone(come: Come):
    page = come().open("/check/")
    # Somebody listens from the start, so that the browser asks us and not a window of its own.
    page.on("filechooser", lambda _chooser: None)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    tab_to(page, "#files")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files([FAULTY])
    tab_to(page, "button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".finding")
    shows_the_result(page)
    tab_to(page, ".paper .mark")
    page.keyboard.press("Enter")
    assert page.locator(":target").count() == 1


def test_a_form_is_dropped_on_the_front_page(come: Come):
    reader = come()
    page = reader.open("/")
    content = base64.b64encode(FAULTY["buffer"]).decode()
    page.evaluate(DROP, ["[data-drop]", "自评表.docx", content])
    assert "自评表.docx" in page.locator("[data-chosen]").inner_text()
    follow(page.locator("form[data-check] button.primary"))
    shows_the_result(page)
    assert reader.noticed() == []


def test_a_table_is_pasted(come: Come):
    page = come().open("/check/")
    page.locator("#pasted").fill(copied(sample_form("008")))
    follow(page.locator("form[data-check] button.primary"))
    shows_the_result(page)


def test_the_languages_change_and_the_result_stays(come: Come):
    page = come().check(FAULTY)
    findings = page.locator(".places > li").count()
    follow(page.get_by_role("button", name="English"))
    page.wait_for_selector("html[lang=en] .finding")
    assert page.locator(".places > li").count() == findings
    assert "Result of the check" in page.content()
    follow(page.get_by_role("button", name="Large text"))
    page.wait_for_selector("html[data-size=large] .finding")


def test_other_rules_are_chosen_and_the_result_is_computed_anew(come: Come):
    page = come().check(FAULTY)
    assert "通用规则" in page.locator(".pack-line").inner_text()
    page.locator("select[name=pack]").select_option("hubei-20-80")
    follow(page.get_by_role("button", name="重新核对"))
    page.wait_for_selector(".pack-line:has-text('湖北')")
    assert "未核实原文" in page.locator(".pack-line").inner_text()


def test_the_result_is_taken_away_as_three_kinds_of_file(come: Come):
    page = come().check(FAULTY, OTHER)
    taken = {kind: _download(page, kind) for kind in ("docx", "xlsx", "json")}
    files = json.loads(taken["json"])["files"]
    assert [file["file"] for file in files] == ["自评表.docx", "另一张.xlsx"]
    assert files[0]["forms"][0]["findings"]
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(taken["docx"])).namelist()
    assert "xl/workbook.xml" in zipfile.ZipFile(BytesIO(taken["xlsx"])).namelist()


def test_nothing_is_kept_without_consent_and_a_link_with_it(come: Come):
    visitor = come()
    page = visitor.check(FAULTY)
    page.locator("summary", has_text="把结果给别人看").click()
    follow(page.get_by_role("button", name="生成链接"))
    assert "要保存，得先勾选同意。" in page.content()
    page.locator("#consent").check()
    follow(page.get_by_role("button", name="生成链接"))
    page.wait_for_url(re.compile("/shared/"))
    shows_the_result(page)
    other = come(language="en")
    other.page.goto(page.url)
    shows_the_result(other.page)
    assert visitor.noticed() == other.noticed() == []


def test_going_back_leads_to_the_form_with_nothing_in_its_way(come: Come):
    page = come().check(FAULTY)
    page.go_back()
    assert page.locator("[data-working]").is_hidden()
    assert page.locator("button.primary").is_enabled()


def test_a_file_that_is_no_form_says_what_to_do(come: Come):
    reader = come()
    page = reader.check({"name": "照片.png", "mimeType": "image/png", "buffer": PICTURE})
    summary = page.locator(".error-summary")
    assert "照片.png" in summary.inner_text()
    assert "请上传填表时的 Word 或 Excel 原文件" in summary.inner_text()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert reader.axe() == []


def test_too_many_files_are_said_before_they_are_read(come: Come):
    page = come().check(*[{**FAULTY, "name": f"{n}.docx"} for n in range(21)])
    assert "一次最多 20 个文件" in page.locator(".error-summary").inner_text()


def test_marks_lead_to_findings_and_back(come: Come):
    page = come().check(FAULTY)
    mark = page.locator(".paper .mark").first
    mark.click()
    target = page.locator(":target")
    assert target.evaluate("element => element.closest('.finding') !== null")
    target.locator("a").first.click()
    assert page.locator(".paper :target").count() == 1


def _download(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"button[formaction$='/download/{kind}/']").click()
    path = download.value.path()
    assert download.value.suggested_filename.endswith(kind)
    return path.read_bytes()
