"""`gongzhi import --check`: what it prints, what it writes, how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongzhi.cli.files import main

CSV = """支付编号,项目代码,支付日期,支付金额（万元）,收款人,经办
A1,P1,2026-03-05,1.5,云河一建,某
A2,P1,2026-04-05,{amount},云河二建,某
"""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """The command, run in this process: each start of Python would cost a second."""
    monkeypatch.chdir(tmp_path)

    def command(*given: str | Path) -> Done:
        status = main(["import", *map(str, given)])
        printed = capsys.readouterr()
        return Done(status, printed.out, printed.err)

    return command


def payments(folder: Path, *, amount: str = "2") -> Path:
    path = folder / "支付.csv"
    path.write_text(CSV.format(amount=amount), encoding="gb18030")
    return path


def test_a_file_is_tried_and_its_guess_is_shown(run, tmp_path):
    done = run(payments(tmp_path), "--check")

    assert done.returncode == 0, done.stderr
    assert "支付金额（万元）（万元） → 支付金额" in done.stdout
    assert "支付合计 35,000.00" in done.stdout
    assert "2026-03 15,000.00  2026-04 20,000.00" in done.stdout
    assert "没有读取的列：经办" in done.stdout


def test_a_bad_row_is_told_and_ends_with_one(run, tmp_path):
    done = run(payments(tmp_path, amount="许多"), "--check")

    assert done.returncode == 1
    assert "◆ 第 3 行 第 4 列 “许多”不是数字；请只写数字" in done.stdout
    assert "这份文件不会导入" in done.stdout


def test_json_is_one_object_and_a_saved_mapping_is_used_again(run, tmp_path):
    path, mapping = payments(tmp_path), tmp_path / "对应.json"
    run(path, "--check", "--save-mapping", mapping)

    done = run(path, "--check", "--mapping", mapping, "--json", "--total", "35000")

    [file] = json.loads(done.stdout)["files"]
    assert done.returncode == 0
    assert file["guessed"] is None
    assert file["import"]["facts"] == {"payment": 2}
    assert file["import"]["total"] == "35000.00"
    assert file["examples"][0]["paid_on"] == "2026-03-05"


def test_a_total_that_differs_is_told(run, tmp_path):
    done = run(payments(tmp_path), "--check", "--total", "36000")

    assert done.returncode == 1
    assert "相差 -1000" in done.stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--check"], "没有给出文件"),
        (["没有.csv", "--check"], "没有.csv：没有这个文件"),
        (["支付.csv", "--check", "--kind", "工资"], "没有种类 工资；有：payment"),
        (["支付.csv", "--check", "--given", "year"], "--given 写成"),
        (["支付.csv", "--check", "--total", "x"], "--total 不是金额：x"),
        (["支付.csv", "--check", "--mapping", "没有.json"], "没有.json：没有这个文件"),
        (["支付.csv", "--check", "--mapping", "支付.csv"], "列对应既不是 TOML 也不是 JSON"),
        (["支付.csv", "--check", "--save-mapping", "无/a.json"], "写不了 无/a.json"),
        (["空.csv", "--check"], "空.csv：文件是空的"),
        (["文.csv", "--check"], "认不出表头"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(run, tmp_path, given, told):
    payments(tmp_path)
    (tmp_path / "空.csv").touch()
    (tmp_path / "文.csv").write_text("从前有座山\n山上有座庙\n", encoding="utf-8")

    done = run(*given)

    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_program_finds_the_command(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "gongzhi", "import", str(payments(tmp_path)), "--check"],
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ) | {"GONGZHI_LANG": "en"},
        timeout=120,
        check=False,
    )

    assert done.returncode == 0
    assert "payments add up to 35,000.00" in done.stdout


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_written_and_is_known_again_when_it_is_filled_in(run, tmp_path, ending):
    path = tmp_path / f"支付.{ending}"
    assert run("--template", "payment", path).returncode == 0
    assert run("--template", "payment", path).returncode == 2

    assert "表头下面没有数据行" in run(path, "--check").stderr
    if ending == "csv":
        with path.open("a", encoding="utf-8") as file:
            file.write("A1,,,2026-03-05,1.00,,,,,,,,\n")
        done = run(path, "--check")
        assert "认出的版式：支付模板" in done.stdout
