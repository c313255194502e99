"""Fields of the negotiation room: what is typed stays, faults stand at their field, no leaks."""

import html
import re
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from django.http import HttpResponse
from django.urls import reverse

import city_hall
from apps.forum.compensated import line, resident
from gongzhi.core.charter import Member
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.models import Negotiation, NegotiationParty, NegotiationPosition
from gongzhi.forum.negotiation_computing import case_for
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.models import Deed, Office, Person
from verified import VerifiedClient, verified

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
CRITERIA = ("噪声", "过渡期", "文物")
PLAIN = {"text": "早日开工", "measure": "money", "label": "internal"}
# What no two answers have in common.
CHANCE = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')


class Table:
    """A negotiation with its sides, each with a browser of its own."""

    def __init__(self, unit: city_hall.Unit) -> None:
        region = unit.organisation.region
        line(unit.project)
        self.bodies = {
            "shop": city_hall.unit("SH", within=region, kind="enterprise"),
            "mediator": city_hall.unit("ME", within=region, kind="social"),
            "unit": unit,
        }
        self.home = resident("甲")
        self.row: Negotiation = actions.open_negotiation(
            by=unit.officer,
            project=unit.project,
            opened=actions.Opened(
                title="旧城改造",
                question="原址重建还是外迁",
                mediator=self.bodies["mediator"].organisation,
                options=[("A", "原址重建", ""), ("B", "外迁", "")],
                criteria=CRITERIA,
            ),
        )
        for name in ("unit", "shop"):
            self.seat(organisation=self.bodies[name].organisation)
        self.seat(person=self.home, is_resident=True)

    def seat(self, **whom: object) -> None:
        NegotiationParty.objects.create(
            negotiation=self.row, stake="在范围内", since_on=DAY, **whom
        )

    def browser(self, name: str) -> VerifiedClient:
        person: Person = self.home if name == "home" else self.office(name).person
        client = VerifiedClient()
        client.force_login(person)
        return client

    def office(self, name: str) -> Office:
        return self.bodies[name].officer_office

    def member(self, name: str) -> Member:
        return verified(self.office(name))

    def state(self, name: str, **given: str) -> HttpResponse:
        address = reverse("state_position", args=[self.row.pk])
        key = f"{name}-{NegotiationPosition.objects.count()}"
        return self.browser(name).post(address, {"key": key, **PLAIN, **given})

    def page(self, name: str, **asked: str) -> str:
        client = self.browser(name) if name else VerifiedClient()
        found = client.get(reverse("negotiation", args=[self.row.pk]), asked)
        return CHANCE.sub("", found.content.decode())

    def side(self, name: str) -> str:
        """The code of a side in the computation."""
        if name == "home":
            return str(self.row.parties.get(person=self.home).pk)
        return str(self.row.parties.get(organisation=self.bodies[name].organisation).pk)


@pytest.fixture
def table(settings, unit) -> Table:
    settings.DEMO = True
    move_business_date(to=DAY)
    type(unit.project).objects.filter(pk=unit.project.pk).update(stage="disclosed")
    unit.project.refresh_from_db()
    return Table(unit)


def test_a_fault_stands_at_its_field_and_keeps_what_was_typed(table):
    sent = table.state("shop", worth_A="一百", worth_B="120万", text="停业三个月")

    page = sent.content.decode()
    assert sent.status_code == 422
    assert 'href="#state_position-worth_A"' in page
    assert 'id="state_position-worth_A-wrong"' in page
    for typed in ('value="一百"', 'value="120万"', "停业三个月"):
        assert typed in page
    assert not NegotiationPosition.objects.exists()


def test_what_a_side_stated_stands_in_its_fields_again(table):
    given = {"worth_A": "-380000", "worth_B": "0", "floors_A": "5万", "limit": "1200.50"}
    assert table.state("shop", **given, pays_most="3万", accepts_A="yes").status_code == 302

    page = table.page("shop")
    for typed in ('value="-380000.00"', 'value="50000.00"', 'value="1200.50"', 'value="30000.00"'):
        assert typed in page
    assert "1200.50" not in table.page("unit")


def test_scores_are_weighed_by_points_or_by_pairs_but_not_by_both(table):
    scores = {f"score_{code}_{n}": "60" for code in "AB" for n in (1, 2, 3)}
    both = table.state("shop", **scores, points_1="50", pair_1_2="3", pair_1_3="3", pair_2_3="1")
    assert both.status_code == 422
    some = table.state("shop", **scores, pair_1_2="3")
    assert 'id="state_position-pair_1_3-wrong"' in some.content.decode()
    lacking = table.state("shop", **{**scores, "score_B_2": ""}, points_1="50")
    assert 'id="state_position-score_B_2-wrong"' in lacking.content.decode()

    assert table.state("shop", **scores, points_1="50", points_2="50").status_code == 302
    assert NegotiationPosition.objects.get().points == {"噪声": "50", "过渡期": "50"}


