"""The files of Polis: both kinds of stances, published matrices and groups, and what is wrong."""

import csv
import io
import tarfile
from dataclasses import dataclass, replace

import numpy as np
import pytest

from gongzhi.connectors.polis import Comments, PolisStances, comments_in, stances_in
from gongzhi.core.balance.opinions.clustering import agreement
from gongzhi.core.balance.opinions.facts import facts_among
from gongzhi.core.balance.opinions.finding import find_groups
from gongzhi.core.terms import Problem
from gongzhi.rules.balance.facts import load_fact_rules
from gongzhi.rules.balance.groups import load_group_rules
from real_input import real_input

ARCHIVE = "opinions/polis_dev.tar.xz"
RULES = load_group_rules()[0]
# Published groups that are found again; docs/reference/groups.md says why the other four aren't:
# Polis made them when it took what nobody said for a pass, or from who came when.
FOUND_AGAIN = (
    "15-per-hour-seattle",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "brexit-consensus",
    "canadian-electoral-reform",
    "london.youth.policing",
)


@dataclass(frozen=True)
class Conversation:
    files: dict[str, bytes]

    def comments(self) -> Comments:
        return usable(comments_in(self.files["comments.csv"]))

    def stances(self, name: str) -> PolisStances:
        comments = self.comments()
        facts = facts_among(comments.texts, rules=load_fact_rules()[0])
        return usable(stances_in(self.files[name], out=comments.out | facts))


def usable(found):
    assert not isinstance(found, Problem), found
    return found


@pytest.fixture(scope="module")
def conversations() -> dict[str, Conversation]:
    files: dict[str, dict[str, bytes]] = {}
    with tarfile.open(real_input(ARCHIVE)) as archive:
        for member in archive:
            *_, name, file = ("", *member.name.split("/"))
            if member.isfile() and file.endswith(".csv"):
                files.setdefault(name, {})[file] = archive.extractfile(member).read()
    return {name: Conversation(each) for name, each in files.items()}


def cells(read: PolisStances) -> dict[tuple[str, str], int]:
    matrix = read.matrix
    return {
        (matrix.participants[row], matrix.statements[column]): int(value)
        for row, column, value in zip(matrix.rows, matrix.columns, matrix.values, strict=True)
    }


def test_the_last_votes_are_the_published_matrices(conversations):
    for name, each in conversations.items():
        votes = cells(each.stances("votes.csv"))
        published = cells(each.stances("participants-votes.csv"))
        assert votes.items() >= published.items(), name
        missing = {statement for _, statement in votes.keys() - published.keys()}
        head = each.files["participants-votes.csv"].splitlines()[0].decode().split(",")
        assert missing.isdisjoint(head), f"{name}: only columns that weren't published"


@pytest.mark.parametrize("name", FOUND_AGAIN)
def test_published_groups_are_found_again(conversations, name):
    read = conversations[name].stances("participants-votes.csv")
    result = find_groups(read.matrix, rules=RULES)
    names = [result.matrix.participants[row] for row in result.inside]
    both = [(each, group) for each, group in zip(names, result.group, strict=True)
            if each in read.stated]  # fmt: skip
    stated = np.array([int(read.stated[each]) for each, _ in both])
    assert len(both) >= 0.95 * len(read.stated)
    assert agreement(stated, np.array([group for _, group in both])) >= 0.8


def test_every_real_conversation_has_a_result_that_can_be_read(conversations):
    for name, each in conversations.items():
        result = find_groups(each.stances("votes.csv").matrix, rules=replace(RULES, resamples=1))
        assert len(result.groups) in (0, 2, 3, 4, 5), name
        assert all(group.size >= RULES.members_least for group in result.groups), name
        assert all(group.representative for group in result.groups), name


HEAD = "timestamp,comment-id,voter-id,vote\n"
WIDE = "participant,group-id,n-votes,0,1\n"


def told(text: str) -> PolisStances:
    return usable(stances_in(text.encode()))


