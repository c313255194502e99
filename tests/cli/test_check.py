"""`gongzhi check`: what it prints, what it writes, how it ends."""

import json
from pathlib import Path

import pytest

from cli.checked import check, faultless, faulty


def test_a_faulty_form_is_told_with_its_totals_its_findings_and_their_sums(tmp_path: Path) -> None:
    done = check(faulty(tmp_path))

    assert done.returncode == 1
    assert done.stderr == ""
    assert "项目支出绩效自评表 · 学生营养餐补助 · 某省某县某中学" in done.stdout
    assert "自报总分 96    重算总分 99.8（优）" in done.stdout
    assert "◆ S2 未达标扣分与比例不符" in done.stdout
    assert "98 ÷ 100 × 10 = 9.8" in done.stdout
    assert "表格自查规则 S2" in done.stdout
    assert "1 个文件，1 张表：算术不符 2 处（1 张表）" in done.stdout


def test_a_form_without_certain_findings_ends_well(tmp_path: Path) -> None:
    done = check(faultless(tmp_path))

    assert done.returncode == 0
    assert "算术不符 0 处" in done.stdout


def test_english_is_spoken_when_asked_for(tmp_path: Path) -> None:
    done = check(faulty(tmp_path), "--lang", "en")

    assert "Stated total 96    Computed total 99.8" in done.stdout
    assert "◆ S2 deduction is not in proportion" in done.stdout


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    path = faulty(tmp_path)

    done = check(path, "--json")

    [file] = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    assert done.stderr == ""
    assert file["file"] == str(path)
    assert file["forms"][0]["computed_total"] == 99.8
    assert {"S2", "S4"} <= {finding["code"] for finding in file["forms"][0]["findings"]}


def test_several_files_keep_their_order(tmp_path: Path) -> None:
    given = [faultless(tmp_path), faulty(tmp_path), tmp_path / "没有.docx"]

    done = check(*given, "--json")

    files = json.loads(done.stdout)["files"]
    assert [file["file"] for file in files] == [str(path) for path in given]
    assert files[2]["problems"][0]["what"] == "没有这个文件"
    assert done.returncode == 1


def test_a_folder_is_searched_through_and_told_as_a_table(tmp_path: Path) -> None:
    deep = tmp_path / "教育局" / "2022"
    deep.mkdir(parents=True)
    faulty(deep)
    faultless(tmp_path)
    (tmp_path / "说明.txt").write_text("不是表", encoding="utf-8")
    (deep / "~$自评表.docx").write_bytes(b"lock")

    done = check(tmp_path)

    assert done.returncode == 1
    assert "◆ 自评表.docx" in done.stdout
    assert "▲ 无误.xlsx" in done.stdout
    assert "2 个文件，2 张表" in done.stdout
    assert "另有 1 个其他种类的文件没有看。" in done.stdout


def test_the_pack_can_be_chosen(tmp_path: Path) -> None:
    done = check(faulty(tmp_path), "--pack", "hubei-20-80", "--json")

    assert json.loads(done.stdout)["files"][0]["forms"][0]["pack"] == "hubei-20-80"


def test_a_pipe_gets_no_colour_and_no_progress(tmp_path: Path) -> None:
    faulty(tmp_path), faultless(tmp_path)

    done = check(tmp_path)

    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "没有给出文件；例如 gongzhi check 自评表.docx"),
        (["没有.docx"], "没有.docx：没有这个文件；核对路径和文件名"),
        (["空"], "没有找到绩效表"),
        (["好.docx", "--pack", "无此"], "没有规则包 无此；有："),
        (["好.docx", "--lang", "fr"], "没有语言 fr；有：zh、en"),
        (["好.docx", "--html"], "--html"),
        (["好.docx", "--没有"], "--没有"),
        (["好.docx", "--html", "空"], "空 是文件夹；请写成文件名"),
        (["好.docx", "--xlsx", "无/台账.xlsx"], "写不了 无/台账.xlsx：没有文件夹 无；请先建立"),
        (["好.docx", "--xlsx", "好.docx"], "好.docx 是要查的文件，不能覆盖；请换一个名字"),
        (["好.docx", "--letters", "好.docx"], "写不了 好.docx"),
        (["好.docx", "--letters", "好.docx/下"], "写不了 好.docx/下"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, given: list[str], told: str
) -> None:
    faulty(tmp_path, name="好.docx")
    (tmp_path / "空").mkdir()

    done = check(*given, folder=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


def test_json_is_printed_even_where_nothing_was_usable(tmp_path: Path) -> None:
    done = check(tmp_path / "没有.docx", "--json")

    [file] = json.loads(done.stdout)["files"]
    assert done.returncode == 2
    assert file["forms"] == []
    assert file["problems"][0]["hint"] == "核对路径和文件名"
    assert done.stderr.count("\n") == 1


def test_a_target_is_refused_before_the_work_and_the_source_stays(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    before = path.read_bytes()

    check(path, "--html", path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
