"""The sources that were met: their layouts, in samples made here and in their real files."""

import json
import tarfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.files import csv_of
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.sources import SOURCES, load_source
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Tried, Wanted, try_file
from gongzhi.core.terms import Problem
from gongzhi.rules.columns import load_fact_rules
from gongzhi.rules.sources import ROOM
from house.test_words import english
from real_input import real_input


def tried(name: str, content: bytes | Path, **given: str) -> Tried:
    return try_file(name, content, Wanted(given=given, mode=Mode.WHOLE))


def facts(one: Tried) -> dict[str, int]:
    assert one.result is not None, one.problems
    assert one.result.problem_count == 0, one.result.problems[:3]
    return dict(one.result.facts)


def test_every_file_of_a_source_is_on_the_list():
    assert sorted(path.stem for path in ROOM.glob("*.toml")) == sorted(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_titles_in_both_languages(name):
    for mapping in load_source(name):
        assert mapping.title.zh
        assert mapping.title.en


def test_every_field_has_its_english():
    for rule in load_fact_rules().values():
        for titled in (rule, *rule.fields.values()):
            assert titled.title.zh in english()


# OCDS


def release(**parts: object) -> dict[str, object]:
    return {"ocid": "ocds-1", "date": "2026-01-01T00:00:00Z", "buyer": {"name": "一中"}} | parts


CONTRACT = {
    "id": "C1",
    "awardID": "A1",
    "title": "校舍",
    "value": {"amount": 10.1, "currency": "cny"},
    "dateSigned": "2026-02-03T12:00:00Z",
    "period": {"startDate": "2026-02-04", "endDate": "2026-12-31"},
}
AWARD = {"id": "A1", "suppliers": [{"id": "S1", "name": "云河一建"}]}
PAID_NOW = {
    "id": "T1",
    "date": "2026-03-05T00:00:00+08:00",
    "value": {"amount": 3.3, "currency": "CNY"},
    "payee": {"id": "S1", "name": "云河一建"},
    "payer": {"name": "财政局"},
}
PAID_BEFORE = {
    "id": "T1",
    "date": "2026-03-05",
    "amount": {"amount": 3.3, "currency": "CNY"},
    "receiverOrganization": {"id": "S1", "legalName": "云河一建"},
    "providerOrganization": {"legalName": "财政局"},
}


@pytest.mark.parametrize("paid", [PAID_NOW, PAID_BEFORE], ids=["1.1", "1.0"])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: {"releases": [one]},
        lambda one: {"records": [{"ocid": "ocds-1", "compiledRelease": one}]},
        lambda one: {"records": [{"ocid": "ocds-1", "releases": [one]}]},
        lambda one: [one],
    ],
    ids=["release", "releases", "compiled", "records", "list"],
)
def test_contracts_and_their_payments_are_read_from_every_package(wrap, paid):
    contract = CONTRACT | {"implementation": {"transactions": [paid]}}
    whole = release(contracts=[contract], awards=[AWARD])
    one = tried("a.json", json.dumps(wrap(whole)).encode())
    assert facts(one) == {"contract": 1, "payment": 1}
    signed, payment = one.examples
    assert (signed.number, signed.process, signed.supplier) == ("C1", "ocds-1", "云河一建")
    assert (signed.amount, signed.currency) == (Decimal("10.10"), "CNY")
    assert signed.signed_on.isoformat() == "2026-02-03"
    assert (payment.number, payment.contract, payment.amount) == ("T1", "C1", Decimal("3.30"))
    assert (payment.payee, payment.unit) == ("云河一建", "财政局")
    assert payment.paid_on.isoformat() == "2026-03-05"


def test_a_later_release_is_laid_over_an_earlier_one():
    early = release(contracts=[CONTRACT], awards=[AWARD])
    late = release(date="2026-06-01", contracts=[{"id": "C1", "value": {"amount": 20}}])
    [contract] = tried("a.json", json.dumps({"releases": [late, early]}).encode()).examples
    assert (contract.amount, contract.supplier) == (Decimal("20.00"), "云河一建")


@pytest.mark.parametrize(
    "content",
    [b"{", b"[", b'{"ocid": "x"}', b'{"releases": []}', b'{"releases": [1, null]}', b'[{"a": []}]',
     b'{"ocid": "x", "contracts": "no", "awards": 7, "planning": []}', b"[" * 100_000,
     b'{"releases": [{"ocid": {}, "contracts": [{"id": [], "value": 7}]}]}'],
)  # fmt: skip
def test_json_that_is_none_or_holds_nothing_is_told(content):
    one = tried("a.json", content)
    assert not one.is_usable
    assert one.problems or (one.result and one.result.problems)


def test_a_secret_inside_json_is_refused():
    content = json.dumps([{"年度": 2026, "名称": "机密★10年"}], ensure_ascii=False).encode()
    [problem] = tried("a.json", content).problems
    assert "{mark}" in problem.what.text


# samples of the others


def test_payments_of_an_english_council_keep_equal_lines():
    header = (
        "Body",
        "Body Name",
        "Date",
        "Transaction number",
        "Amount",
        "Supplier Name",
        "Expense Area",
    )
    line = ("x", "Borough", "05/03/2026", "17953643", "43153.88", "Firm", "Schools")
    one = tried("a.csv", csv_of([line, line, (*line[:4], "-5", *line[5:])], header=header))
    assert [mapping.name for mapping in one.mappings] == ["england-payments"]
    assert facts(one) == {"payment": 3}
    assert one.result.by_currency == {"GBP": Decimal("86302.76")}


