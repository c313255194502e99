"""Another place's published files in an installation of their own: Minas Gerais, in its reais.

Figures of 2023 by splor-mg/dados-sigplan-monitoramento @e52ba4e, counted beside the product.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

import city_hall
from gongzhi.cli import site
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.fact_auditing import fact_faults
from gongzhi.cycle.followed import followed
from gongzhi.cycle.models import Delivery, PlanLine, Project, Reading, TargetLine, Watched
from gongzhi.cycle.tasks import watch_what_changed
from gongzhi.parties.actions.setting_up import register_organisation, register_region
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from real_input import real_input

pytestmark = pytest.mark.django_db(transaction=True)
ACTIONS = "acoes_monitoramento.csv"
END = date(2023, 12, 31)
SOME = 60  # rows of the file; all of them with --deep


@pytest.fixture(autouse=True)
def named_database(monkeypatch):
    """The command takes the database that the tests are connected to."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    monkeypatch.setenv("GONGZHI_LANG", "en")


@pytest.fixture
def treasury() -> Organisation:
    return register_organisation(
        by=SYSTEM,
        region=register_region(by=SYSTEM, code="31", name="Minas Gerais", currency="BRL"),
        code="SEF",
        name="Secretaria de Estado de Fazenda",
        kind="government",
    )


def rows_of(name: str = ACTIONS) -> list[list[str]]:
    path = real_input("performance") / "brazil_mg" / "2023_full" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def published(tmp_path):
    """The head of the published file, as it is."""
    path = tmp_path / ACTIONS
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows_of()[: SOME + 1])
    return path


def bring(path, capsys, *more: str) -> tuple[int, dict]:
    status = site.main(["import", str(path), "--unit", "SEF", "--json", *more])
    return status, json.loads(capsys.readouterr().out)["files"][0]["import"]


def test_one_command_brings_units_projects_targets_plans_money_and_readings(
    treasury, published, capsys
):
    status, told = bring(published, capsys, "--register-units")

    assert (status, told["problem_count"]) == (0, 0)
    assert told["facts"]["project"] == Project.objects.count() == SOME
    assert told["facts"]["target"] == TargetLine.objects.count() == SOME
    assert told["facts"]["plan"] == PlanLine.objects.count()
    assert told["facts"]["reading"] == Reading.objects.count() == SOME * 12
    assert told["by_currency"].keys() == {"BRL"}
    units = Organisation.objects.exclude(pk=treasury.pk)
    assert {unit.code for unit in units} == {row["uo_acao_cod"] for row in records(published)}
    assert Delivery.objects.get().counts["facts"] == told["facts"]


def test_the_same_file_again_changes_nothing(treasury, published, capsys):
    bring(published, capsys, "--register-units")

    status, again = bring(published, capsys, "--register-units")

    assert (status, again["facts"], again["conflicts"]) == (0, {}, 0)
    assert Delivery.objects.count() == 1


def test_a_year_that_is_over_is_watched_when_its_facts_come(treasury, published, capsys):
    bring(published, capsys, "--register-units")

    watch_what_changed(business_date())

    assert set(Watched.objects.values_list("fiscal_year", flat=True)) == {2023}
    for record in records(published):
        row = Watched.objects.get(project__code=code_of(record))
        paid = Decimal(record["vlr_despesa_realizada"])
        assert abs(row.paid - paid) < 1
        assert abs((row.budget or 0) - Decimal(record["vlr_credito_autorizado"])) < 1


def test_progress_is_what_the_file_says_of_it(treasury, published, capsys):
    """A year is its highest month where the file says so, else the sum: as the file's own total."""
    bring(published, capsys, "--register-units")

    watch_what_changed(business_date())

    compared = 0
    for record in records(published):
        target = Decimal(record["vlr_meta_fisica_reprogramada"])
        (seen,) = Watched.objects.get(project__code=code_of(record)).curves["indicators"]
        if target > 0 and seen["value"] is not None:
            assert Decimal(seen["value"]) == Decimal(record["vlr_fisico_realizado"])
            compared += 1
    assert compared > SOME * 0.8


def test_targets_and_plans_answer_their_seal(treasury, published, capsys):
    bring(published, capsys, "--register-units")

    assert list(fact_faults()) == []


def test_units_of_a_file_that_is_not_kept_are_not_registered(treasury, published, capsys):
    text = published.read_text(encoding="utf-8").replace(",2023,", ",20x3,", 1)
    published.write_text(text.replace("\n2023,", "\n20x3,", 1), encoding="utf-8")

    status, told = bring(published, capsys, "--register-units")

    assert (status, told["accepted"]) == (1, False)
    assert list(Organisation.objects.all()) == [treasury]


@pytest.mark.usefixtures("treasury")
def test_units_are_told_of_only_where_they_stay(published, capsys):
    whole = published.read_text(encoding="utf-8")
    asked = ["import", str(published), "--unit", "SEF", "--register-units"]

    published.write_text(whole.replace("\n2023,", "\n20x3,", 1), encoding="utf-8")
    site.main(asked)
    assert "units registered" not in capsys.readouterr().err

    published.write_text(whole, encoding="utf-8")
    site.main(asked)
    assert "units registered" in capsys.readouterr().err


def test_signals_speak_of_the_money_of_the_place(treasury, published, capsys):
    bring(published, capsys, "--register-units")

    (first, *_) = followed(list(Project.objects.values_list("pk", flat=True)), year=2023, today=END)

    assert first.plan.currency == "雷亚尔"


def test_money_of_another_place_is_not_added_to_ones_own(published, capsys):
    """Nor is a place taken for one with another currency than it was registered with."""
    unit = city_hall.unit("SEF", within=city_hall.region("990100"))

    status, told = bring(published, capsys, "--register-units")

    assert (status, told["accepted"]) == (1, False)
    assert "BRL" in told["problems"][0]["what"]
    assert list(Organisation.objects.all()) == [unit.organisation]


@pytest.mark.deep
def test_the_whole_year_is_brought_in_and_watched(treasury, capsys):
    path = real_input("performance") / "brazil_mg" / "2023_full" / ACTIONS

    status, told = bring(path, capsys, "--register-units")
    watch_what_changed(business_date())

    assert (status, told["facts"]["project"]) == (0, 908)
    assert told["total"] == "116663197524.81"
    assert Watched.objects.count() == 908


def records(path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def code_of(record: dict[str, str]) -> str:
    return "-".join(record[name] for name in ("programa_cod", "uo_acao_cod", "acao_cod"))
