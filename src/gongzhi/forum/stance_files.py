"""The stances of a topic as files, in the form of Polis, for whoever computes groups: never who.

Participants have numbers in an order that chance chose anew for this file, and statements those of
their order; there are no moments and no authors. Hidden and withdrawn statements are left out.
"""

import csv
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from uuid import UUID

from gongzhi.core.balance.opinions.matrix import StanceMatrix
from gongzhi.core.participating.stances import Stance as StanceValue
from gongzhi.forum.models import Stance, Statement, Topic
from gongzhi.forum.tallies import tallies_of
from gongzhi.forum.topic_lists import standing

COMMENTS, VOTES = "comments.csv", "participants-votes.csv"
COMMENT_COLUMNS = ("comment-id", "agrees", "disagrees", "moderated", "comment-body")
PARTICIPANT_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
SHOWN = 1  # how Polis writes that a comment was let through


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceFiles:
    """The files by name, and how many participants there are in them."""

    files: Mapping[str, bytes]
    participants: int


def stance_files(topic: Topic) -> StanceFiles:
    """The statements with their tallies, and a row of stances for each participant."""
    shown = standing(topic)
    statements = list(shown.order_by("pk"))
    column = {statement.pk: number for number, statement in enumerate(statements)}
    rows: dict[UUID, dict[int, int]] = {}
    taken = Stance.objects.filter(statement__in=shown).values_list("statement_id", "who", "value")
    for statement, who, value in taken.iterator():
        if statement in column:
            rows.setdefault(who, {})[column[statement]] = value
    shuffled = list(rows.values())
    secrets.SystemRandom().shuffle(shuffled)
    return StanceFiles(
        files={COMMENTS: _comments(statements), VOTES: _votes(shuffled, width=len(statements))},
        participants=len(shuffled),
    )


def matrix_file(matrix: StanceMatrix) -> bytes:
    """The stances of a matrix, a row for each participant: the file that anybody computes with."""
    columns, values = matrix.columns.tolist(), matrix.values.tolist()
    rows = [
        dict(zip(columns[start:stop], values[start:stop], strict=True))
        for start, stop in pairwise(matrix.starts.tolist())
    ]
    return _votes(rows, width=len(matrix.statements))


def comments_file(topic: Topic, keys: Sequence[str]) -> bytes:
    """The words of statements in the order of a matrix; those not shown any more have none."""
    shown = {str(each.pk): each for each in standing(topic)}
    return _comments([shown.get(key) for key in keys])


def _comments(statements: Sequence[Statement | None]) -> bytes:
    tallies = tallies_of([each.pk for each in statements if each is not None])

    def line(number: int, each: Statement | None) -> tuple[object, ...]:
        if each is None:
            return (number, "", "", SHOWN, "")
        tally = tallies[each.pk]
        return (number, tally.agree, tally.disagree, SHOWN, each.text)

    return _written(COMMENT_COLUMNS, (line(number, each) for number, each in enumerate(statements)))


def _votes(rows: list[dict[int, int]], *, width: int) -> bytes:
    def line(number: int, row: Mapping[int, int]) -> tuple[object, ...]:
        values = list(row.values())
        sums = (values.count(StanceValue.AGREE), values.count(StanceValue.DISAGREE))
        # How many comments a participant wrote would tell who it is: none is ever stated.
        return (number, "", 0, len(values), *sums, *(row.get(at, "") for at in range(width)))

    columns = (*PARTICIPANT_COLUMNS, *map(str, range(width)))
    return _written(columns, (line(number, row) for number, row in enumerate(rows)))


def _written(columns: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue().encode()