def test_a_budget_of_provinces_takes_the_unit_of_each_row():
    header = ("province", "year", "chn_block4", "value", "units", "variables")
    rows = [
        ("安徽", 2010, "合计", "2587.6135", "亿元", "v6_cz_yszc_hj"),
        ("安徽", 2010, "专利", "7", "件", "v7_zl"),
    ]
    one = tried("a.csv", csv_of(rows, header=header))
    assert facts(one) == {"budget": 1, "reading": 1}
    assert one.examples[0].initial == Decimal("258761350000.00")


# the real files


def unpacked(archive: Path, folder: Path) -> list[Path]:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".json"))


def test_minas_gerais_2023_comes_in_whole_with_its_months():
    path = real_input("performance") / "brazil_mg" / "2023_full" / "acoes_monitoramento.csv"
    one = tried(str(path), path)
    assert facts(one) == {
        "project": 908, "budget": 908, "target": 908,
        "payment": 7897, "plan": 11722, "reading": 10896,
    }  # fmt: skip
    assert one.result.total == Decimal("116663197524.81")  # R$ 116.66 bn, as the state says
    assert len(one.result.by_month) == 12


def test_minas_gerais_indicators_need_the_year():
    path = (
        real_input("performance") / "brazil_mg" / "2023_full" / "relacao_indicadores_apurados.csv"
    )
    assert not tried("indicators.csv", path).is_usable
    assert facts(tried("indicators.csv", path, year="2023"))["target"] == 243


def test_tenjo_comes_in_and_its_wrong_totals_are_doubts():
    path = real_input("performance") / "colombia_tenjo" / "plan_indicativo_tenjo.xlsx"
    one = tried(str(path), path)
    assert facts(one) == {"project": 331, "target": 1161, "reading": 1154, "budget": 331}
    assert one.result.doubt_count > 27


def test_chinese_provinces_come_in_from_csv_and_workbooks():
    folder = real_input("performance") / "china_techme"
    assert facts(tried("a.csv", folder / "PublicBudget.csv")) == {"budget": 1756}
    assert facts(tried("a.xlsx", folder / "raw" / "public-budget-2019.xlsx")) == {"budget": 128}
    assert facts(tried("a.csv", folder / "RDActivity.csv")) == {"reading": 1792}


LINES = {2015: 2160, 2021: 2621}
OTHER_LINES = {2016: 2343, 2017: 2505, 2018: 2587, 2019: 2565, 2020: 2490}


@pytest.mark.parametrize(
    "lines", [LINES, pytest.param(OTHER_LINES, marks=pytest.mark.deep)], ids=["two", "others"]
)
def test_jerez_keeps_its_three_identities_line_by_line(tmp_path, lines):
    folder = real_input("payments") / "spain_jerez"
    paths = {path.name: path for path in unpacked(folder / "jerez_2015-2021.tar.xz", tmp_path)}
    for year, count in lines.items():
        one = tried(f"{year}LiqGas.json", paths[f"{year}LiqGas.json"])
        assert facts(one) == {"budget": count}
        assert one.examples[0].year == year
        assert one.result.doubt_count == 0


@pytest.mark.deep
def test_calderdale_comes_in_whole(tmp_path):
    archive = real_input("payments") / "uk_councils" / "calderdale_clean_2012-2017.tar.xz"
    count, total = Counter(), Decimal(0)
    for path in unpacked(archive, tmp_path):
        one = tried(path.name, path)
        count.update(facts(one))
        total += one.result.total
    assert count == {"payment": 408_198}
    assert total > 10**9


PUBLISHERS = (
    *("australia", "canada", "cn_taiwan", "mexico_cdmx", "mexico_jalisco"),
    *("moldova", "nigeria", "uganda", "uk-contracts-finder"),
)


@pytest.mark.deep
@pytest.mark.parametrize("name", PUBLISHERS)
def test_every_file_of_ocds_is_facts_or_a_sentence(name, tmp_path):
    for path in unpacked(real_input("contracts") / f"{name}.tar.xz", tmp_path):
        if "validation" in path.name:
            continue
        one = tried(path.name, path)
        assert one.is_usable or one.problems, path
        if one.result:
            assert one.result.problem_count == 0, (path, one.result.problems[:2])


def test_one_contract_of_each_publisher_comes_in(tmp_path):
    for name in ("nigeria", "mexico_cdmx"):
        folder = tmp_path / name
        paths = unpacked(real_input("contracts") / f"{name}.tar.xz", folder)
        path = next(path for path in paths if b'"contracts"' in path.read_bytes())
        assert set(facts(tried(path.name, path))) == {"contract", "payment", "budget"}


def test_a_listing_is_opened_from_bytes_and_from_a_path(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"a": 1, "b": {"c": true}}]')
    for source in (path, path.read_bytes()):
        listing = open_source("a.json", source)
        assert not isinstance(listing, Problem)
        assert list(listing.sheets[0].rows()) == [(1, ["a", "b/c"]), (2, ["1", "TRUE"])]
