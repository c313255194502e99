"""Next year's money in a browser: districts, scenarios, a dragged number, a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import YEAR
from city_hall import Unit
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions.results import propose_results
from gongzhi.cycle.models import ResultDecision, ResultProposal
from gongzhi.parties.actions.setting_up import register_region
from gongzhi.parties.models import Deed, Region
from gongzhi.trust.proofs import index_of
from gongzhi.trust.sequencing import sign_all
from journeys.beside import apart, main
from journeys.conftest import Come
from journeys.reader import Reader, follow
from verified import verified

BUDGET = Decimal(1_000_000)
PEOPLE = {"东岭": 60_000, "西坪": 20_000}
REASON = "财力不足，先保东岭"
WORDS = {
    "zh": ("最多，是最少的", "财力不足", "请写明理由"),
    "en": ("times", "财力不足", "reason"),
}


@dataclass(frozen=True, slots=True)
class Bureau:
    """A region of its own with two districts, and who decides in its bureau."""

    projects: Sequence[str]
    second: str


def bureau(language: str) -> Bureau:
    """A unit of the whole and one in each district, all proposed by somebody else."""
    code = {"zh": "9905", "en": "9906"}[language]
    region = register_region(by=SYSTEM, code=f"{code}00", name=f"某市{code}")
    units = [_funded(f"{code}0", region, spent="1")]
    for number, (name, people) in enumerate(PEOPLE.items(), start=1):
        district = register_region(
            by=SYSTEM, code=f"{code}0{number}", name=f"{name}{code}", parent=region, people=people
        )
        units.append(_funded(f"{code}{number}", district, spent="0.7" if number == 1 else "1"))
    house = city_hall.unit(f"{code}9", within=region).organisation
    first, second = (city_hall.office(house, name, "budget") for name in ("预算", "审核"))
    propose_results(
        by=verified(first),
        region=region,
        fiscal_year=YEAR + 1,
        projects=[unit.project for unit in units],
    )
    names = [unit.project.name for unit in units]
    return Bureau(names, second.person.username)


def _funded(code: str, region: Region, *, spent: str) -> Unit:
    unit = city_hall.unit(code, within=region)
    city_hall.published(unit)
    monitored.fund(unit, BUDGET, year=YEAR)
    monitored.pay(unit, date(YEAR, 11, 3), BUDGET * Decimal(spent))
    unit.project.refresh_from_db()
    return unit


@pytest.mark.parametrize(("language", "width"), [("zh", 360), ("en", 1280)])
def test_s55_next_year_is_laid_out_changed_held_side_by_side_and_decided(
    come: Come, language: str, width: int
):
    found = apart(lambda: bureau(language))
    reader = come(office=found.second, width=width, language=language)
    sees_districts(reader, found, language=language)
    keeps(reader, total="2600000", name=f"紧一点{language}")
    loses = drags(reader, found, to=900_000)
    expect(reader.page.locator("#scenarios tbody tr")).to_have_count(2)
    expect(reader.page.locator("#scenarios")).to_contain_text(f"紧一点{language}")
    assert loses
    decides(reader, found, language=language)
    assert reader.noticed() == []


def sees_districts(reader: Reader, found: Bureau, *, language: str) -> None:
    """How even the districts are before and after, by heads; the whole's unit is left out."""
    page = reader.open(f"{reverse('allocation')}?year={YEAR}")
    for name in found.projects:
        expect(page.locator("#projects")).to_contain_text(name)
    expect(page.locator("#equity")).to_contain_text(WORDS[language][0])
    expect(page.locator("#equity table tbody tr")).to_have_count(len(PEOPLE))
    expect(page.locator("#equity")).to_contain_text("1,000,000")
    assert reader.sideways() == 0


def keeps(reader: Reader, *, total: str, name: str) -> None:
    """A lower total, kept under a name."""
    page = reader.page
    page.fill("#total", total)
    follow(page.locator("#change button.primary"))
    expect(page.locator("#sum")).to_contain_text("2,600,000.00")
    page.locator("details.views summary").click()
    page.fill("#view-name", name)
    follow(page.locator("details.views form button").first)
    page.goto(page.url.split("?")[0] + f"?year={YEAR}")


def drags(reader: Reader, found: Bureau, *, to: int) -> list[str]:
    """One project's number is dragged down: its own row says what it loses."""
    page = reader.page
    row = page.locator("#projects tbody tr", has_text=found.projects[0])
    follow(row.locator("a[href*='edit=']"))
    page.locator("#drag").fill(str(to))
    assert Decimal(page.input_value("#amount")) == to
    follow(page.locator("#change button.primary"))
    lost = page.locator("#changes tbody tr", has_text=found.projects[0])
    expect(lost).to_contain_text("-")
    assert reader.sideways() == 0
    return page.locator("#changes tbody tr").all_inner_texts()


def decides(reader: Reader, found: Bureau, *, language: str) -> None:
    """Not without a reason where it differs; then all at once, sealed, and public."""
    page = reader.page
    follow(page.locator("#decide_results button.primary"))
    expect(page.locator(".error-summary")).to_contain_text(WORDS[language][2])
    assert not ResultDecision.objects.filter(proposal__project__name__in=found.projects).exists()
    page.fill("#reason", REASON)
    follow(page.locator("#decide_results button.primary"))
    assert "/results/" in page.url
    apart(sign_all)
    rows = ResultProposal.objects.filter(project__name__in=found.projects)
    assert {row.stage for row in rows} == {"decided"}
    changed = rows.get(project__name=found.projects[0])
    reader.open(reverse("result-proposal", args=[changed.pk]))
    assert WORDS[language][1] in main(reader)
    assert reader.sideways() == 0
    deed = Deed.objects.filter(verb="decide_results").latest("pk")
    reader.open(f"/ledger/{index_of(deed.leaf)}/")
    assert reader.answer is not None
    assert reader.answer.ok
