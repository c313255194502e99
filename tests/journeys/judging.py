"""How the year is judged, by hand where a story tells it for later: three stories, whole."""

from datetime import date
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.invented.judged import Judged, load_judged
from gongzhi.city.invented.reported import load_reported
from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.told_results import Letter, load_letters
from journeys.reader import follow
from journeys.town import CITIZEN, Town

if TYPE_CHECKING:
    from journeys.test_stories import Lived

INDEPENDENT = "本所与被评价单位没有业务往来和利害关系，本人声明独立。"
OF_THEIR_OWN = "陪社区老人就诊，属于本社为老服务的业务范围。"


def judge(year: "Lived") -> None:
    """Let the year be judged, to the last day of the demo."""
    town = year.town
    town.go_to(date(2027, 3, 9))
    year.note("bridge", lambda: accepts(town, told("bridge", "third_party")))
    year.note("hospitals", lambda: starts(town, told("quality", "social")))
    town.go_to(date(2027, 4, 22))
    year.note("bridge", lambda: objects(town, told("bridge", "third_party")))
    year.note("air", lambda: reads_what_is_missing(town))
    town.go_to(date(2027, 5, 4))
    year.note("bridge", lambda: answers(town, told("bridge", "third_party")))
    town.go_to(date(2027, 6, 1))
    for key, code, kind in (
        ("bridge", "bridge", "third_party"),
        ("quality", "hospitals", "social"),
        ("sky", "air", "third_party"),
    ):
        year.note(code, lambda key=key, kind=kind: everybody_reads(town, told(key, kind)))
        year.done[code].append(told(key, kind).concluded.text)
    year.note("bridge", lambda: lays_out(town))
    town.go_to(date(2027, 6, 9))
    year.note("hospitals", lambda: begins_next_year(town, code_named("quality")))
    year.note("bridge", lambda: plans(town, code_named("bridge")))
    town.go_to(LIVES_UNTIL)
    for key, code in (("bridge", "bridge"), ("quality", "hospitals"), ("sky", "air")):
        year.note(code, lambda key=key: reads_to_the_end(town, code_named(key)))


def told(key: str, kind: str) -> Judged:
    """What the city tells of an evaluation."""
    return next(
        each for each in load_judged() if each.project == code_named(key) and each.kind == kind
    )


def accepts(town: Town, judged: Judged) -> None:
    """The evaluator declares independence and takes the bridge on."""
    town.sit("pingjia")
    evaluation(town, judged)
    form = town.page.locator("#accept_assignment form")
    form.locator("[name=independence]").fill(INDEPENDENT)
    send(form)
    expect(town.page.locator("#steps")).to_contain_text("云河市衡度评价事务所")
    expect(town.page.locator("#about")).to_contain_text(INDEPENDENT)


def starts(town: Town, judged: Judged) -> None:
    """The neighbours evaluate the hospital of their own accord; nobody asked them to."""
    town.sit("shezu")
    panel(town, judged)
    form = town.page.locator("#start_evaluation form")
    form.locator("[name=fiscal_year]").fill("2026")
    form.locator("[name=because]").fill(OF_THEIR_OWN)
    form.locator("[name=independence]").fill(judged.independence)
    send(form)
    evaluation(town, judged)
    expect(town.page.locator("#about")).to_contain_text(OF_THEIR_OWN)
    expect(town.page.locator("#about")).to_contain_text("自行开展")


def objects(town: Town, judged: Judged) -> None:
    """The bridge's unit says what it has against a line, before its story does."""
    objecting = judged.objections[0]
    town.work_in("云河市重点桥梁建设办公室")
    evaluation(town, judged)
    form = town.page.locator("#object_to_evaluation form")
    form.locator("[name=line]").select_option(objecting.line)
    form.locator("[name=reason]").fill(objecting.text)
    form.locator("[name=evidence]").fill(objecting.evidence)
    send(form)
    expect(town.page.locator("#objections")).to_contain_text(objecting.text)
    expect(town.page.locator("#objections")).to_contain_text("待答复")


def answers(town: Town, judged: Judged) -> None:
    """Whoever drew the sheet up may not; somebody else upholds it, and the points change."""
    objecting = judged.objections[0]
    town.sit("pingjia")
    evaluation(town, judged)
    assert town.page.locator("#answer_objection").count() == 0, "it is their own sheet"
    town.take_office("质控部复核岗")
    evaluation(town, judged)
    form = town.page.locator("#objections article", has_text=objecting.text).locator("form")
    form.locator("[name=outcome][value=upheld]").check()
    form.locator("[name=reason]").fill(objecting.answer)
    form.locator("[name=points]").fill(str(objecting.points))
    send(form)
    expect(town.page.locator("#objections")).to_contain_text(objecting.answer)
    expect(town.page.locator("#sheet")).to_contain_text("第 2 版")


def reads_what_is_missing(town: Town) -> None:
    """A citizen reads the unit's own form: one microgram short, and why."""
    town.sit(CITIZEN)
    town.project(code_named("sky"))
    follow(town.page.locator(f"a[href='/projects/{of_page(town)}/']").first)
    expect(town.page.locator("main")).to_contain_text("34微克")