def test_contradictory_judgements_are_told_which_pair_to_think_over(table):
    scores = {f"score_{code}_{n}": "60" for code in "AB" for n in (1, 2, 3)}
    pairs = {"pair_1_2": "9", "pair_1_3": "1/9", "pair_2_3": "9"}
    told = table.state("shop", **scores, **pairs)

    assert told.status_code == 422
    assert "最值得再想的是“噪声”对“文物”" in told.content.decode()
    assert '<option value="1/9" selected>' in told.content.decode()
    assert table.state("shop", **scores, **pairs, keeps_judgements="yes").status_code == 302
    judged = NegotiationPosition.objects.get().terms.judgements
    assert ["噪声", "文物", "1/9"] in judged
    side = case_for(table.row, reader=table.member("shop"), today=DAY).sides[0]
    assert len(side.judgements) == 3


def test_w04_s58_a_limit_told_to_the_mediator_asks_a_side_to_pay_on_its_page_alone(table):
    """The unit may pay; the shop can't live with less. Only the mediator's computation knows."""
    table.state("unit", worth_A="900000", worth_B="100000", limit="0", tells_mediator="yes")
    table.state("shop", worth_A="-150000", worth_B="-400000", limit="0", tells_mediator="yes")
    table.state("home", worth_A="50000", worth_B="-80000")

    told = table.page("mediator")
    assert "“某局1”付给“某局SH” 150,000 元" in told
    assert "有 2 方让主持人用它的底线" in told
    for name in ("home", ""):
        assert "付给" not in table.page(name).partition('id="rounds"')[0]


@pytest.mark.parametrize("label", ["confidential", "internal", "public"])
def test_w04_nobody_else_can_tell_what_limit_a_side_let_the_mediator_know(table, label):
    """Whatever a side lets the mediator know, every other reader's page stays the same."""
    table.state("unit", worth_A="900000", worth_B="100000", limit="1")
    table.state("home", worth_A="50000", worth_B="-80000")
    given = {"worth_A": "-150000", "worth_B": "-400000", "label": label}
    readers = ("unit", "home", "")
    bounds = [
        {},
        {"limit": "-54321", "tells_mediator": "yes"},
        {"limit": "98765", "pays_most": "43210", "gets_most": "87654", "tells_mediator": "yes"},
    ]
    seen, led = [], []
    for each in bounds:
        assert table.state("shop", **given, **each).status_code == 302
        seen.append([_without_activity(table.page(name)) for name in readers])
        led.append(table.page("mediator"))

    assert seen[0] == seen[1] == seen[2]
    assert len(set(led)) == len(bounds)
    assert "43,210" in led[2]
    public = str(list(Deed.objects.filter(verb="state_position").values_list("public", flat=True)))
    for figure in ("54321", "98765", "43210", "87654", "tells"):
        assert figure not in public


def _without_activity(page: str) -> str:
    """A page without the list of deeds, of which each statement is one more."""
    return page.partition('id="settlements"')[0].partition("<main")[2]


def test_s58_a_residents_limit_goes_nowhere_whatever_its_form_says(table):
    table.state("home", worth_A="50000", worth_B="-80000", limit="77777", tells_mediator="yes")
    table.state("home", worth_A="50000", worth_B="-80000", pays_most="66666", limit="77777")

    assert not NegotiationPosition.objects.latest("pk").terms.tells_mediator
    case = case_for(table.row, reader=table.member("mediator"), today=DAY)
    assert [(side.limit, side.pays_most) for side in case.sides] == [(None, None)]
    assert "77,777" not in table.page("mediator")
    assert "77,777" in table.page("home")
    assert "66" not in str(
        bytes(NegotiationPosition.objects.latest("pk").terms.bounds_locked or b"")
    )


def test_equals_are_treated_equally_by_size(table):
    given = {"worth_A": "0", "worth_B": "0", "alike": "住宅", "size": "68", "offered_A": "646000"}
    assert table.state("home", **given).status_code == 302
    side = case_for(table.row, reader=table.member("mediator"), today=DAY).sides[0]
    assert (side.alike, side.size) == ("住宅", Decimal(68))
    assert side.offered == {"A": Decimal(646_000)}


WHAT_IF = {
    "worth": ("unit", {"option": "A"}),
    "limit": ("shop", {}),
    "pays_most": ("unit", {}),
    "gets_most": ("shop", {}),
    "floors": ("home", {"option": "A"}),
    "offered": ("home", {"option": "A"}),
    "size": ("home", {}),
    "weight": ("unit", {}),
    "points": ("critic", {"criterion": "噪声"}),
    "scores": ("critic", {"option": "A", "criterion": "噪声"}),
    "subsidy": ("unit", {}),
}


