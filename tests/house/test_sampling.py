"""An ordinary run takes a part of each sweep, and in the end every part (docs/howto/develop.md)."""

import subprocess
from pathlib import Path

import pytest

import turns
from machine import REPOSITORY
from sampling import Sample, lasting, word_of_commit
from turns import LONG, ROOMS, SWEEPS, has_turn

NAMES = [f"page {number}" for number in range(300)]
WORDS = [f"commit {number}" for number in range(40)]


def test_a_word_takes_the_same_part_each_time_and_about_one_of_so_many():
    for word in WORDS:
        taken = [name for name in NAMES if Sample(word).takes(name, one_of=3)]
        assert taken == [name for name in NAMES if Sample(word).takes(name, one_of=3)]
        assert 60 <= len(taken) <= 140


def test_other_words_come_to_everything():
    for name in NAMES:
        turns = sum(Sample(word).takes(name, one_of=3) for word in WORDS)
        assert 0 < turns < len(WORDS)


def test_the_full_numbers_are_everything():
    assert all(Sample("any", whole=True).takes(name, one_of=3) for name in NAMES)


def test_what_each_run_makes_anew_has_no_say():
    assert lasting("/goals/01a21bbc-cf54-7fbe-b926-d80385f9151c/submit/") == "/goals/…/submit/"


def test_the_word_is_one_word():
    assert word_of_commit().isalnum()


def turns_of(nodeid: str) -> int:
    return sum(has_turn(nodeid, sample=Sample(word)) for word in WORDS)


def test_at_each_commit_one_row_of_the_long_files_has_its_turn():
    for word in WORDS:
        rows = [
            {has_turn(f"{file}::test_it", sample=Sample(word)) for file in files} for files in LONG
        ]
        assert sorted(map(sorted, rows)) == [[False]] * (len(LONG) - 1) + [[True]]
    assert all(0 < turns_of(f"{file}::test_it") < len(WORDS) for files in LONG for file in files)


def test_what_guards_secrets_and_what_reckons_always_runs():
    for nodeid in (
        "tests/apps/web/test_gates.py::test_s36_odd_input[x]",
        "tests/apps/web/test_forms_sent.py::test_s04_s05_r05_a_form",
        "tests/apps/cycle/test_any.py::test_r10_s06_s67_whatever_is_tried",
        "tests/core/results/test_money.py::test_sums",
        "tests/spec/test_results.py::test_a_case",
    ):
        assert turns_of(nodeid) == len(WORDS)


def test_the_rest_comes_round_and_runs_where_it_was_touched():
    for nodeid in (
        "tests/apps/web/test_goal_pages.py::test_partners",
        "tests/journeys/test_every_page.py::test_w01_s33_a_page_is_whole[home]",
        "tests/papers/test_record.py::test_a_record",
    ):
        assert 0 < turns_of(nodeid) < len(WORDS)
        touched = {nodeid.split("::", 1)[0]}
        assert all(has_turn(nodeid, sample=Sample(word), touched=touched) for word in WORDS)


def test_every_file_that_has_turns_is_there():
    files = {file for row in LONG for file in row} | SWEEPS.keys() | ROOMS.keys()
    assert [each for each in files if not (REPOSITORY / each).exists()] == []


def test_what_a_commit_touched_is_asked_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "REPOSITORY", tmp_path)
    assert turns.touched_by("HEAD") == frozenset(), "nothing where there is no repository"
    git(tmp_path, "init", "--quiet")
    for name in ("first", "second"):
        (tmp_path / name).touch()
        git(tmp_path, "add", name)
        git(tmp_path, "commit", "--quiet", "--message", name)
    (tmp_path / "third").touch()
    assert turns.touched_by("HEAD") == {"second", "third"}
    assert turns.touched_by("no commit") == {"third"}


def git(folder: Path, *words: str) -> None:
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *named, *words], check=True)
