"""Minas Gerais 2023: a year of another region in its own currency, monitored and foreseen."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from gongzhi.core.monitoring import (
    Course,
    Facts,
    Payment,
    Plan,
    Promised,
    Reading,
    cumulated,
    day_of,
    how_good,
    said_of,
    seasons_of,
    together,
    watch,
)
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.forecast import forecast
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.words import say
from real_input import real_input

YEAR = 2023
MONTHS = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"]
RULES = load_monitoring("mof-2020-10")


@cache
def actions() -> tuple[dict[str, str], ...]:
    path = real_input("performance") / "brazil_mg" / "2023_full" / "acoes_monitoramento.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def monthly(row, prefix: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(row[f"{prefix}_{month}"] or 0) for month in MONTHS)


def project(row) -> tuple[Plan, Facts]:
    staff = monthly(row, "vlr_prog_inicial_pessoal_auxilios")
    other = monthly(row, "vlr_prog_inicial_outras_despesas")
    target = Decimal(row["vlr_meta_fisica_reprogramada"] or 0)
    peaks = row["is_meta_cumulativa"] == "True"
    promised = Promised(
        key="produto",
        name=row["produto_desc"],
        target=target,
        course=Course.PEAK if peaks else Course.ADDS_UP,
    )
    days = [end_of(YEAR, month) for month in range(1, 13)]
    paid, done = monthly(row, "vlr_despesa_realizada"), monthly(row, "vlr_fisico_realizado")
    plan = Plan(
        project=row["acao_cod"],
        year=YEAR,
        money=cumulated(tuple(map(sum, zip(staff, other, strict=True)))),
        indicators=(promised,) if target else (),
        category=row["identificador_tipo_acao_cod"],
        currency="BRL",
    )
    facts = Facts(
        initial=Decimal(row["vlr_credito_inicial"]),
        adjusted=Decimal(row["vlr_credito_autorizado"]),
        payments=tuple(Payment(day, amount) for day, amount in zip(days, paid, strict=True)),
        readings=tuple(
            Reading("produto", day, value) for day, value in zip(days, done, strict=True)
        ),
    )
    return plan, facts


@cache
def watched(today: date):
    day = day_of(RULES, today=today)
    return tuple(watch(*project(row), day=day) for row in actions())


def test_the_curves_end_where_the_state_says_that_they_ended():
    for row, shown in zip(actions(), watched(date(2023, 12, 31)), strict=True):
        assert shown.curves.paid == Decimal(row["vlr_despesa_realizada"])
        if shown.curves.indicators:
            done = Decimal(row["vlr_fisico_realizado"])
            assert shown.curves.indicators[0].value == done
        for before, after in pairwise(shown.curves.goals):
            assert before is None or before <= after


def test_the_whole_state_is_said_in_one_sentence():
    found = together([shown.curves for shown in watched(date(2023, 12, 31))])
    assert (found.projects, found.goals_of) == (908, 869)
    assert found.curves.paid == sum(Decimal(row["vlr_despesa_realizada"]) for row in actions())
    assert say(said_of(found.curves), "zh") == (
        "钱花了 90.7%，目标完成 94%，目标比资金快 3.3 个百分点"
    )


def test_actions_that_spent_without_doing_are_named():
    """14 spent at least 90 % of their credit with less than half of the revised target."""
    row_by_row = zip(actions(), watched(date(2023, 12, 31)), strict=True)
    spent = [
        shown
        for row, shown in row_by_row
        if Decimal(row["vlr_meta_fisica_reprogramada"] or 0)
        and (shown.curves.money_now or 0) >= Decimal("0.9")
        and shown.curves.goals_now < Decimal("0.5")
    ]
    assert len(spent) == 14
    assert all({s.code for s in shown.signals} >= {"money_ahead"} for shown in spent)


def test_every_signal_of_the_middle_of_the_year_says_its_sum():
    found = Counter(s.code for shown in watched(date(2023, 6, 30)) for s in shown.signals)
    assert {"money_late", "money_ahead", "goals_ahead", "goal_late"} <= set(found)
    assert "overspend" not in found  # no action executes above its authorised credit
    for shown in watched(date(2023, 6, 30)):
        for signal in shown.signals:
            assert signal.arithmetic
            assert say(signal.said, "en")


def courses():
    """The share of the credit spent by each month: class, programme, twelve shares."""
    for row, shown in zip(actions(), watched(date(2023, 12, 31)), strict=True):
        money = shown.curves.money
        if all(share is not None for share in money):
            name = row["identificador_tipo_acao_cod"]
            yield name, row["programa_cod"], [float(share) for share in money]


@pytest.mark.parametrize(("month", "error"), [(3, 0.21), (6, 0.17), (8, 0.14), (10, 0.12)])
def test_forecasts_learnt_from_other_programmes_hold(month, error):
    every = list(courses())
    programmes = sorted({programme for _, programme, _ in every})
    found, ends, naive = [], [], []
    for half in (set(programmes[::2]), set(programmes[1::2])):
        seasons = seasons_of(
            [(name, shares) for name, programme, shares in every if programme in half],
            level=float(RULES.forecasting.level),
            neighbours=RULES.forecasting.neighbours,
            least=RULES.forecasting.least,
        )
        for name, programme, shares in every:
            if programme not in half:
                now = shares[month - 1]
                found.append(forecast(now, month=month, category=name, seasons=seasons))
                naive.append(forecast(now, month=month))
                ends.append(shares[-1])
    quality, peer = how_good(found, ends), how_good(naive, ends)
    assert quality.count == 892
    assert 0.80 <= quality.coverage < 0.87
    assert round(quality.mean_abs_error, 2) == error
    assert quality.mean_abs_error < 0.75 * peer.mean_abs_error
