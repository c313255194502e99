"""Pabulib files: every kind of ballot, packed or not; what is wrong is said, the good kept."""

import gzip
import lzma
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.balance.voting.elections import elections
from gongzhi.connectors.pabulib import read_pabulib, written_pabulib
from gongzhi.connectors.pabulib_official import compared, flags_of, official_method
from gongzhi.core.balance.voting import BallotKind, Completion, Reason, count, method_for
from gongzhi.words import say

HEAD = "META\nkey;value\nbudget;100\nvote_type;approval\n"
PROJECTS = "PROJECTS\nproject_id;cost;name;selected\na;60;A;1\nb;40;B;0\nc;30;C;1\n"
VOTES = "VOTES\nvoter_id;vote\n1;a\n2;a\n3;a\n4;a,b\n5;b,c\n6;c\n"
GOOD = HEAD + PROJECTS + VOTES


def read(text):
    return read_pabulib(text.encode())


def said(found):
    assert all(say(each.what, "en") and say(each.hint, "en") for each in found.problems)
    return [say(each.what, "zh") for each in found.problems]


@pytest.mark.parametrize(
    "packed", [bytes, gzip.compress, lzma.compress, lambda plain: b"\xef\xbb\xbf" + plain]
)
def test_a_file_is_read_packed_or_not_with_a_mark_or_not(packed):
    found = read_pabulib(packed(GOOD.encode()))
    election = found.vote.election
    assert (found.problems, election.voters, election.budget) == ((), 6, 100)
    assert [int(each) for each in election.votes()] == [4, 2, 2]
    assert found.vote.official == ("a", "c")


def test_windows_lines_quotes_and_columns_in_another_order_are_read():
    projects = 'PROJECTS\r\nname;cost;project_id\r\n"A;\r\n""good""";60,50;a\r\n'
    found = read(HEAD.replace("\n", "\r\n") + projects + "VOTES\r\nvote;voter_id\r\na;1\r\n")
    (only,) = found.vote.election.candidates
    assert (only.cost, only.id) == (Fraction(121, 2), "a")
    assert only.name.startswith("A;")
    assert found.vote.official is None


@pytest.mark.parametrize(
    ("kind", "ballot", "scores"),
    [
        ("approval", "a,c", [1, 0, 1]),
        ("choose-1", "b", [0, 1, 0]),
        ("ordinal", "c,a", [2, 0, 3]),
        ("cumulative", "c,a;2,0.5", [1, 0, 4]),
    ],
)
def test_every_kind_of_ballot_is_read(kind, ballot, scores):
    head = HEAD.replace("approval", kind)
    found = read(head + PROJECTS + f"VOTES\nvoter_id;vote;points\n1;{ballot}\n")
    assert found.problems == ()
    assert found.vote.election.scores().tolist() == scores
    assert found.vote.election.ballots.scale == (2 if "." in ballot else 1)


def test_what_is_wrong_is_said_and_what_is_good_is_kept():
    projects = PROJECTS + "a;1;again;0\nd;-5;D;0\ne;NaN;E;0\n;3;nameless;0\nf;1e999;F;0\n"
    found = read(HEAD + projects + VOTES + "7;zzz,a\n8;a,a\n9;\n10\n")
    assert said(found) == [
        "项目编号 a 重复，只算第一个",
        "项目 d 的费用“-5”不是可用的金额，没有算",
        "项目 e 的费用“NaN”不是可用的金额，没有算",
        "项目没有编号，没有算",
        "项目 f 的费用“1e999”不是可用的金额，没有算",
        "选票上有不存在的项目 zzz：1 张，从第 23 行起；这个选择没有算",
        "同一张选票上重复选了项目：1 张，从第 24 行起；只算一次",
    ]
    assert found.vote.election.voters == 10
    assert found.vote.election.votes().tolist() == [6, 2, 2]


def test_a_voter_who_comes_twice_and_a_file_cut_short_are_said():
    announced = HEAD.replace("budget;100", "budget;100\nnum_votes;9\nnum_projects;4")
    votes = "VOTES\nvoter_id;vote\n1;a\n2;a\n1;b\n;c\n;c\n"
    found = read(announced + PROJECTS + votes)
    assert said(found) == [
        "投票人编号重复：1 张；每一张都算了",
        "META 写着 num_votes;9，文件里有 5 行",
        "META 写着 num_projects;4，文件里有 3 行",
    ]
    assert found.vote.election.voters == 5


