"""Papers that come back: into the editor of goals, as a unit's drafts, beside what is kept."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import city_hall
from apps.cycle.papered import drafted, papered, plan
from gongzhi.core.official import Filler, MonitoringSheet, Sources, declared
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import readings
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion, Reading
from gongzhi.cycle.official import declaration_of, sheets_of
from gongzhi.papers.forms import GOAL_DECLARATION, MONITORING_SHEET, as_docx, as_pdf, as_xlsx
from real_input import real_input
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
NEXT = 2027
KINDS = {"docx": as_docx, "xlsx": as_xlsx, "pdf": as_pdf}


@pytest.fixture
def unit(settings):
    settings.DEMO = True
    return papered()


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def file_of(content: bytes, name: str = "申报表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def declaration(project, *, year: int = NEXT, target: str = "≥120"):
    goal = replace(plan(year, target=target).goal, project=project.name)
    unit = project.unit.name
    return declared(goal, by=Filler(code=project.code, department=unit, unit=unit))


# ── into the editor ──


def read(officer, unit, file: SimpleUploadedFile | None, **fields: str):
    """What the editor answers when its button is pressed, with all that stood in its fields."""
    address = reverse("drafting-goals", args=[unit.project.pk])
    stood = fields_of(officer.get(address).content.decode())
    given = {**stood, **fields, "do": "read", **({"declaration": file} if file else {})}
    return officer.post(address, given)


def fields_of(text: str) -> dict[str, str]:
    """What stands in the fields of the editor."""
    found = dict(re.findall(r'name="([a-z_]+-?[0-9]*)"[^>]*? value="([^"]*)"', text))
    area = re.search(r'<textarea id="text"[^>]*>([^<]*)', text)
    return found | {"text": area[1] if area else ""}


@pytest.mark.parametrize("ending", KINDS)
def test_a_declaration_fills_the_editor_and_is_kept_only_when_saved(unit, officer, ending):
    content = KINDS[ending](GOAL_DECLARATION, [declaration(unit.project)])
    answer = read(officer, unit, file_of(content, f"表.{ending}"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "还没有保存" in text
    assert GoalVersion.objects.count() == 1
    fields = fields_of(text)
    assert (fields["name-0"], fields["target-0"], fields["weight-1"]) == (
        "改造管网", "≥120公里", "45",
    )  # fmt: skip
    assert (fields["key-1"], fields["source-1"]) == ("sat", "问卷"), "no form has a box for them"
    assert fields["text"] == "改造管网100公里"
    assert Decimal(fields["budget"]) == Decimal(1_200_000)
    if ending == "pdf":
        assert "按常见的表式辨认" in text
    chosen = re.findall(r'<select[^>]* name="(aspect-[01])">.*?value="(\w+)" selected', text)
    saved = officer.post(
        reverse("draft_goals", args=[unit.project.pk]), {**fields, **dict(chosen), "key": "k"}
    )
    assert saved.status_code == 302, fields
    version = GoalVersion.objects.get(fiscal_year=NEXT)
    assert declaration_of(version).indicators[0].annual == "≥120公里"


def test_what_was_typed_stays_where_a_file_says_nothing_of_it(unit, officer):
    content = as_docx(GOAL_DECLARATION, [declaration(unit.project)])
    text = read(officer, unit, file_of(content), **{"who-0": "居民", "month-3": "500"}).content
    fields = fields_of(text.decode())
    assert (fields["who-0"], fields["month-3"]) == ("居民", "500")


def test_what_cannot_be_read_is_told_by_its_place(unit, officer):
    value = replace(declaration(unit.project), period="长期", code="", project="别的项目")
    content = as_xlsx(GOAL_DECLARATION, [value])
    text = read(officer, unit, file_of(content)).content.decode()
    assert "表里的项目名称是“别的项目”" in text
    assert "“项目期”在目标里没有对应的栏" in text
    assert "工作表“1 别的项目”" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b""),
        ("a.docx", b"PK\x03\x04"),
        ("a.pdf", b"%PDF-1.7 x"),
        ("a.xlsx", b"MZ\x90\x00" + b"x" * 200),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.csv", "一,二\n1,2\n".encode()),
    ],
)
def test_s45_a_file_that_is_no_declaration_is_told_and_fills_nothing(unit, officer, name, content):
    answer = read(officer, unit, file_of(content, name), **{"name-0": "自己写的"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "这个文件没有读入" in text
    assert fields_of(text)["name-0"] == "自己写的"


def test_no_file_and_another_projects_workbook_are_told(unit, officer):
    assert "还没有选文件" in read(officer, unit, None).content.decode()
    others = [replace(declaration(unit.project), code=f"X{n}") for n in range(2)]
    answer = read(officer, unit, file_of(as_xlsx(GOAL_DECLARATION, others)))
    assert answer.status_code == 422
    assert "没有一份是" in answer.content.decode()


def test_s40_a_hostile_file_is_refused_with_a_message(unit, officer):
    hostile = sorted((real_input("forms") / "hostile").glob("*.xlsx"))
    for path in hostile[:4]:
        answer = read(officer, unit, file_of(path.read_bytes(), path.name))
        assert answer.status_code in {200, 422, 429}, path.name


@pytest.mark.parametrize("name", ["022-goal-decl-a.docx", "066-goal-gansu-b.pdf"])
def test_a_published_declaration_fills_the_editor(unit, officer, name):
    content = (real_input("forms") / name).read_bytes()
    answer = read(officer, unit, file_of(content, name))
    fields = fields_of(answer.content.decode())
    assert answer.status_code == 200
    assert fields["name-4"]
    assert fields["budget"]


# ── a unit's drafts ──


def look(client, unit, content: bytes, *, name: str = "全部.xlsx", year: str = str(NEXT)):
    address = reverse("reading-budget", args=[unit.organisation.pk])
    return client.post(address, {"file": file_of(content, name), "fiscal_year": year})


def state_of(answer) -> str:
    return answer.content.decode().partition('name="state" value="')[2].partition('"')[0]


@pytest.fixture
def projects(unit):
    return [
        cycle.register_project(
            by=city_hall.SYSTEM, unit=unit.organisation, code=f"P1-{n}", name=f"项目{n}"
        )
        for n in range(3)
    ]


def test_a_workbook_is_looked_at_before_its_drafts_are_kept(unit, officer, projects):
    drafted(unit, NEXT, project=projects[0], target="≥100")
    drafted(unit, NEXT, project=projects[1], target="≥120")
    papers = [declaration(each) for each in projects]
    papers.append(replace(papers[0], code="", project="没有登记的"))
    papers.append(papers[2])
    answer = look(officer, unit, as_xlsx(GOAL_DECLARATION, papers))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "新的 1 份，改动草稿的 1 份" in text
    assert "本单位没有登记这个项目" in text
    assert "同一个项目只能有一份绩效目标" in text
    assert GoalVersion.objects.filter(fiscal_year=NEXT, stage="draft").count() == 2
    sent = {"state": state_of(answer), "row": ["0", "2"], "key": "k"}
    done = officer.post(reverse("draft_budget", args=[unit.organisation.pk]), sent)
    assert done.status_code == 302
    drafts = GoalVersion.objects.filter(fiscal_year=NEXT, stage="draft")
    assert {each.project.code: target_of(each) for each in drafts} == {
        "P1-0": "≥120公里", "P1-1": "≥120公里", "P1-2": "≥120公里",
    }  # fmt: skip


def full(project):
    """A declaration in which every box is filled in."""
    value = declaration(project)
    amounts = Sources.of(lambda name: Decimal(len(name) * 10_000))
    lines = tuple(replace(line, medium=f"{line.annual}以上") for line in value.indicators)
    return replace(
        value,
        nature="延续项目",
        medium=amounts,
        annual=replace(amounts, total=value.annual.total),
        goal_medium="三年改造完",
        indicators=lines,
    )


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_every_box_of_a_declaration_is_kept_and_written_again(unit, officer, ending):
    stated = full(unit.project)
    content = KINDS[ending](GOAL_DECLARATION, [stated])
    answer = look(officer, unit, content)
    sent = {"state": state_of(answer), "row": "0", "key": "k"}
    officer.post(reverse("draft_budget", args=[unit.organisation.pk]), sent)

    version = GoalVersion.objects.get(fiscal_year=NEXT)
    written = declaration_of(version)

    assert replace(written, code="", unit="", department="", functional="") == replace(
        stated, code="", unit="", department="", functional=""
    )


def test_what_a_paper_brings_stands_in_the_editor_and_is_kept_by_it(unit, officer):
    content = as_xlsx(GOAL_DECLARATION, [full(unit.project)])
    text = read(officer, unit, file_of(content)).content.decode()
    fields = fields_of(text)
    chosen = re.findall(r'<select[^>]* name="(aspect-[01]|nature)">.*?value="(\w+)" selected', text)
    area = re.search(r'<textarea id="medium_text"[^>]*>([^<]*)', text)
    given = {**fields, **dict(chosen), "medium_text": area[1], "course-0": "adds_up", "key": "k"}

    officer.post(reverse("draft_goals", args=[unit.project.pk]), given)

    version = GoalVersion.objects.get(fiscal_year=NEXT)
    goal = goal_from_record(version.record).goal
    assert (goal.nature, goal.funds.carried, goal.medium.text) == ("延续项目", 70_000, "三年改造完")
    assert (goal.medium.budget, goal.medium.funds.other) == (50_000, 50_000)
    assert goal.indicators[0].medium == "≥120公里以上"
    assert version.indicators.get(position=0).course == "adds_up"
    page = officer.get(reverse("goal-version", args=[version.pk])).content.decode()
    assert "中期资金总额" in page
    assert "70,000.00" in page


def target_of(version: GoalVersion) -> str:
    return goal_from_record(version.record).goal.indicators[0].target_text


def test_goals_in_force_are_not_drafted_over(unit, officer):
    answer = look(
        officer, unit, as_docx(GOAL_DECLARATION, [declaration(unit.project)]), year="2026"
    )
    text = answer.content.decode()
    assert "已经批复" in text
    assert state_of(answer) == ""


def test_s04_what_the_page_carries_cannot_be_made_up_or_taken_elsewhere(unit, officer, projects):
    answer = look(officer, unit, as_xlsx(GOAL_DECLARATION, [declaration(projects[0])]))
    good, own = state_of(answer), reverse("draft_budget", args=[unit.organisation.pk])
    for state in ("", "x", good[:-2] + "xx"):
        told = officer.post(own, {"state": state, "row": "0", "key": "a"})
        assert told.status_code == 422
    assert officer.post(own, {"state": good, "key": "b"}).status_code == 422
    other = city_hall.unit("2", within=unit.organisation.region)
    client = VerifiedClient()
    client.force_login(other.officer_office.person)
    theirs = reverse("draft_budget", args=[other.organisation.pk])
    assert client.post(theirs, {"state": good, "row": "0", "key": "c"}).status_code == 422
    assert client.post(own, {"state": good, "row": "0", "key": "d"}).status_code == 403
    assert GoalVersion.objects.filter(fiscal_year=NEXT).count() == 0


def test_whoever_may_not_save_may_look_and_sees_no_draft_of_others(unit, projects):
    drafted(unit, NEXT, project=projects[0], target="≥777")
    other = city_hall.unit("2", within=unit.organisation.region)
    client = VerifiedClient()
    client.force_login(other.officer_office.person)
    answer = look(client, unit, as_xlsx(GOAL_DECLARATION, [declaration(projects[0])]))
    text = answer.content.decode()
    assert "777" not in text
    assert 'class="primary"' not in text.partition('id="save"')[2]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_s45_a_workbook_that_is_none_is_told(unit, officer, content):
    answer = look(officer, unit, content)
    assert answer.status_code == 422
    assert "重新选文件" in answer.content.decode()
    assert look(officer, unit, content, year="二〇二七").status_code == 422


# ── a monitoring sheet ──


def stated(unit, **more: object) -> MonitoringSheet:
    """The sheet as it would be written at the end of August, with some of it filled in anew."""
    (kept,) = sheets_of([unit.project], year=2026, on=date(2026, 8, 31), reader=unit.officer)
    return replace(kept.sheet, **more)


def done(sheet: MonitoringSheet, *values: str) -> MonitoringSheet:
    lines = zip(sheet.indicators, values, strict=True)
    return replace(sheet, indicators=tuple(replace(line, done=value) for line, value in lines))


def sent_back(client, unit, sheet: MonitoringSheet, *, write=as_xlsx, name="监控.xlsx"):
    address = reverse("reading-sheet", args=[unit.project.pk])
    return client.post(address, {"file": file_of(write(MONITORING_SHEET, [sheet]), name)})


def test_a_sheet_that_was_taken_away_shows_no_difference(unit, officer):
    text = sent_back(officer, unit, stated(unit)).content.decode()
    assert "不一致" not in text.partition('id="lines"')[2].partition("</table>")[0]
    assert "40公里" in text


def test_what_differs_leads_to_the_correction_and_what_is_new_is_offered(unit, officer):
    answer = sent_back(officer, unit, done(stated(unit), "41公里", "93%"))
    text = answer.content.decode()
    read = Reading.objects.get(indicator="km", ends_on=date(2026, 8, 28))
    assert f"#r-{read.pk}" in text
    field = dict(re.findall(r'name="(\w+)" value="([^"]*)"', text.partition('id="add_reading"')[2]))
    assert (field["indicator"], field["value"], field["ends_on"]) == ("sat", "93", "2026-08-31")
    assert Reading.objects.filter(indicator="sat").count() == 0
    officer.post(reverse("add_reading"), field)
    assert Reading.objects.get(indicator="sat").value == 93


def test_what_is_new_goes_into_the_open_call_of_its_month(unit, officer):
    bureau = city_hall.unit("3", within=unit.organisation.region).organisation
    call = readings.open_collection(
        by=verified(city_hall.office(bureau, "budget", "budget")),
        organisation=bureau,
        fiscal_year=2026,
        month=8,
        title="8 月填报",
        working_days=5,
    )
    sheet = done(stated(unit), "40公里", "93%")
    text = sent_back(officer, unit, sheet).content.decode().partition('id="answer"')[2]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', text))
    address = reverse("filled-table", args=[call.pk])
    laid_out = officer.post(address, fields).content.decode()
    assert 'value="93"' in laid_out
    assert "还没有交" in laid_out
    from_file = officer.post(address, {"file": file_of(as_docx(MONITORING_SHEET, [sheet]))})
    assert 'value="93"' in from_file.content.decode()
    july = replace(sheet, month=7)
    told = officer.post(address, {"file": file_of(as_xlsx(MONITORING_SHEET, [july]))})
    assert "不是任务要的月份" in told.content.decode()


def test_a_sheet_of_another_project_of_no_month_or_to_come_is_told(unit, officer):
    other = replace(stated(unit), code="X", project="别的")
    for sheet, said in (
        (other, "没有“某项目1”的"),
        (stated(unit, month=None), "没有写监控截至"),
        (stated(unit, month=12), "那时还没有到"),
    ):
        answer = sent_back(officer, unit, sheet)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    wrong = officer.post(
        reverse("reading-sheet", args=[unit.project.pk]), {"file": file_of(b"PK\x03\x04")}
    )
    assert wrong.status_code == 422


def test_the_way_back_in_is_shown_to_whoever_is_signed_in(unit, officer, client):
    address = reverse("project-monitoring", args=[unit.project.pk])
    assert 'id="from_sheet"' in officer.get(address).content.decode()
    assert 'id="from_sheet"' not in client.get(address).content.decode()


def test_a_strangers_page_offers_nothing_to_keep(unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    client = VerifiedClient()
    client.force_login(other.officer_office.person)
    text = sent_back(client, unit, done(stated(unit), "41公里", "93%")).content.decode()
    assert "41公里" in text
    assert 'id="add_reading"' not in text
    assert 'id="answer"' not in text