def everybody_reads(town: Town, judged: Judged) -> None:
    """Whoever comes reads the score, what it would be without each, and every conclusion."""
    town.sit(CITIZEN)
    panel(town, judged)
    main = town.page.locator("main")
    expect(main).to_contain_text("综合得分")
    expect(main).to_contain_text("没有这一类时")
    expect(main).not_to_contain_text("说明之前综合得分不作数")
    evaluation(town, judged)
    expect(town.page.locator("#steps")).to_contain_text(judged.concluded.text)
    for each in judged.objections:
        expect(town.page.locator("#objections")).to_contain_text(each.answer)


def lays_out(town: Town) -> None:
    """The finance bureau tries next year's money: one project less, and it sees who gets more."""
    town.sit("caizheng")
    town.open("/results/allocation/?year=2026")
    page = town.page
    follow(page.locator("#projects tbody tr").first.get_by_role("link", name="改：").first)
    slider, amount = page.locator("#drag"), page.locator("#amount")
    slider.focus()
    page.keyboard.press("Home")
    expect(amount).to_have_value("0")
    page.keyboard.press("ArrowRight")
    expect(amount).to_have_value(slider.get_attribute("step") or "")
    follow(page.locator("#change button.primary"))
    expect(page.locator("#changes")).to_contain_text("定为")
    expect(page.locator("#changes tbody tr").first).to_be_visible()
    follow(page.locator("#change a", has_text="全部改回"))
    expect(page.locator("#changes")).to_contain_text("没有谁因此多得或者少得")
    expect(page.locator("#all-own")).to_contain_text("由别人决定")


def begins_next_year(town: Town, project: str) -> None:
    """The hospital begins next year's goals with the money that was decided, before its story."""
    town.work_in("云河市人民医院")
    town.project(project)
    own = of_page(town)
    town.open("/goals/")
    unit = town.page.locator("select[name=unit] option", has_text="云河市人民医院").first
    town.open(f"/goals/?unit={unit.get_attribute('value')}")
    follow(town.page.locator("#decided-2027 a"))
    expect(town.page.locator("main")).to_contain_text(town.names[project])
    send(town.page.locator("form#save"))
    town.open(f"/projects/{own}/results/")
    expect(town.page.locator("#year-2027")).to_contain_text("起草中")
    expect(town.page.locator("#year-2027")).to_contain_text("与决定一致")


def plans(town: Town, project: str) -> None:
    """The bridge's unit plans what the letter asks for, before its story does."""
    asked = letter_of(project).demands[0]
    measure = asked.steps[0].measure
    town.work_in("云河市重点桥梁建设办公室")
    town.open("/rectifications/")
    row = town.page.locator("main tr", has_text=town.names[project])
    follow(row.locator("th a").first)
    expect(town.page.locator("main")).to_contain_text(asked.demand)
    form = town.page.locator("#plan_rectification")
    form.locator("[name^=what-]").first.fill(measure.what)
    form.locator("[name^=responsible-]").first.fill(measure.responsible)
    assert measure.until is not None
    form.locator("[name^=until-]").first.fill(measure.until.isoformat())
    send(form)
    expect(town.page.locator("main")).to_contain_text(measure.what)


def reads_to_the_end(town: Town, project: str) -> None:
    """A citizen reads on: report, money, letter, next year's line, what became of it."""
    town.sit(CITIZEN)
    town.project(project)
    own = of_page(town)
    town.open(f"/projects/{own}/evaluation/report/?year=2026")
    report = next(each for each in load_reported() if each.project == project)
    follow(town.page.locator("main a[href*='/reports/']").first)
    expect(town.page.locator("main")).to_contain_text(report.written[-1].text)

    town.open(f"/projects/{own}/results/")
    chain = town.page.locator("#year-2027")
    expect(chain).to_contain_text("平台的建议")
    expect(chain.get_by_text("与决定一致")).to_have_count(2)
    follow(chain.locator("a", has_text="2027 年的绩效目标"))
    expect(town.page.locator("#decided")).to_contain_text("据此起草")
    follow(town.page.locator("#decided a"))
    expect(town.page.locator("#decision")).to_contain_text("2027 年的绩效目标")

    letter = letter_of(project)
    town.open(f"/projects/{own}/evaluation/?year=2026")
    follow(town.page.locator("main a[href*='/feedback/']").first)
    expect(town.page.locator("main")).to_contain_text(letter.words)
    for asked in letter.demands:
        expect(town.page.locator("main")).to_contain_text(asked.demand)

    town.open("/became/?year=2026")
    expect(town.page.locator("h1")).to_contain_text("承诺兑现")
    town.open(f"/projects/{own}/")
    expect(town.page.locator("main")).to_contain_text("评价")


def letter_of(project: str) -> Letter:
    """What the city tells of the letter about a project's evaluations."""
    letters = (each for each in load_letters() if each.project == project)
    return next(each for each in letters if not each.audit)


def panel(town: Town, judged: Judged) -> None:
    """The page of everybody's points of a project."""
    town.project(judged.project)
    town.open(f"/projects/{of_page(town)}/evaluation/?year=2026")


def evaluation(town: Town, judged: Judged) -> None:
    """One party's evaluation, found by way of its project."""
    panel(town, judged)
    follow(town.page.locator("#parties a", has_text=town.bodies[judged.evaluator]).first)


def of_page(town: Town) -> str:
    """The identifier of the project whose page is open."""
    return town.page.url.partition("/projects/")[2].partition("/")[0]


def send(form: Locator) -> None:
    """Press the form's own button."""
    follow(form.locator(".actions > button").first)