@pytest.mark.parametrize("points", ["1", "1,-1", "1,x", "1,NaN", "1,1e300", ""])
def test_a_ballot_with_bad_points_is_not_counted(points):
    head = HEAD.replace("approval", "cumulative")
    votes = f"VOTES\nvoter_id;vote;points\n1;a,b;{points}\n2;c;1\n"
    found = read(head + PROJECTS + votes)
    assert len(found.problems) == 1
    assert found.vote.election.voters == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "缺少 META, PROJECTS, VOTES 一节"),
        (HEAD + PROJECTS, "缺少 VOTES 一节"),
        (GOOD.replace("budget;100", "budget;"), "没有写总预算"),
        (GOOD.replace("budget;100", "budget;-1"), "总预算“-1”不是可用的金额"),
        (GOOD.replace("budget;100", "budget;nan"), "总预算“nan”不是可用的金额"),
        (GOOD.replace("approval", "guess"), "没有这种选票：“guess”"),
        (GOOD.replace("cost", "price"), "没有可用的项目"),
        (GOOD.replace("voter_id;vote", "voter_id;choice"), "VOTES 一节没有 vote 列"),
    ],
)
def test_what_cant_be_counted_is_refused_in_a_sentence(text, what):
    found = read(text)
    assert found.vote is None
    assert what in said(found)


@pytest.mark.parametrize("bytes_", [b"\x1f\x8b broken", b"\xfd7zXZ\x00 broken", b"\x00\x01\x02PK"])
def test_what_is_no_text_is_refused(bytes_):
    found = read_pabulib(bytes_)
    assert found.vote is None
    assert len(found.problems) == 1


@pytest.mark.parametrize("votes", ["VOTES\nvoter_id;vote\n", "VOTES\nvoter_id;vote\n1;\n2;none\n"])
def test_without_a_choice_nothing_is_funded(votes):
    found = read(HEAD + PROJECTS + votes)
    outcome = count(found.vote.election, method_for(BallotKind.APPROVAL))
    assert outcome.selected == ()
    assert {why.reason for why in outcome.why.values()} == {Reason.NOBODY_CHOSE}


def test_a_budget_of_nothing_funds_nothing():
    found = read(GOOD.replace("budget;100", "budget;0"))
    assert said(found) == ["总预算是 0，什么项目也资助不了"]
    assert count(found.vote.election, method_for(BallotKind.APPROVAL)).selected == ()


def test_one_voter_gets_what_the_budget_pays():
    found = read(HEAD + PROJECTS + "VOTES\nvoter_id;vote\n1;a,b,c\n")
    assert count(found.vote.election, method_for(BallotKind.APPROVAL)).selected == ("a", "b")


@pytest.mark.parametrize(
    ("rule", "flags"),
    [
        ("greedy", "--rule greedy"),
        ("greedy-no-skip", "--rule greedy-no-skip"),
        ("greedy-custom", "--rule greedy-no-skip"),
        ("greedy-threshold", "--rule greedy --threshold 50"),
        ("equalshares/add1", "--rule equal-shares --completion add1 --stop overspend"),
        ("equalshares", "--rule equal-shares --completion none"),
    ],
)
def test_rules_of_files_stand_for_exact_flags(rule, flags):
    meta = {"rule": rule}
    if "threshold" in rule:
        meta["min_project_score_threshold"] = "50"
    assert " ".join(flags_of(official_method(meta, BallotKind.APPROVAL))) == flags
    assert official_method({"rule": "unknown"}, BallotKind.APPROVAL) is None


def test_projects_paid_by_other_money_neednt_be_in_ours():
    text = GOOD.replace("c;30;C;1", "c;30;C;3").replace("b;40;B;0", "b;40;B;1")
    vote = read(text.replace("budget;100", "budget;100\nrule;greedy")).vote
    beside = compared(vote, count(vote.election, official_method(vote.meta, BallotKind.APPROVAL)))
    assert beside.same
    assert (beside.only_official, beside.with_other_money) == (("c",), ("c",))


@given(elections())
@settings(max_examples=100, deadline=None)
def test_s60_what_is_written_is_read_again_and_counts_alike(election):
    again = read_pabulib(written_pabulib(election, meta={"description": "x;y"}, selected=("a",)))
    assert again.problems == () or election.voters == 0
    assert again.vote.election.votes().tolist() == election.votes().tolist()
    for completion in (Completion.NONE, Completion.ADD1U):
        method = method_for(election.kind, completion=completion)
        assert count(again.vote.election, method).selected == count(election, method).selected
    assert written_pabulib(again.vote.election, meta=again.vote.meta)


@given(st.text(alphabet="METAPROJCSVmetaprojecsv;,\n\"'0123456789.-\x00é中", max_size=300))
@settings(max_examples=300, deadline=None)
def test_whatever_is_given_is_answered(text):
    found = read_pabulib((GOOD + text).encode())
    assert found.vote is not None or found.problems
    assert read_pabulib(text.encode()).vote is None