def test_the_head_tells_which_file_it_is():
    long = told(HEAD + "1,0,7,1\n2,1,7,-1\n3,0,8,0\n")
    wide = told(WIDE + "7,,2,1,-1\n8,,1,0,\n")
    assert cells(long) == cells(wide) == {("7", "0"): 1, ("7", "1"): -1, ("8", "0"): 0}


def test_the_later_moment_counts_wherever_it_stands():
    assert cells(told(HEAD + "9,0,7,-1\n1,0,7,1\n")) == {("7", "0"): -1}
    assert cells(told(HEAD + "1,0,7,-1\n1,0,7,1\n")) == {("7", "0"): 1}


def test_groups_that_the_file_states_are_kept():
    assert told(WIDE + "7,1,2,1,-1\n8,,1,0,\n").stated == {"7": "1"}


def test_a_line_that_cannot_be_read_has_its_place_and_the_others_count():
    read = told(HEAD + "1,0,7,1\n2,1,7,maybe\nnoon,1,7,1\n3,1\n4,1,,1\n5,1,8,NaN\n6,1,8,-1.0\n")
    assert cells(read) == {("7", "0"): 1, ("8", "1"): -1}
    assert [each.where.row for each in read.problems] == [3, 4, 5, 6, 7]
    assert [each.where.column for each in read.problems] == [4, 1, 3, 2, 4]


def test_a_participant_who_stands_twice_counts_once():
    read = told(WIDE + "7,,2,1,-1\n7,,1,0,\n,,,1,1\n9,,1,2,1\n")
    assert cells(read) == {("7", "0"): 1, ("7", "1"): -1, ("9", "1"): 1}
    assert [each.where.row for each in read.problems] == [3, 4, 5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"a,b,c\n1,2,3\n",
        b"participant,0,0\n1,1,1\n",
        "议题,态度\n".encode("gb18030"),
        b"\xff\xff\xff",
        b'participant,0\n"' + b"x" * (1 << 21),
    ],
)
def test_a_file_that_is_none_of_them_is_one_problem(content):
    assert isinstance(stances_in(content), Problem)


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + "1,0,7,1\n2,1,7,-1\n").encode("utf-8-sig"),
        (HEAD + "1,0,7,1\n2,1,7,-1\n").replace("\n", "\r\n").encode(),
        (HEAD + "1,0,7,1\n2,1,7,-1\n").replace("\n", "\r").encode(),
        (HEAD + "1,0,7,1\n2,1,7,-1\n").replace(",", ";").encode(),
        (HEAD + "1,0,7,1\n2,1,7,-1\n").replace(",", "\t").encode("utf-16"),
        b" Timestamp ,Comment ID,VOTER_ID,Vote\n1,0,7,1\n2,1,7,-1\n",
        (HEAD + "2026-01-02,0,7,1\n2026-01-01 08:00,0,7,0\n3,1,7,-1\n").encode(),
        (HEAD + "1,0,7,1\n" + HEAD + "2,1,7,-1\n").encode(),
    ],
)
def test_however_a_table_was_saved_it_is_read(content):
    assert cells(usable(stances_in(content))) == {("7", "0"): 1, ("7", "1"): -1}


def test_names_in_gb18030_are_read():
    read = usable(stances_in((HEAD + "1,0,张三,1\n").encode("gb18030")))
    assert cells(read) == {("张三", "0"): 1}


def test_comments_say_which_statements_were_moderated_out():
    comments = usable(
        comments_in('comment-id,moderated,comment-body\n0,1,"一,二"\n1,-1,x\n'.encode())
    )
    assert comments.texts == {"0": "一,二", "1": "x"}
    assert comments.out == {"1"}
    assert isinstance(comments_in(b"moderated\n"), Problem)


def test_numbers_come_before_names_and_in_their_size():
    read = told(HEAD + "".join(f"1,{each},p,1\n" for each in ("10", "9", "b", "a")))
    assert read.matrix.statements == ("9", "10", "a", "b")


def test_what_is_written_is_read_again():
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("comment-id", "voter-id", "vote"), (0, "甲", 1), (0, "乙", -1)])
    assert cells(told(text.getvalue())) == {("乙", "0"): -1, ("甲", "0"): 1}
