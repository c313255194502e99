"""`gongzhi import` into the database: what it says, and what its exit status means."""

import json

import pytest

import city_hall
from gongzhi.cli import site
from gongzhi.cycle.models import Delivery, Payment

pytestmark = pytest.mark.django_db(transaction=True)
PAYMENTS = "支付凭证号,项目代码,单位代码,支付日期,金额\nZ1,P1,1,2026-03-02,1200.50\n"


@pytest.fixture(autouse=True)
def named_database(monkeypatch):
    """The command takes the database that the tests are connected to."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")


@pytest.fixture
def paid(tmp_path):
    city_hall.unit("1", within=city_hall.region())
    path = tmp_path / "支付.csv"
    path.write_text(PAYMENTS, encoding="utf-8")
    return path


def test_facts_are_kept_and_the_same_file_again_changes_nothing(paid, capsys):
    for fresh in ({"payment": 1}, {}):
        assert site.main(["import", str(paid), "--unit", "1", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["files"][0]["import"]["facts"] == fresh
    assert (Payment.objects.count(), Delivery.objects.count()) == (1, 1)


def test_what_is_wrong_is_said_and_nothing_is_kept(paid, capsys):
    paid.write_text(PAYMENTS + "Z2,P1,1,2026-03-02,很多\n", encoding="utf-8")

    assert site.main(["import", str(paid), "--unit", "1"]) == 1
    assert "有 1 处问题，什么也没有导入" in capsys.readouterr().out
    assert not Payment.objects.exists()

    assert site.main(["import", str(paid), "--unit", "1", "--keep-good"]) == 1
    assert Payment.objects.count() == 1


def test_a_changed_row_comes_in_as_a_correction_when_asked(paid, capsys):
    assert site.main(["import", str(paid), "--unit", "1"]) == 0
    paid.write_text(PAYMENTS.replace("1200.50", "1300"), encoding="utf-8")

    assert site.main(["import", str(paid), "--unit", "1"]) == 1
    assert site.main(["import", str(paid), "--unit", "1", "--corrections"]) == 0
    assert [str(each.amount) for each in Payment.objects.standing()] == ["1300.00"]


def test_a_total_that_does_not_agree_keeps_all_out(paid, capsys):
    assert site.main(["import", str(paid), "--unit", "1", "--total", "1200"]) == 1
    assert "相差 0.5" in capsys.readouterr().out
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [([], "请用 --unit"), (["--unit", "9"], "没有代码是 9 的单位")],
)
def test_whose_facts_they_are_must_be_said(paid, capsys, given, told):
    assert site.main(["import", str(paid), *given]) == 2
    assert told in capsys.readouterr().err


def test_days_that_could_be_months_are_asked_about(paid, capsys):
    text = PAYMENTS.replace("2026-03-02", "03/02/2026")
    paid.write_text(text, encoding="utf-8")

    assert site.main(["import", str(paid), "--unit", "1"]) == 1
    assert "--order dmy" in capsys.readouterr().out
    assert not Payment.objects.exists()

    assert site.main(["import", str(paid), "--unit", "1", "--order", "mdy"]) == 0
    assert [str(each.paid_on) for each in Payment.objects.all()] == ["2026-03-02"]
