"""S32: whatever somebody writes into a form, a file name or an answer is text and nothing else."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from gongzhi.intake.limits import LIMITS
from journeys.conftest import Come
from journeys.papers import paper, with_words

ALERT = "alert(1)"
PAYLOADS = [
    f"<script>{ALERT}</script>",
    f"<img src=x onerror={ALERT}>",
    f'"><svg onload={ALERT}>',
    f"'\"--></style></script><script>{ALERT}</script>",
    f"javascript:{ALERT}",
    f"<a href=javascript:{ALERT}>x</a>",
    f"<iframe srcdoc='<script>{ALERT}</script>'>",
    f"<details open ontoggle={ALERT}>",
    f"</textarea><script>{ALERT}</script>",
    f"</title><script>{ALERT}</script>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={ALERT}>",
    f"<noscript><p title='</noscript><img src=x onerror={ALERT}>'>",
    "{{ 7|add:7 }}{% now 'Y' %}{{7*7}}",
    "\u202e</script><script>\u202c",
    f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    f"%3Cscript%3E{ALERT}%3C/script%3E",
    f"<scr<script>ipt>{ALERT}</scr</script>ipt>",
    f"<style>@import 'http://elsewhere.example/';</style><link rel=stylesheet href={ALERT}>",
    "<base href=http://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=http://elsewhere.example/'>",
]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=cmd|"/c calc"!A1', "＝1+1"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_s32_words_stay_words_on_the_result(come: Come, payload: str):
    reader = come()
    name = payload.replace("/", "∕")[:100]
    page = reader.check(paper(with_words(payload), name=f"{name}.docx"))
    assert page.locator(".paper").count() == 1
    for mark in page.locator(".answer summary").all():
        mark.click()
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en] .paper")
    assert page.url.startswith(reader.site.url)
    assert reader.noticed() == []
    assert (
        page.evaluate(
            "document.querySelectorAll('.paper :is(script, img, svg, a[href^=java])').length"
        )
        == 0
    )


def test_s32_words_stay_words_in_the_address(come: Come):
    reader = come()
    for payload in PAYLOADS:
        for path in (f"/forms/?year={payload}", f"/sign-in/?next={payload}", f"/{payload}"):
            reader.open(path.replace("#", "%23"))
            assert reader.noticed() == []


def test_s44_s38_nothing_in_a_download_starts_a_formula(come: Come):
    reader = come()
    files = [paper(with_words(text), name=f"{n}.docx") for n, text in enumerate(FORMULAS)]
    page = reader.check(*files)
    with page.expect_download() as download:
        page.locator("button[formaction$='/download/xlsx/']").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert not [cell for sheet in book for row in sheet for cell in row if cell.hyperlink]


def test_s44_the_table_of_a_chart_starts_no_formula(come: Come):
    page = come().open("/")
    page.evaluate("document.querySelector('figure.chart td').textContent = '=1+1'")
    page.locator("figure.chart summary").first.click()
    with page.expect_download() as download:
        page.locator("[data-save-table]").first.click()
    assert b'"\'=1+1"' in download.value.path().read_bytes()


def test_s48_more_than_one_may_give_is_answered_by_a_page(come: Come):
    reader = come()
    page = reader.open("/check/")
    size = LIMITS.file_bytes_max // 3
    names = ("a.docx", "b.docx", "c.docx", "d.docx")
    files = [
        {"name": n, "mimeType": "application/octet-stream", "buffer": bytes(size)} for n in names
    ]
    page.set_input_files("#files", files)
    with page.expect_navigation() as answer:
        page.locator("form[data-check] button.primary").click()
    assert answer.value.status == 413
    assert json.dumps("20 MB").strip('"') in page.content()
