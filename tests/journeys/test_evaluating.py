"""A project is evaluated in a browser, from the choice to the conclusion, seat by seat."""

from playwright.sync_api import Locator, Page, expect

from gongzhi.cycle.models import FormVersion
from gongzhi.parties.models import Organisation
from journeys.conftest import Come
from journeys.judged_year import REGION
from journeys.reader import Reader, follow

EVALUATOR, WHY = "YH-503", "自评几乎满分，请第三方核对。"
INDEPENDENT = "本所与被评价单位没有业务往来和利害关系。"
FOUND = "钱用对了地方，佐证齐全。"


def test_an_evaluation_is_chosen_accepted_signed_heard_and_concluded(come: Come) -> None:
    forms = FormVersion.objects.current().self_evaluations().select_related("project__unit")
    form = forms.exclude(project__unit__region__code=REGION).first()
    assert form is not None, "the city has published some"
    bureau, firm = come(office="caizheng"), come(office="pingjia")
    unit = come(office=officer_of(form.project.unit.code))

    page = chosen(bureau, form)
    address = page.url.partition("?")[0].partition("#")[0]
    drawn_up(firm, address)
    sent(bureau, address)
    acknowledged(unit, address)
    page = bureau.page
    page.goto(address)
    write(page.locator("form#conclude_evaluation, #conclude_evaluation form"), reason=FOUND)

    visitor = come()
    page = visitor.page
    page.goto(address)
    expect(page.locator("#steps")).to_contain_text(FOUND)
    follow(page.locator(".crumbs a").last)
    expect(page.locator("main")).to_contain_text("综合得分")


def chosen(bureau: Reader, form: FormVersion) -> Page:
    """The bureau asks the firm to evaluate, and says why."""
    page = bureau.open(f"/projects/{form.project_id}/evaluation/")
    box = page.locator("#choose_evaluation form")
    box.locator("[name=fiscal_year]").fill(str(form.fiscal_year))
    box.locator("[name=kind]").select_option("third_party")
    firm = Organisation.objects.get(code=EVALUATOR)
    box.locator("[name=evaluator]").select_option(str(firm.pk))
    write(box, because=WHY)
    if "/evaluations/" not in page.url:
        follow(page.locator("#parties a", has_text=firm.name).first)
    expect(page.locator("#about")).to_contain_text(WHY)
    return page


def drawn_up(firm: Reader, address: str) -> None:
    """The firm declares independence, files what it saw, gives its points and signs."""
    page = firm.page
    page.goto(address)
    write(page.locator("#accept_assignment form"), independence=INDEPENDENT)
    sheet = page.locator("#draft_sheet")
    for row in sheet.locator("tbody tr").all():
        mark = row.locator("input.points-given")
        if not mark.input_value():
            mark.fill("2")
            row.locator("textarea.reason-given").fill("佐证不全。")
    follow(sheet.locator(".actions > button").first)
    write(page.locator("#hand_in_evaluation form"))
    expect(page.locator("#steps")).to_contain_text("署名并提交评价")


def sent(bureau: Reader, address: str) -> None:
    """All of the panel are in: the bureau sends it to whom it is about."""
    page = bureau.page
    page.goto(address)
    expect(page.locator("#steps")).to_contain_text("同时打开各方评价")
    write(page.locator("#send_evaluation form"))


def acknowledged(unit: Reader, address: str) -> None:
    """The unit is heard; this one accepts what is said."""
    page = unit.page
    page.goto(address)
    box = page.locator("form#acknowledge_evaluation, #acknowledge_evaluation form")
    write(box, reason="认可，补齐佐证。")
    expect(page.locator("#objections, #steps").last).to_contain_text("认可，补齐佐证。")


def write(form: Locator, **told: str) -> None:
    """Fill a form in and send it."""
    for name, text in told.items():
        form.locator(f"[name={name}]").fill(text)
    follow(form.locator(".actions > button").first)


def officer_of(code: str) -> str:
    """Who answers for a unit's figures, by the name to sign in with."""
    office = Organisation.objects.get(code=code).offices.filter(roles__contains=["officer"]).first()
    return str(office.person.username)
