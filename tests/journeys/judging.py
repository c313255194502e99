"""How the year is judged, by hand where a story tells it for later: three stories, whole."""

from datetime import date
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.invented.judged import Judged, load_judged
from gongzhi.city.invented.telling import code_named
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
    town.go_to(LIVES_UNTIL)


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
