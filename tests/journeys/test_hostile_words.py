"""S32: whatever somebody writes into a form, a file name or an answer is text and nothing else."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from journeys.conftest import Come
from journeys.papers import paper, with_words
from journeys.reader import follow

ALERT = "alert(1)"
EVENTS = ("onerror", "onload", "ontoggle", "onfocus", "onpointerenter", "onanimationstart")
ELEMENTS = (
    "<img src=x {}>",
    "<svg {}>",
    "<body {}>",
    "<details open {}>",
    "<input autofocus {}>",
    "<iframe src=x {}>",
    "<video src=x {}>",
    "<object data=x {}>",
    '"><svg {}>',
    "' autofocus {} x='",
    "</textarea><img src=x {}>",
    "</title></style></script><img src=x {}>",
    "<math><mtext></form><form><mglyph><style></math><img src=x {}>",
)
PAYLOADS = [
    *(element.format(f"{event}={ALERT}") for element in ELEMENTS for event in EVENTS),
    f"<script>{ALERT}</script>",
    f"<scr<script>ipt>{ALERT}</scr</script>ipt>",
    f"'\"--></style></script><script>{ALERT}</script>",
    f"<noscript><p title='</noscript><script>{ALERT}</script>'>",
    f"<iframe srcdoc='<script>{ALERT}</script>'>",
    f"javascript:{ALERT}",
    f"<a href=javascript:{ALERT}>x</a>",
    f"<form action=javascript:{ALERT}><button>x</button></form>",
    f"<svg><a xlink:href=javascript:{ALERT}><text>x</text></a></svg>",
    f"<svg><foreignObject><script>{ALERT}</script></foreignObject></svg>",
    f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    f"%3Cscript%3E{ALERT}%3C/script%3E",
    f"\\u003cscript\\u003e{ALERT}",
    "{{ 7|add:7 }}{% now 'Y' %}{{7*7}}${7*7}",
    "\u202e</script><script>\u202c",
    "<style>@import 'http://elsewhere.example/';</style>",
    "<link rel=stylesheet href=http://elsewhere.example/>",
    "<base href=http://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=http://elsewhere.example/'>",
    "<img src=http://elsewhere.example/>",
    "@indigo",
    '"};alert(1);//',
]
AT_ONCE = 10
# Every payload stands in boxes of forms at once; every second ten are names of files in each run.
STARTS = [
    pytest.param(start, marks=[pytest.mark.deep] if start // AT_ONCE % 2 else [])
    for start in range(0, len(PAYLOADS), AT_ONCE)
]
ALIVE = ".paper :is(script, img, svg, iframe, video, object, style, form, [onerror], [href^=java])"
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=cmd|"/c calc"!A1', "＝1+1"]


def test_s32_a_hundred_payloads_are_tried():
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("start", STARTS)
def test_s32_words_stay_words_on_the_result(come: Come, start: int):
    reader = come()
    texts = [*PAYLOADS[start:], *PAYLOADS][: len(PAYLOADS)]
    names = [text.replace("/", "∕")[:100] for text in texts[:AT_ONCE]]
    page = reader.check(
        *(paper(with_words(texts[at * 4 :]), name=f"{name}.docx") for at, name in enumerate(names))
    )
    assert page.locator(".paper").count() == AT_ONCE
    follow(page.get_by_role("button", name="English"))
    page.wait_for_selector("html[lang=en] .paper")
    assert page.url.startswith(reader.site.url)
    assert reader.noticed() == []
    assert page.locator(ALIVE).count() == 0


def test_s32_words_stay_words_in_the_address(come: Come):
    reader = come()
    for payload in PAYLOADS[::7]:
        for path in (f"/forms/?year={payload}", f"/sign-in/?next={payload}", f"/{payload}"):
            reader.open(path.replace("%", "%25").replace("#", "%23"))
            assert reader.noticed() == []


def test_s44_s38_nothing_in_a_download_starts_a_formula(come: Come):
    reader = come()
    files = [paper(with_words(FORMULAS), name="表.docx")]
    page = reader.check(*files)
    with page.expect_download() as download:
        page.locator("button[formaction$='/download/xlsx/']").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert not [cell for sheet in book for row in sheet for cell in row if cell.hyperlink]


def test_s44_the_table_of_a_chart_starts_no_formula(come: Come):
    page = come().open("/forms/")
    page.evaluate("document.querySelector('figure.chart td').textContent = '=1+1'")
    page.locator("figure.chart summary").first.click()
    with page.expect_download() as download:
        page.locator("[data-save-table]").first.click()
    assert b'"\'=1+1"' in download.value.path().read_bytes()
