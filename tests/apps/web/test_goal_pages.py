"""The pages of goals: the editor, which needs no scripts; a version on its way; whole budgets."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from gongzhi.core.goals import Beneficiaries, DraftGoal, DraftIndicator
from gongzhi.core.monitoring import Course
from gongzhi.cycle.actions import goals, projects
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import Aim, Appraisal, GoalVersion, Partner, Profile
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.pages.goals.editing import plan_written, sheet_of
from gongzhi.web.pages.goals.seen import changes_between
from gongzhi.web.waiting import waiting_items
from verified import signed_in, verified

pytestmark = pytest.mark.django_db
YEAR = 2027
NUMBER = "某财绩〔2027〕1号"


@pytest.fixture
def bureau_office(region):
    return city_hall.budget_office(within=region)


@pytest.fixture
def officer(unit):
    return signed_in(unit.officer_office)


def plan(target: str = "≥1000") -> GoalPlan:
    return GoalPlan(
        goal=DraftGoal(
            project="课后服务",
            year=YEAR,
            functional="2050202",
            text="年内为1000名学生提供课后服务",
            budget=Decimal(500_000),
            beneficiaries=(Beneficiaries(who="学生", count=Decimal(1000)),),
            indicators=(
                DraftIndicator(
                    key="i1",
                    name="服务学生人数",
                    level1="产出指标",
                    level2="数量指标",
                    target=target,
                    measure="人",
                    weight=Decimal(50),
                ),
            ),
        )
    )


def drafted(unit, target: str = "≥1000") -> GoalVersion:
    return goals.draft_goals(
        by=unit.officer,
        project=unit.project,
        fiscal_year=YEAR,
        plan=plan(target),
        pack=city_hall.PACK,
    )


def approved(unit, bureau) -> GoalVersion:
    version = goals.submit_goals(by=unit.reviewer, version=drafted(unit))
    return goals.approve_goals(by=bureau, version=version, document_number=NUMBER)


def sheet(**more: str) -> dict[str, str]:
    return {
        "lines": "3",
        "year": str(YEAR),
        "text": "年内为1000名学生提供课后服务",
        "budget": "500,000",
        "name-1": "服务学生人数",
        "aspect-1": "quantity",
        "target-1": "≥1000",
        "measure-1": "人",
        "weight-1": "５０",
        **more,
    }


# ── the editor ──


def test_the_editor_offers_indicators_of_the_library_and_examples(unit, officer):
    projects.describe_project(
        by=unit.officer, project=unit.project, about=projects.Description(functional="2050202")
    )
    text = officer.get(reverse("drafting-goals", args=[unit.project.pk])).content.decode()
    assert 'value="take:' in text
    assert "不断提升居民幸福感" in text, "the bad example of a goal"
    assert "保存草稿" in text


def test_a_look_tells_at_its_line_what_is_wrong(unit, officer):
    address = reverse("drafting-goals", args=[unit.project.pk])
    text = officer.post(address, sheet(**{"target-1": "效果显著"})).content.decode()
    at_line = text.partition('id="hints-1">')[2].partition("</ul>")[0]
    assert "效果显著" in at_line
    assert "<svg" in text, "the logic model is drawn"
    assert GoalVersion.objects.count() == 0


def test_scripts_get_only_what_is_to_be_said(unit, officer):
    address = reverse("drafting-goals", args=[unit.project.pk])
    text = officer.post(address, sheet(), headers={"HX-Request": "true"}).content.decode()
    assert text.lstrip().startswith('<div id="looked"')
    assert 'id="hints-1" hx-swap-oob="true"' in text


def test_lines_are_added_taken_over_and_taken_out_without_scripts(unit, officer):
    address = reverse("drafting-goals", args=[unit.project.pk])
    more = officer.post(address, sheet(do="more")).content.decode()
    assert 'name="lines" value="5"' in more
    code = re.search(r'value="take:([^"]+)"', more)[1]
    taken = officer.post(address, sheet(do=f"take:{code}")).content.decode()
    assert f'name="library-0" value="{code}"' in taken
    gone = officer.post(address, sheet(do="remove:1")).content.decode()
    assert 'value="服务学生人数"' not in gone
    even = officer.post(address, sheet(do="even", budget="100"))
    amounts = fields(even, *(f"month-{month}" for month in range(1, 13)))
    assert set(amounts) == {"8.33", "8.34"}
    assert sum(map(Decimal, amounts)) == 100


def test_a_target_is_planned_by_month_in_fields_or_by_a_preset(unit, officer):
    page = reverse("drafting-goals", args=[unit.project.pk])
    late = officer.post(page, sheet(do="at-end:1", starts_on="2027-03-01", ends_on="2027-09-30"))
    assert fields(late, "share8-1", "share9-1", "share12-1") == ["0", "100", "100"]
    even = officer.post(page, sheet(do="even:1")).content.decode()
    assert 'name="share6-1" inputmode="decimal" maxlength="6" size="5" value="50"' in even
    money = {"month-3": "300", "month-6": "700"}
    assert fields(officer.post(page, sheet(do="in-step:1", **money)), "share3-1", "share6-1") == [
        "30",
        "100",
    ]
    typed = {"share6-1": "40", "share12-1": "100", "key": "k"}
    officer.post(reverse("draft_goals", args=[unit.project.pk]), sheet(**typed))
    version = GoalVersion.objects.get()
    (key,) = goal_from_record(version.record).by_month
    shares = goal_from_record(version.record).by_month[key]
    assert shares == (0,) * 5 + (Decimal("0.4"),) * 6 + (1,), "an empty month adds nothing"
    assert (
        "指标的分月计划" in officer.get(reverse("goal-version", args=[version.pk])).content.decode()
    )


def fields(answer, *names):
    text = answer.content.decode()
    return [re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)[1] for name in names]


def test_a_plan_by_month_does_not_fall_and_ends_at_most_at_the_target(unit, officer):
    deed = reverse("draft_goals", args=[unit.project.pk])
    for falling in ({"share3-1": "50", "share4-1": "40"}, {"share12-1": "130"}):
        answer = officer.post(deed, sheet(**falling))
        assert answer.status_code == 422
        assert 'href="#by_month-1"' in answer.content.decode()
    assert GoalVersion.objects.count() == 0


def test_a_share_that_nobody_touched_keeps_all_its_digits():
    third = Decimal(1) / 3
    line = DraftIndicator(key="a", name="里程", target="≥ 3", measure="公里")
    shares = (third,) * 11 + (Decimal(1),)
    plan = GoalPlan(goal=DraftGoal(indicators=(line,)), by_month={"a": shares})
    pack = load_packs()[USUAL]
    kept, _, _ = plan_written(sheet_of(plan, year=YEAR), base=plan, pack=pack)
    assert kept.by_month == plan.by_month


def test_what_is_written_becomes_a_draft(unit, officer):
    posted = {**sheet(), **{f"month-{month}": "1000" for month in range(1, 13)}, "key": "k"}
    extra = {
        "who-0": "学生", "count-0": "1000", "activity-0": "聘请教师", "money-0": "500000",
        "leads-0": "1", "source-1": "教务系统", "core-1": "yes", "asked_who-1": "家长",
    }  # fmt: skip
    answer = officer.post(reverse("draft_goals", args=[unit.project.pk]), {**posted, **extra})
    version = GoalVersion.objects.get()
    assert answer.url == reverse("goal-version", args=[version.pk])
    kept = goal_from_record(version.record)
    (line,) = kept.goal.indicators
    assert (line.weight, line.source, line.is_core) == (50, "教务系统", True)
    assert kept.goal.activities[0].leads_to == (line.key,)
    assert kept.money_by_month == (Decimal(1000),) * 12
    assert version.fiscal_year == YEAR
    text = officer.get(answer.url).content.decode()
    assert "500.00 元" in text, "the cost of each student"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("budget", "五十万"), ("year", "27"), ("starts_on", "明天"), ("weight-1", "1e999999")],
)
def test_what_cannot_be_read_stays_in_its_field_and_is_told(unit, officer, field, typed):
    address = reverse("draft_goals", args=[unit.project.pk])
    answer = officer.post(address, sheet(**{field: typed}))
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert f'href="#{field}"' in answer.content.decode()
    assert GoalVersion.objects.count() == 0


def test_whoever_may_not_draft_may_try_but_not_save(unit, client):
    city_hall.published(unit)
    address = reverse("drafting-goals", args=[unit.project.pk])
    assert "保存草稿" not in client.post(address, sheet()).content.decode()
    answer = client.post(reverse("draft_goals", args=[unit.project.pk]), sheet())
    assert answer.status_code == 403


def test_an_adjustment_shows_both_versions_and_wants_a_reason(unit, officer, bureau_office):
    version = approved(unit, verified(bureau_office))
    page = reverse("adjusting-goals", args=[version.pk])
    lower = sheet(**{"target-0": "≥800", "name-0": "服务学生人数", "key-0": "i1", "weight-0": "50"})
    lower = {**lower, "aspect-0": "quantity", "measure-0": "人", "name-1": "", "target-1": "",
             "weight-1": ""}  # fmt: skip
    text = officer.post(page, lower).content.decode()
    assert "目标放松 1 项" in text
    deed = reverse("adjust_goals", args=[version.pk])
    assert officer.post(deed, lower).status_code == 422
    answer = officer.post(deed, {**lower, "reason": "一所学校停办"})
    changed = version.adjustments.get()
    assert answer.url == reverse("goal-version", args=[changed.pk])
    shown = officer.get(answer.url).content.decode()
    assert "一所学校停办" in shown
    assert "<del>1000</del>" in shown


# ── a version ──


def test_a_version_shows_the_steps_that_its_reader_may_take(unit, officer, bureau_office):
    version = drafted(unit)
    address = reverse("goal-version", args=[version.pk])
    assert 'id="submit_goals"' not in officer.get(address).content.decode()
    reviewer, bureau = signed_in(unit.reviewer_office), signed_in(bureau_office)
    assert 'id="submit_goals"' in reviewer.get(address).content.decode()
    reviewer.post(reverse("submit_goals", args=[version.pk]), {"key": "s"})
    text = bureau.get(address).content.decode()
    assert 'id="approve_goals"' in text
    assert "余 15 个工作日" in text
    refused = bureau.post(reverse("return_goals", args=[version.pk]), {"key": "r", "reason": ""})
    assert refused.status_code == 422
    bureau.post(
        reverse("approve_goals", args=[version.pk]), {"key": "a", "document_number": NUMBER}
    )
    version.refresh_from_db()
    assert version.stage == "approved"
    assert NUMBER in officer.get(address).content.decode()


@pytest.mark.parametrize(
    ("route", "given"),
    [("forward_goals", {}), ("ask_about_goals", {}), ("withdraw_goals", {})],
)
def test_a_step_that_is_not_ones_own_is_refused(unit, officer, route, given):
    version = goals.submit_goals(by=unit.reviewer, version=drafted(unit))
    answer = officer.post(reverse(route, args=[version.pk]), {"key": "k", **given})
    assert answer.status_code in {403, 409}


def test_a_draft_is_its_units_alone(unit, client):
    assert client.get(reverse("goal-version", args=[drafted(unit).pk])).status_code == 404


def test_what_waits_is_in_the_desk_with_the_clauses_clock(unit, bureau_office):
    version = drafted(unit)
    today = version.drafted_on
    (mine,) = waiting_items(unit.reviewer, today=today)
    assert (mine.waiting.verb, mine.mine) == ("submit_goals", True)
    goals.submit_goals(by=unit.reviewer, version=version)
    (examined,) = waiting_items(verified(bureau_office), today=today)
    assert (examined.waiting.verb, examined.waiting.clause) == ("approve_goals", "4.9")
    assert examined.clock.days == 15
    goals.return_goals(by=verified(bureau_office), version=version, reason="没有满意度")
    (again,) = waiting_items(unit.officer, today=today)
    assert (again.waiting.verb, again.mine) == ("draft_goals", True)
    drafted(unit)
    assert [item.waiting.verb for item in waiting_items(unit.officer, today=today)] == [
        "submit_goals"
    ]


# ── a whole budget ──


def test_a_units_goals_are_handed_in_and_approved_from_a_list(unit, bureau_office):
    version = drafted(unit)
    reviewer, bureau = signed_in(unit.reviewer_office), signed_in(bureau_office)
    page = f"{reverse('goals')}?unit={unit.organisation.pk}"
    assert 'id="submit_budget"' in reviewer.get(page).content.decode()
    chosen = {"version": [str(version.pk)], "key": "k"}
    reviewer.post(reverse("submit_budget", args=[unit.organisation.pk]), chosen)
    assert 'id="approve_budget"' in bureau.get(page).content.decode()
    address = reverse("approve_budget", args=[unit.organisation.pk])
    assert (
        bureau.post(address, {"key": "n", "version": "x", "document_number": "1"}).status_code
        == 422
    )
    bureau.post(address, {**chosen, "document_number": NUMBER})
    version.refresh_from_db()
    assert version.stage == "approved"
    shown = bureau.get(reverse("goal-version", args=[version.pk])).content.decode()
    assert shown.count("存证") >= 3, "the steps have the seals of the deeds on the unit"


def test_a_department_forwards_some_and_returns_others_from_a_list(region, unit, bureau_office):
    under = [city_hall.unit(number, within=region) for number in ("5", "6", "7")]
    Organisation.objects.filter(pk__in=[each.organisation.pk for each in under]).update(
        parent=unit.organisation
    )
    versions = []
    for each in under:
        version = drafted(each)
        goals.submit_budget(by=each.reviewer, unit=each.organisation, versions=[version])
        versions.append(version)
    department = signed_in(unit.officer_office)
    text = department.get(reverse("goals")).content.decode()
    assert 'id="forward_budget"' in text
    assert 'id="hand_back_budget"' in text

    where = [unit.organisation.pk]
    good = {"version": [str(each.pk) for each in versions[:2]], "key": "f"}
    assert department.post(reverse("forward_budget", args=where), good).status_code == 302
    bad = {"version": str(versions[2].pk), "key": "r"}
    assert department.post(reverse("hand_back_budget", args=where), bad).status_code == 422
    why = {**bad, "reason": "目标没有数"}
    assert department.post(reverse("hand_back_budget", args=where), why).status_code == 302

    stages = [type(each).objects.get(pk=each.pk).stage for each in versions]
    assert stages == ["forwarded", "forwarded", "returned"]
    shown = department.get(reverse("goal-version", args=[versions[2].pk])).content.decode()
    assert "目标没有数" in shown
    one = under[0].organisation
    page = signed_in(bureau_office).get(reverse("goals"), {"unit": one.pk}).content.decode()
    assert 'id="return_budget"' in page


def test_a_department_examines_only_its_own_units_goals(region, unit):
    other = city_hall.unit("5", within=region)
    version = drafted(other)
    goals.submit_goals(by=other.reviewer, version=version)
    answer = signed_in(unit.officer_office).post(
        reverse("hand_back_budget", args=[unit.organisation.pk]),
        {"version": str(version.pk), "key": "r", "reason": "不归我管"},
    )
    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.stage == "forwarded"


def test_goals_that_a_whole_budget_approved_show_its_seal(unit, bureau_office, client):
    version = drafted(unit)
    own = {"unit": unit.organisation, "versions": [version]}
    goals.submit_budget(by=unit.reviewer, **own)
    goals.approve_budget(by=verified(bureau_office), **own, document_number=NUMBER)

    page = client.get(reverse("project-goals", args=[unit.project.pk])).content.decode()

    assert "存证：等待编号" in page


def test_the_list_is_filtered_as_a_sentence(unit, officer, client):
    drafted(unit)
    own = officer.get(reverse("goals"), {"year": YEAR, "stage": "draft"}).content.decode()
    assert "某项目1" in own
    assert "某项目1" not in client.get(reverse("goals")).content.decode()
    assert officer.get(reverse("goals"), {"stage": "nonsense"}).status_code == 400
    assert officer.get(reverse("goals"), {"unit": "nonsense"}).status_code == 400


def test_a_file_without_declarations_is_told(unit, officer):
    address = reverse("reading-budget", args=[unit.organisation.pk])
    answer = officer.post(address, {"fiscal_year": YEAR})
    assert answer.status_code == 422
    assert "还没有选文件" in answer.content.decode()


# ── what a project is about ──


def test_a_project_is_described_with_its_years_and_its_aim(unit, officer):
    aim = Aim.objects.create(code="M1", name="办好课后服务", kind="livelihood")
    address = reverse("describe_project", args=[unit.project.pk])
    given = {"key": "k", "functional": "2050202", "basis": "某政发〔2026〕3号", "aim": aim.pk,
             "by_year": "2027 1,200,000\n２０２８ 500000", "starts_on": "2027-01-01"}  # fmt: skip
    officer.post(address, given)
    profile = Profile.objects.get()
    assert profile.by_year == {"2027": "1200000", "2028": "500000"}
    text = officer.get(reverse("project-goals", args=[unit.project.pk])).content.decode()
    assert "办好课后服务" in text
    wrong = officer.post(address, {**given, "key": "l", "ends_on": "2026-01-01"})
    assert wrong.status_code == 422
    assert officer.post(address, {**given, "key": "m", "by_year": "明年 100"}).status_code == 422


def test_partners_come_and_go(unit, officer, region):
    other = city_hall.unit("2", within=region)
    given = {"organisation": other.organisation.pk, "does": "提供场地"}
    officer.post(reverse("add_partner", args=[unit.project.pk]), {**given, "key": "a"})
    page = reverse("project-goals", args=[unit.project.pk])
    assert "提供场地" in officer.get(page).content.decode()
    twice = officer.post(reverse("add_partner", args=[unit.project.pk]), {**given, "key": "b"})
    assert twice.status_code == 422
    ending = {"organisation": other.organisation.pk, "key": "c"}
    officer.post(reverse("end_partner", args=[unit.project.pk]), ending)
    assert Partner.objects.get().until_on is not None
    assert "提供场地" not in officer.get(page).content.decode()


def test_an_appraisal_concludes_on_five_aspects(unit, officer):
    aspects = ("necessity", "economy", "soundness", "feasibility", "funding")
    told = {f"{aspect}-{name}": text for aspect in aspects
            for name, text in (("holds", "yes"), ("said", "有依据"))}  # fmt: skip
    given = {"key": "k", "fiscal_year": YEAR, "conclusion": "supported", **told}
    address = reverse("appraise_project", args=[unit.project.pk])
    failing = officer.post(address, {**given, "key": "x", "economy-holds": "no"})
    assert failing.status_code == 422
    unsaid = officer.post(address, {**given, "key": "y", "funding-said": ""})
    assert unsaid.status_code == 422
    officer.post(address, given)
    assert Appraisal.objects.get().conclusion == "supported"
    text = officer.get(reverse("project-goals", args=[unit.project.pk])).content.decode()
    assert "筹资合规性" in text


def test_aims_are_a_tree_with_the_projects_that_serve_them(unit, bureau_office, region, client):
    bureau = signed_in(bureau_office)
    address = reverse("announce_aim", args=[region.pk])
    bureau.post(address, {"key": "a", "code": "P", "name": "教育强市", "kind": "plan"})
    plan_aim = Aim.objects.get()
    bureau.post(address, {"key": "b", "code": "P1", "name": "课后服务全覆盖", "kind": "report",
                          "within": plan_aim.pk})  # fmt: skip
    assert (
        bureau.post(address, {"key": "c", "code": "P", "name": "重复", "kind": "plan"}).status_code
        == 422
    )
    city_hall.published(unit)
    projects.describe_project(
        by=unit.officer,
        project=unit.project,
        about=projects.Description(aim=Aim.objects.get(code="P1")),
    )
    text = client.get(reverse("aims")).content.decode()
    assert text.index("教育强市") < text.index("课后服务全覆盖") < text.index("某项目1")
    assert 'id="announce_aim"' not in text
    assert client.post(address, {"key": "d"}).status_code in {403, 422}


def test_a_change_of_what_is_chosen_is_told_in_words():
    def plan(course: Course | None) -> GoalPlan:
        line = DraftIndicator(key="i1", name="培训人次", target="≥100", course=course)
        return GoalPlan(goal=DraftGoal(project="某项目", indicators=(line,)))

    _, (changed,) = changes_between(plan(None), plan(Course.ADDS_UP))
    assert "".join(piece.text for piece in changed.new) == "各月读数相加"