@pytest.mark.parametrize("what", WHAT_IF)
def test_any_number_can_be_supposed_beside_what_stands_and_nothing_is_kept(table, what):
    region = table.row.project.unit.region
    table.bodies["critic"] = city_hall.unit("CR", within=region, kind="social")
    table.seat(organisation=table.bodies["critic"].organisation)
    table.state("unit", worth_A="900000", worth_B="100000", limit="0", tells_mediator="yes")
    table.state("shop", worth_A="-150000", worth_B="-400000", limit="0", tells_mediator="yes")
    table.state("home", worth_A="50000", worth_B="-80000")
    scores = {f"score_{code}_{n}": "60" for code in "AB" for n in (1, 2, 3)}
    points = {f"points_{n}": "30" for n in (1, 2, 3)}
    table.state("critic", **scores, **points)
    before, (who, place) = NegotiationPosition.objects.count(), WHAT_IF[what]
    page = table.page("mediator", what=what, side=table.side(who), amount="70", **place)

    assert 'id="changes"' in page
    assert "改了以后" in page
    assert NegotiationPosition.objects.count() == before


def test_a_supposed_limit_of_a_shop_changes_what_it_is_paid(table):
    table.state("unit", worth_A="900000", worth_B="100000", limit="0", tells_mediator="yes")
    table.state("shop", worth_A="-150000", worth_B="-400000", limit="0", tells_mediator="yes")
    asked = {"what": "limit", "side": table.side("shop"), "amount": "5万"}
    page = table.page("mediator", **asked).partition('id="changes"')[2]

    assert "“某局1”付给“某局SH” 150,000 元" in page
    assert "“某局1”付给“某局SH” 200,000 元" in page


def test_s58_what_a_household_would_put_up_with_is_not_tried_out(table):
    table.state("unit", worth_A="900000", worth_B="100000")
    table.state("home", worth_A="50000", worth_B="-80000")
    for what in ("limit", "pays_most", "gets_most"):
        page = table.page("mediator", what=what, side=table.side("home"), amount="1")
        assert "居民的底线和收付不拿来试算" in page
        assert 'id="changes"' not in page


def test_a_what_if_knows_only_the_sides_that_its_reader_sees(table):
    table.state("unit", worth_A="900000", worth_B="100000")
    table.state("home", worth_A="50000", worth_B="-80000")
    table.state("shop", worth_A="-150000", worth_B="-400000", label="confidential")
    hidden = {"what": "worth", "side": table.side("shop"), "option": "A", "amount": "1"}
    assert "请选您看得到的一方" in table.page("unit", **hidden)
    assert 'id="changes"' in table.page("mediator", **hidden)


def test_several_numbers_are_moved_at_once_and_the_address_asks_it_again(table):
    table.state("unit", worth_A="900000", worth_B="100000", limit="0", tells_mediator="yes")
    table.state("shop", worth_A="-150000", worth_B="-400000", limit="0", tells_mediator="yes")
    asked = {"what": "limit", "side": table.side("shop"), "amount": "5万"}
    asked |= {"what_3": "pays_most", "side_3": table.side("unit"), "amount_3": "160000"}
    page = table.page("mediator", **asked)

    assert "0 → <b>50,000</b>" in page
    assert "没有写 → <b>160,000</b>" in page
    beside = page.partition('id="changes"')[2]
    assert "“某局1”付给“某局SH” 150,000 元" in beside
    assert "“某局1”付给“某局SH” 200,000 元" not in beside  # it can't pay so much
    address = html.unescape(re.findall(r'href="\?(what=[^"#]*)#what-if"', page)[0])
    again = dict(parse_qsl(address))
    assert again["what_2"] == "pays_most"
    assert table.page("mediator", **again).partition('id="changes"')[2] == beside


def test_w04_an_address_tells_its_reader_nothing_that_the_reader_may_not_see(table):
    table.state("unit", worth_A="900000", worth_B="100000", limit="4321")
    table.state("home", worth_A="50000", worth_B="-80000")
    limit = {"what": "limit", "side": table.side("unit"), "amount": "1"}
    worth = {"what_2": "worth", "side_2": table.side("home"), "option_2": "B", "amount_2": "2"}

    assert "4,321 → " in table.page("unit", **limit, **worth)
    for name in ("mediator", "home"):
        page = table.page(name, **limit, **worth)
        assert "没有写 → <b>1</b>" in page
        assert "4,321" not in page


def test_what_is_wrong_stands_at_the_number_that_it_is_about(table):
    table.state("unit", worth_A="900000", worth_B="100000")
    table.state("home", worth_A="50000", worth_B="-80000")
    good = {"what": "worth", "side": table.side("unit"), "option": "A", "amount": "1"}
    twice = {f"{name}_2": value for name, value in good.items()}
    assert 'id="what-if-what_2-wrong"' in table.page("unit", **good, **twice)
    bad = {"what_2": "size", "side_2": table.side("home"), "amount_2": "0"}
    page = table.page("unit", **good, **bad)
    assert 'id="what-if-amount_2-wrong"' in page
    assert 'id="changes"' not in page
    scored = {"what_2": "points", "side_2": table.side("unit"), "amount_2": "5"}
    assert 'id="what-if-criterion_2-wrong"' in table.page("unit", **good, **scored)
