"""`gongzhi groups`: the groups of a file, in words and as an object; bad files in one sentence."""

import json

import pytest

from core.balance.conversations import camps
from gongzhi.cli import files


@pytest.fixture
def votes(tmp_path):
    matrix = camps(30, 20, statements=12, asked=0.9)
    lines = ["timestamp,comment-id,voter-id,vote"]
    for row, column, value in zip(matrix.rows, matrix.columns, matrix.values, strict=True):
        lines.append(f"{len(lines)},{column},{row},{value}")
    path = tmp_path / "votes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def comments(tmp_path):
    path = tmp_path / "comments.csv"
    texts = "".join(f"{at},{-1 if at == 3 else 1},第 {at} 条\n" for at in range(12))
    path.write_text("comment-id,moderated,comment-body\n" + texts, encoding="utf-8")
    return path


def groups(capsys, *given) -> tuple[int, str, str]:
    status = files.main(["groups", *map(str, given)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_it_tells_of_groups_consensus_and_division(votes, comments, capsys):
    status, out, _ = groups(capsys, votes, "--comments", comments)
    assert status == 0
    assert "分成 2 组，人数：30 / 20" in out
    assert "各组都赞成" in out
    assert "第 5 条" in out
    assert "第 3 条" not in out, "it was moderated out"


def test_it_speaks_english(votes, capsys):
    _, out, _ = groups(capsys, votes, "--lang", "en")
    assert "2 groups, of 30 / 20 people" in out


def test_the_object_holds_everything(votes, comments, capsys):
    status, out, _ = groups(capsys, votes, "--comments", comments, "--json")
    told = json.loads(out)
    assert status == 0
    assert [each["size"] for each in told["groups"]] == [30, 20]
    assert told["moderated_out"] == ["3"]
    assert told["in_conversation"] == len(told["positions"])
    assert {each["group"] for each in told["positions"]} == {0, 1}
    assert 0 < told["silhouette"] <= 1
    for each in told["consensus"]:
        one, other = each["by_group"]
        assert each["value"] == pytest.approx(one * other, abs=1e-5)
    assert all(each["probability"] for each in told["groups"][0]["representative"])
    assert set(told["priority"]) == {str(at) for at in range(12)} - {"3"}
    assert told["why_none"] is None


def test_statements_of_who_people_are_do_not_count(votes, tmp_path, capsys):
    comments = tmp_path / "facts.csv"
    texts = "".join(f"{at},1,{'我是男性' if at in (4, 7) else '种树'}\n" for at in range(12))
    comments.write_text("comment-id,moderated,comment-body\n" + texts, encoding="utf-8")
    _, out, _ = groups(capsys, votes, "--comments", comments, "--json")
    told = json.loads(out)
    assert (told["facts"], told["statements"]) == (["4", "7"], 10)
    assert {"4", "7"}.isdisjoint(each["statement"] for each in told["consensus"])
    _, out, _ = groups(capsys, votes, "--comments", comments)
    assert "2 条说的是人而不是主张，不参加计算：4, 7" in out
    _, out, _ = groups(capsys, votes, "--comments", comments, "--facts", "none", "--json")
    assert json.loads(out)["facts"] == []


def test_they_may_be_named(votes, capsys):
    _, out, _ = groups(capsys, votes, "--facts", "3, 10", "--json")
    assert json.loads(out)["facts"] == ["3", "10"]
    status, _, err = groups(capsys, votes, "--facts", "3,99,tree")
    assert status == 2
    assert "没有这条观点：99, tree" in err


def test_without_groups_it_speaks_of_most_people(tmp_path, capsys):
    path = tmp_path / "votes.csv"
    lines = [f"{at % 3},{at},{1 if at % 3 else 0}" for at in range(30)]
    path.write_text("comment-id,voter-id,vote\n" + "\n".join(lines), encoding="utf-8")
    status, out, _ = groups(capsys, path)
    assert status == 0
    assert "各组" not in out
    assert "多数人赞成（赞成的概率）\n  0.86 (86%) [1]" in out
    assert "多数人反对（反对的概率）\n  （没有）" in out
    assert "意见最接近对半" in out


def test_only_what_every_group_rejects_is_rejected_by_all(votes, capsys):
    _, out, _ = groups(capsys, votes, "--lang", "en")
    part = out.partition("What all groups reject")[2].partition("What divides most")[0]
    shares = [line.partition("(")[2].partition(")")[0] for line in part.splitlines()[1:]]
    for each in shares:
        assert each == "none" or all(int(share[:-1]) >= 50 for share in each.split())


def test_a_line_that_is_no_stance_says_why_and_what_to_do(votes, capsys):
    with votes.open("a", encoding="utf-8") as file:
        file.write("\n9,0,5,2\nnoon,0,5,1\n9,0,6,\x00\x1b[31m")
    _, out, _ = groups(capsys, votes)
    assert "“2”不是表态 (只能是 1、0、-1 或空)" in out
    assert "“noon”不是时间 (要毫秒数" in out
    assert not {"\x1b", "\x00"} & set(out)


def test_no_groups_are_a_result_too(tmp_path, capsys):
    path = tmp_path / "votes.csv"
    path.write_text("comment-id,voter-id,vote\n0,1,1\n", encoding="utf-8")
    status, out, _ = groups(capsys, path, "--json")
    told = json.loads(out)
    assert (status, told["groups"]) == (0, [])
    assert told["why_none"]
    assert told["positions"][0]["group"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "没有文件"),
        ("", "认不出这个表头"),
        ("甲,乙\n1,2\n", "认不出这个表头"),
        ("comment-id,voter-id,vote\n", "没有一个表态"),
        ("comment-id,voter-id,vote\n0,1,yes\n", "没有一个表态；第 2 行 第 3 列 “yes”不是表态"),
        ("comment-id,voter-id,vote\n0,1,NaN\n", "“NaN”不是表态"),
        ('comment-id,voter-id,vote\n0,"1,1\n', "这一行缺列"),
        ("participant,树,草\n1,1,-1\n", "没有一列观点"),
    ],
)
def test_a_file_of_no_use_is_one_sentence(tmp_path, capsys, content, said):
    path = tmp_path / "votes.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    status, out, err = groups(capsys, path)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
