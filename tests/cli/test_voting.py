"""`gongzhi vote`: the count in words and as an object; what can't be used is said in a line."""

import json
from pathlib import Path

import pytest

from gongzhi.cli import files

SAMPLE = Path(__file__).parents[2] / "docs" / "tutorials" / "sample-vote.pb"
TINY = """META
key;value
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;selected
a;60;公园;1
b;40;路灯;1
c;30;书角;0
VOTES
voter_id;vote
1;a
2;a
3;a
4;a,b
5;b,c
6;c
"""


@pytest.fixture
def tiny(tmp_path):
    path = tmp_path / "tiny.pb"
    path.write_text(TINY, encoding="utf-8")
    return str(path)


def counted(capsys, *arguments):
    assert files.main(["vote", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_equal_shares_of_the_textbook_case(tiny, capsys):
    found = counted(capsys, tiny, "--completion", "none")
    assert found["selected"] == ["a", "c"]
    assert [each["price_exact"] for each in found["rounds"]] == ["15", "15"]
    assert [each["effective_votes"] for each in found["rounds"]] == [4, 2]
    assert (found["budget"], found["cost"], found["share"]) == (100, 90, pytest.approx(100 / 6))
    assert found["why"]["b"]["reason"] == "supporters_lack"
    assert found["why"]["b"]["lacked_money"] == pytest.approx(40 - 10 / 3, abs=0.01)


def test_keys_are_those_that_are_promised(tiny, capsys):
    found = counted(capsys, tiny)
    assert list(found)[:5] == ["rule", "utility", "completion", "stop", "tie_break"]
    assert {"budget", "cost", "selected", "rounds", "why"} <= set(found)
    assert found["rule"] == "equal-shares"
    assert (found["completion"], found["stop"], found["tie_break"]) == ("add1u", "overspend", "id")


@pytest.mark.parametrize(
    ("rule", "selected"),
    [
        ("greedy", ["a", "b"]),
        ("greedy-no-skip", ["a", "b"]),
        ("phragmen", ["a", "c"]),
        ("max-welfare", ["a", "b"]),
    ],
)
def test_every_rule_counts(rule, selected, tiny, capsys):
    found = counted(capsys, tiny, "--rule", rule)
    assert found["selected"] == selected
    assert (found["completion"], found["stop"]) == (None, None)


def test_a_threshold_keeps_out_what_has_fewer_votes(tiny, capsys):
    found = counted(capsys, tiny, "--rule", "greedy", "--threshold", "3")
    assert found["selected"] == ["a"]
    assert found["why"]["c"]["lacked_score"] == 1


def test_as_decided_counts_by_the_rule_of_the_file(tiny, capsys):
    found = counted(capsys, tiny, "--as-decided")
    assert found["official"]["same"]
    assert found["official"]["flags"] == "--rule greedy"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_is_explained_in_words(language, capsys, monkeypatch):
    monkeypatch.setenv("GONGZHI_LANG", language)
    assert files.main(["vote", str(SAMPLE), "--lang", language]) == 0
    printed = capsys.readouterr().out
    assert printed.count("●") + printed.count("○") == 10
    assert ("Equal Shares" if language == "en" else "均等份额") in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing.pb"],
        ["TINY", "--as-decided", "--rule", "greedy"],
        ["TINY", "--threshold", "-1"],
        ["TINY", "--rule", "dice"],
        ["."],
    ],
)
def test_what_cant_run_is_said_in_one_line(arguments, tiny, capsys):
    given = [tiny if each == "TINY" else each for each in arguments]
    assert files.main(["vote", *given]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


def test_a_file_that_is_no_vote_is_refused_with_what_to_do(tmp_path, capsys):
    path = tmp_path / "other.pb"
    path.write_text("nothing here", encoding="utf-8")
    assert files.main(["vote", str(path)]) == 2
    assert "META" in capsys.readouterr().err


def test_each_loser_says_how_many_votes_and_how_much_less_cost_would_have_been_enough(tiny, capsys):
    found = counted(capsys, tiny, "--rule", "greedy")
    lost = found["why"]["c"]
    assert found["selected"] == ["a", "b"]
    # b and c have two votes each, b comes first by its name; one more and c comes before it
    assert (lost["more_votes"], lost["less_cost"]) == (1, None)
    assert lost["only_edge"] == {"votes": True, "cost": True}
    assert found["why"]["a"]["more_votes"] is None
    assert "再有 1 人只选它就够" in lost["lacking"][0]
    shared = counted(capsys, tiny, "--completion", "none")["why"]["b"]
    assert shared["only_edge"] == {"votes": False, "cost": True}
    assert shared["more_votes"] == 1


def test_lacked_is_told_in_lines_too(tiny, capsys):
    assert files.main(["vote", tiny, "--rule", "greedy", "--lacked", "--lang", "en"]) == 0
    assert "1 more people who choose it alone" in capsys.readouterr().out
