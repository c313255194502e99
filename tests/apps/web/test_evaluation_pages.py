"""Evaluations as pages: chosen, filled in, closed to others, objected to, brought to one score."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import (
    INDEPENDENT,
    WHY,
    YEAR,
    assignment,
    evaluator,
    handed_in,
    marks,
    sent,
)
from gongzhi.core.official import ScorePaper
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.models import Evaluation, ScoreSheet, WorkingPaper
from gongzhi.desk.models import Attachment
from gongzhi.papers.forms import SCORE_SHEET, as_docx, as_xlsx
from gongzhi.papers.receiving import receive
from gongzhi.parties.models import Office
from intake.test_pictures import PLACE, exif, photo, segment
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return city_hall.budget_office(within=region)


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def evaluation(disclosed, bureau, firm) -> Evaluation:
    return evaluations.choose_evaluation(
        by=verified(bureau),
        assignment=assignment(disclosed, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def page(client, name, *args, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_evaluation_is_chosen_from_the_projects_page(disclosed, bureau, firm):
    client = signed_in(bureau)
    text = page(client, "project-evaluation", disclosed.project.pk)
    assert "选定评价并交办" in text
    post(
        client,
        "choose_evaluation",
        disclosed.project.pk,
        fiscal_year=YEAR,
        kind="third_party",
        evaluator=firm.organisation.pk,
        because=WHY,
    )
    row = Evaluation.objects.get()
    assert (row.evaluator, row.commissioner) == (firm.organisation, bureau.organisation)
    assert firm.organisation.name in page(client, "evaluations")
    said = page(browser(firm.first), "desk")
    assert "声明独立并接受评价，或者谢绝" in said


def test_a_sheet_is_filled_in_without_scripts(evaluation, firm):
    client = browser(firm.first)
    post(client, "accept_assignment", evaluation.pk, independence="没有利害关系")
    text = page(client, "evaluation", evaluation.pk)
    given = {f"mark-{mark.line}": str(mark.points) for mark in marks(evaluation)}
    assert all(f'name="{name}"' in text for name in given)
    wrong = post(
        client, "draft_sheet", evaluation.pk, seen=0, **{**given, next(iter(given)): "三"},
        status=422,
    )  # fmt: skip
    assert "得分请填数字" in wrong
    post(client, "draft_sheet", evaluation.pk, seen=0, **given)
    assert ScoreSheet.objects.get().total == 50
    assert "请写明理由" in page(client, "evaluation", evaluation.pk)
    lacking = client.post(reverse("hand_in_evaluation", args=[evaluation.pk]), {"key": "hand in"})
    assert lacking.status_code == 422
    post(client, "file_working_paper", evaluation.pk, text="查看了批复", source="档案")
    paper = WorkingPaper.objects.get()
    assert str(paper.pk) in page(client, "evaluation", evaluation.pk)
    assert page(client, "attachments", "working_paper", paper.pk)


def test_a_working_paper_comes_with_a_file_that_is_seen_when_the_paper_is(
    evaluation, firm, disclosed, bureau, client
):
    evaluations.accept_assignment(
        by=firm.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
    )
    office = browser(firm.first)
    file = SimpleUploadedFile("现场.jpg", photo(segment(0xE1, exif(1))))
    post(office, "file_working_paper", evaluation.pk, text="看了现场", file=file)
    paper = WorkingPaper.objects.get()
    kept = Attachment.objects.get(about=paper.thing().name)
    assert (kept.name, kept.label) == ("现场.jpg", "public")
    assert PLACE not in bytes(kept.content.content)
    assert "现场.jpg" in page(office, "evaluation", evaluation.pk)
    for reader in (client, signed_in(bureau), browser(disclosed.officer)):
        assert "现场.jpg" not in page(reader, "evaluation", evaluation.pk)
        assert reader.get(reverse("attachment", args=[kept.pk])).status_code == 404
    handed_in(evaluation, firm)
    assert "现场.jpg" in page(signed_in(bureau), "evaluation", evaluation.pk)
    assert page(signed_in(bureau), "attachment", kept.pk)


def test_a_file_that_is_refused_files_no_paper_and_keeps_what_was_written(evaluation, firm):
    evaluations.accept_assignment(
        by=firm.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
    )
    file = SimpleUploadedFile("运行.exe", b"MZ\x90\0 a program")
    answer = browser(firm.first).post(
        reverse("file_working_paper", args=[evaluation.pk]),
        {"key": "x-paper", "text": "看了现场和账簿", "file": file},
    )
    assert answer.status_code == 422
    assert "看了现场和账簿</textarea>" in answer.content.decode()
    assert not WorkingPaper.objects.exists()


def test_nothing_of_a_sheet_is_seen_before_all_are_in(evaluation, firm, disclosed, bureau, client):
    other = evaluator("F2", kind="evaluator", within=firm.organisation.region)
    evaluations.choose_evaluation(
        by=verified(bureau),
        assignment=assignment(disclosed, other.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    handed_in(evaluation, firm)
    for reader in (client, signed_in(bureau), browser(other.first), browser(disclosed.officer)):
        text = page(reader, "evaluation", evaluation.pk)
        assert "材料不全" not in text
        assert "同时打开" in text
        address = f"{reverse('project-evaluation', args=[disclosed.project.pk])}?year={YEAR}"
        panel = reader.get(address).content.decode()
        assert "未打开" in panel
        assert "逐项对照" not in panel


def test_objections_stand_beside_their_answers(evaluation, firm, disclosed, bureau, client):
    sent(handed_in(evaluation, firm), verified(bureau))
    unit = browser(disclosed.officer)
    line = marks(evaluation)[0].line
    post(unit, "object_to_evaluation", evaluation.pk, line=line, reason="漏看了批复")
    text = page(browser(firm.second), "evaluation", evaluation.pk)
    assert "漏看了批复" in text
    assert "answer_objection" in text
    objection = evaluation.objections.get()
    post(
        browser(firm.second),
        "answer_objection",
        evaluation.pk,
        objection=objection.pk,
        outcome="upheld",
        reason="已补看",
        points="1",
    )
    assert "漏看了批复" not in page(client, "evaluation", evaluation.pk)
    evaluation.refresh_from_db()
    assert evaluation.stage == "answered"


def test_everybody_reads_how_the_one_score_came_about(evaluation, firm, disclosed, bureau, client):
    sent(handed_in(evaluation, firm), verified(bureau))
    hearing.acknowledge_evaluation(by=disclosed.officer, evaluation=evaluation, reason="认可")
    second = city_hall.office(bureau.organisation, "预算二", "budget")
    hearing.conclude_evaluation(by=verified(second), evaluation=evaluation, conclusion="总体良好")
    address = f"{reverse('project-evaluation', args=[disclosed.project.pk])}?year={YEAR}"
    for language, words in (
        ("zh-hans", "综合得分怎样得出"),
        ("en", "How the one score came about"),
    ):
        client.cookies["django_language"] = language
        answer = client.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert "材料不全" in page(client, "evaluation", evaluation.pk)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_is_filtered_in_both_languages(evaluation, client, language):
    client.cookies["django_language"] = language
    address = reverse("evaluations")
    assert evaluation.project.name in client.get(address).content.decode()
    for query in ("kind=social", "party=social", "stage=concluded"):
        assert evaluation.project.name not in client.get(f"{address}?{query}").content.decode()
    for query in ("kind=third_party", "party=evaluator", "stage=assigned", f"year={YEAR}"):
        assert evaluation.project.name in client.get(f"{address}?{query}").content.decode()
    assert client.get(f"{address}?kind=x").status_code == 400


# ── the sheet as a paper ──


def accepted(evaluation, firm) -> VerifiedClient:
    client = browser(firm.first)
    post(client, "accept_assignment", evaluation.pk, independence="没有利害关系")
    return client


def taken_away(client, evaluation, ending: str, **asked: object) -> bytes:
    address = reverse("score-sheet-paper", args=[evaluation.pk, ending])
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content


def sheet_in(content: bytes, ending: str = "xlsx") -> ScorePaper:
    (paper,) = receive(SCORE_SHEET, name=f"表.{ending}", content=content).good
    return paper


def sent_in(client, evaluation, content: bytes, *, status: int = 200, **fields: str) -> str:
    file = SimpleUploadedFile("评分.xlsx", content)
    answer = client.post(reverse("evaluation", args=[evaluation.pk]), {**fields, "paper": file})
    assert answer.status_code == status
    return answer.content.decode()


def fields_of(text: str) -> dict[str, str]:
    marks = re.findall(r'name="(mark-[a-z_]+)"[^>]*? value="([^"]*)"', text)
    reasons = re.findall(r'name="(reason-[a-z_]+)"[^>]*>([^<]*)</textarea>', text)
    return dict([*marks, *reasons])


def given_to(paper: ScorePaper, share: str = "0.5") -> ScorePaper:
    return replace(
        paper,
        lines=tuple(
            replace(line, points=line.weight * Decimal(share), reason="材料不全")
            for line in paper.lines
        ),
    )


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_an_empty_sheet_is_taken_away_filled_in_and_comes_back(evaluation, firm, ending):
    client = accepted(evaluation, firm)
    empty = sheet_in(taken_away(client, evaluation, ending), ending)
    assert empty.total is None
    assert len(empty.lines) == len(marks(evaluation))
    write = {"docx": as_docx, "xlsx": as_xlsx}[ending]
    text = sent_in(client, evaluation, write(SCORE_SHEET, [given_to(empty)]))
    assert "还没有保存" in text
    assert not ScoreSheet.objects.exists(), "nothing is kept before it is saved"
    post(client, "draft_sheet", evaluation.pk, seen=0, **fields_of(text))
    row = ScoreSheet.objects.get()
    assert row.total == 50
    assert sheet_in(taken_away(client, evaluation, "xlsx")).total == 50
    assert taken_away(client, evaluation, "pdf").startswith(b"%PDF")


def test_a_computed_line_that_a_paper_changes_wants_its_reason(evaluation, firm, disclosed):
    stated = city_hall.form(score="40")
    stated = replace(stated, indicators=(replace(stated.indicators[0], level2="数量指标"),))
    version = cycle.draft_form(
        by=disclosed.officer,
        project=disclosed.project,
        form=stated,
        fiscal_year=YEAR,
        pack=city_hall.PACK,
    )
    cycle.correct_form(by=disclosed.reviewer, version=version, review="可以公开", reason="填错了")
    client = accepted(evaluation, firm)
    empty = sheet_in(taken_away(client, evaluation, "xlsx"))
    at = next(at for at, line in enumerate(empty.lines) if line.computed)
    changed = replace(empty.lines[at], points=empty.lines[at].computed / 2)
    lines = (*empty.lines[:at], changed, *empty.lines[at + 1 :])
    content = as_xlsx(SCORE_SHEET, [replace(empty, lines=lines)])
    assert "请写明理由；原分数保留" in sent_in(client, evaluation, content)


def test_what_a_paper_says_nothing_of_stays_and_bad_cells_are_told(evaluation, firm):
    client = accepted(evaluation, firm)
    empty = sheet_in(taken_away(client, evaluation, "xlsx"))
    book = openpyxl.load_workbook(BytesIO(as_xlsx(SCORE_SHEET, [empty])))
    cell = next(c for row in book.active for c in row if c.value == "立项程序规范性")
    book.active.cell(cell.row, 8).value = "两分"
    out = BytesIO()
    book.save(out)
    text = sent_in(client, evaluation, out.getvalue(), **{"mark-grounds": "3"})
    assert fields_of(text)["mark-grounds"] == "3"
    assert f"第 {cell.row} 行 第 8 列" in text
    assert "这里应当是分数" in text


def test_a_paper_of_another_project_is_told_and_no_paper_fills_nothing(evaluation, firm):
    client = accepted(evaluation, firm)
    empty = sheet_in(taken_away(client, evaluation, "xlsx"))
    other = replace(empty, project="别的项目", code="X", evaluator="别家")
    text = sent_in(client, evaluation, as_xlsx(SCORE_SHEET, [other]))
    assert "表头写的是" in text
    assert "表里的评价方是" in text
    two = sent_in(client, evaluation, as_xlsx(SCORE_SHEET, [other, other]), status=422)
    assert "没有一份是" in two
    assert "没有读入" in sent_in(client, evaluation, b"x", status=422)


def test_the_paper_of_a_closed_sheet_is_empty_for_others(evaluation, firm, client):
    handed_in(evaluation, firm)
    assert sheet_in(taken_away(client, evaluation, "xlsx")).total is None
    own = browser(firm.first)
    assert sheet_in(taken_away(own, evaluation, "xlsx")).total == 50
    assert sheet_in(taken_away(own, evaluation, "xlsx", number=1)).total == 50
    address = reverse("score-sheet-paper", args=[evaluation.pk, "xlsx"])
    assert client.get(address, {"number": 1}).status_code == 404
    assert own.get(address, {"number": "x"}).status_code == 400
    assert own.get(reverse("score-sheet-paper", args=[evaluation.pk, "exe"])).status_code == 404


def test_what_lies_far_apart_is_explained_on_its_page(evaluation, firm, disclosed, bureau):
    other = evaluator("F2", kind="evaluator", within=firm.organisation.region)
    second = evaluations.choose_evaluation(
        by=verified(bureau),
        assignment=assignment(disclosed, other.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    handed_in(evaluation, firm, share="0.6")
    handed_in(second, other, share="0.9")
    client = signed_in(bureau)
    address = f"{reverse('project-evaluation', args=[disclosed.project.pk])}?year={YEAR}"
    assert "说明之前综合得分不作数" in client.get(address).content.decode()
    text = page(client, "evaluation", evaluation.pk)
    assert 'id="explain_gap"' in text
    refused = post(client, "explain_gap", evaluation.pk, line="no", reason="现场不同", status=422)
    assert "没有需要说明的差距" in refused
    post(client, "explain_gap", evaluation.pk, line="", reason="两家看的现场不同")
    told = client.get(address).content.decode()
    assert "差距都已说明，综合得分作数" in told
    assert "两家看的现场不同" in told
    assert 'id="explain_gap"' not in page(browser(firm.first), "evaluation", evaluation.pk)
