"""Real statements and votes of Polis conversations, through our deeds and our sums.

Nine conversations (compdemocracy/openData, CC BY 4.0; data/opinions/README.md beside the archive).
"""

import csv
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from apps.forum.talks import citizen, topic
from gongzhi.core.participating.stances import Stance, Tally, why_no_statement
from gongzhi.core.privacy.masking import personal_in
from gongzhi.core.terms import Said
from gongzhi.forum.actions import topics
from gongzhi.forum.models import Statement
from gongzhi.forum.posts import why_not_public
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.topics import load_topics
from real_input import real_input

ARCHIVE = "opinions/polis_dev.tar.xz"
RULES = load_topics()[0]
CELLS = 122_595  # filled cells of the published matrices of these nine
STATEMENTS_DONE = 150  # what goes through the deed, unless the full numbers are asked for


@dataclass(frozen=True)
class Conversation:
    name: str
    comments: list[dict[str, str]]
    votes: list[dict[str, str]]
    matrix: list[dict[str, str]]


@pytest.fixture(scope="module")
def conversations() -> list[Conversation]:
    path = real_input(ARCHIVE)
    files: dict[str, dict[str, list[dict[str, str]]]] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            *_, name, file = ("", *member.name.split("/"))
            if member.isfile() and file.endswith(".csv"):
                text = io.TextIOWrapper(archive.extractfile(member), "utf-8", newline="")
                files.setdefault(name, {})[file] = list(csv.DictReader(text))
    return [
        Conversation(name, each["comments.csv"], each["votes.csv"], each["participants-votes.csv"])
        for name, each in sorted(files.items())
        if "votes.csv" in each
    ]


def texts(conversations: list[Conversation]) -> Iterator[str]:
    for each in conversations:
        yield from (" ".join(row["comment-body"].split()) for row in each.comments)


def test_the_last_vote_of_each_gives_the_published_matrices(conversations):
    """The tally of each statement, added to vote by vote, is that of the published matrix."""
    cells = 0
    for each in conversations:
        tallies: dict[str, Tally] = {}
        last: dict[tuple[str, str], Stance] = {}
        for vote in each.votes:
            statement, stance = vote["comment-id"], Stance(int(vote["vote"]))
            before = last.get((vote["voter-id"], statement))
            tally = tallies.get(statement, Tally())
            tallies[statement] = tally.plus(stance, instead_of=before)
            last[vote["voter-id"], statement] = stance
        for column in (name for name in each.matrix[0] if name.isdigit()):
            published = [int(float(row[column])) for row in each.matrix if row[column] != ""]
            ours = tallies.get(column, Tally())
            told = (published.count(1), published.count(-1), published.count(0))
            assert (ours.agree, ours.disagree, ours.passed) == told, (each.name, column)
            cells += len(published)
    assert cells == CELLS


def test_what_the_screening_finds_in_real_statements(conversations):
    """None of them tells a number or a name of a person: what is found would be a false alarm."""
    every = list(texts(conversations))
    assert len(every) > 1_000
    alarms = [text for text in every if personal_in(text)]
    assert alarms == []
    long = [text for text in every if why_no_statement(text, rules=RULES) is not None]
    assert len(long) / len(every) < 0.25  # Polis counts 140, some let more through


@pytest.mark.django_db
def test_real_statements_go_through_the_deed(unit, conversations, deep):
    asked = topic(unit)
    taken, refused = 0, 0
    by = None
    every = list(texts(conversations))
    for number, text in enumerate(every if deep else every[:: len(every) // STATEMENTS_DONE]):
        if number % RULES.statements_of_one == 0:
            by = citizen(1_000 + number)
        fault = refusal(by, asked, text)
        if fault is None:
            taken += 1
            continue
        refused += 1
        fits = why_no_statement(text, rules=RULES) is None and not why_not_public(text)
        assert not fits or Statement.objects.filter(topic=asked, text=text).exists()
    assert Statement.objects.filter(topic=asked).count() == taken > refused


def refusal(by, asked, text: str) -> Said | None:
    """Why a statement wasn't taken; None where it was."""
    try:
        topics.submit_statement(by=by, topic=asked, text=text)
    except Unsuitable as unsuitable:
        return unsuitable.faults["text"]
    return None
