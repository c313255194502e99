"""The files of Polis → a matrix of stances: votes.csv, participants-votes.csv and comments.csv.

Which of the two files of stances it is, is told by its head. A line that can't be read is a problem
with its place; the others count.
"""

import csv
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO

import numpy as np

from gongzhi.core.balance.opinions.asking import PEOPLE_MAX, STANCES_MAX, STATEMENTS_MAX
from gongzhi.core.balance.opinions.matrix import Places, StanceMatrix, matrix_of, natural
from gongzhi.core.terms import Problem, Said, Where

ENCODINGS = ("utf-8-sig", "gb18030")
MARKS_16 = (b"\xff\xfe", b"\xfe\xff")  # a file in UTF-16 begins with one of them
BETWEEN = (",", ";", "\t")
VOTER, COMMENT, VOTE, MOMENT = "voter-id", "comment-id", "vote", "timestamp"
PARTICIPANT, GROUP = "participant", "group-id"
MODERATED, BODY, OUT = "moderated", "comment-body", "-1"
STANCES = {"1": 1, "0": 0, "-1": -1}
FIELD_MAX, MOMENT_MAX = 1 << 20, 1 << 62
FILE = Where()
STANCE_HINT = Said("只能是 1、0、-1 或空")
MOMENT_HINT = Said("要毫秒数，或 2026-01-31 10:00 这样的时间")
LINE_HINT = Said("每行要与表头同样多的列")
WHO_HINT = Said("补上编号；宽表里一人一行")
HOW = Said(
    "要 Polis 的 votes.csv（timestamp, comment-id, voter-id, vote）或 participants-votes.csv"
)
HOW_MANY = Said("请拆开，或只取一部分")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The statements' words by their ids, and which were moderated out."""

    texts: Mapping[str, str]
    out: frozenset[str]


NO_COMMENTS = Comments(texts={}, out=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolisStances:
    """The matrix, the groups that the file states (by participant), and lines not read."""

    matrix: StanceMatrix
    stated: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Read:
    """What has been read so far."""

    participants: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    columns: "array[int]" = field(default_factory=lambda: array("q"))
    values: "array[int]" = field(default_factory=lambda: array("b"))
    moments: "array[int]" = field(default_factory=lambda: array("q"))
    stated: dict[str, str] = field(default_factory=dict)
    lines: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def take(self, participant: str, statement: str, value: int, *, moment: int = 0) -> None:
        """One stance more."""
        self.rows.append(self.participants.setdefault(participant, len(self.participants)))
        self.columns.append(self.statements.setdefault(statement, len(self.statements)))
        self.values.append(value)
        self.moments.append(moment)

    def refuse(self, row: int, column: int, what: Said, hint: Said = STANCE_HINT) -> None:
        """One line or cell that can't be read; columns count from 0 here, from 1 for readers."""
        where = Where(row=row, column=column + 1)
        self.problems.append(Problem(where=where, what=what, hint=hint))


def stances_in(content: bytes, *, out: frozenset[str] = frozenset()) -> PolisStances | Problem:
    """The stances in either of the two files; or what is wrong with it."""
    lines = _lines(content)
    if isinstance(lines, Problem):
        return lines
    head = list(map(_column, next(lines, [])))
    read = Read()
    found = _reader(head)
    if found is None:
        return Problem(where=FILE, what=Said("认不出这个表头"), hint=HOW)
    try:
        problem = found(head, lines, read)
    except csv.Error as error:
        told = {"error": str(error)}
        problem = Problem(where=FILE, what=Said("不是完好的 CSV：{error}", {**told}), hint=HOW)
    if problem is not None:
        return problem
    return PolisStances(
        matrix=_matrix(read, out=out), stated=read.stated, problems=tuple(read.problems)
    )


def comments_in(content: bytes) -> Comments | Problem:
    """The statements in comments.csv; or what is wrong with it."""
    lines = _lines(content)
    if isinstance(lines, Problem):
        return lines
    try:
        head = list(map(_column, next(lines, [])))
        if COMMENT not in head:
            what = Said("没有“{name}”这一列", {"name": COMMENT})
            return Problem(where=FILE, what=what, hint=Said("要 Polis 的 comments.csv"))
        rows = [dict(zip(head, line, strict=False)) for line in lines if line]
    except csv.Error as error:
        told = {"error": str(error)}
        return Problem(where=FILE, what=Said("不是完好的 CSV：{error}", {**told}), hint=HOW)
    return Comments(
        texts={row[COMMENT].strip(): row.get(BODY, "") for row in rows},
        out=frozenset(
            row[COMMENT].strip() for row in rows if row.get(MODERATED, "").strip() == OUT
        ),
    )


def _lines(content: bytes) -> Iterator[list[str]] | Problem:
    """The lines, whatever stands between their cells: what the first line has most of."""
    utf16 = content.startswith(MARKS_16)
    for encoding in ("utf-16",) if utf16 else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        csv.field_size_limit(FIELD_MAX)
        first = text.partition("\n")[0]
        return csv.reader(StringIO(text, newline=""), delimiter=max(BETWEEN, key=first.count))
    return Problem(where=FILE, what=Said("文字编码认不出"), hint=Said("请另存为 UTF-8"))


def _column(name: str) -> str:
    """The name of a column as Polis writes it: 「Comment ID」 and 「comment_id」 are comment-id."""
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


Reader = Callable[[Sequence[str], Iterator[list[str]], Read], Problem | None]


def _reader(head: Sequence[str]) -> Reader | None:
    if {VOTER, COMMENT, VOTE} <= set(head):
        return _votes
    return _participants if PARTICIPANT in head else None


def _votes(head: Sequence[str], lines: Iterator[list[str]], read: Read) -> Problem | None:
    """A line for each stance; the last by its moment counts, of two at once the later line."""
    who, what, vote = (head.index(name) for name in (VOTER, COMMENT, VOTE))
    when = head.index(MOMENT) if MOMENT in head else None
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
        if len(line) < len(head):
            read.refuse(number, len(line), Said("这一行缺列"), LINE_HINT)
            continue
        value = _stance(line[vote])
        moment = 0 if when is None else _moment(line[when])
        if value is None:
            told = {"text": line[vote][:20]}
            read.refuse(number, vote, Said("“{text}”不是表态", {**told}))
        elif moment is None:
            told = {"text": line[when or 0][:20]}
            read.refuse(number, when or 0, Said("“{text}”不是时间", {**told}), MOMENT_HINT)
        elif not line[who].strip() or not line[what].strip():
            read.refuse(number, what, Said("没有写是谁对哪条观点"), WHO_HINT)
        else:
            read.take(line[who].strip(), line[what].strip(), value, moment=moment)
        if problem := _too_much(read):
            return problem
    return None


def _participants(head: Sequence[str], lines: Iterator[list[str]], read: Read) -> Problem | None:
    """A line for each participant, a column for each statement (those with a number as head)."""
    who = head.index(PARTICIPANT)
    stated = head.index(GROUP) if GROUP in head else None
    asked = [(at, name) for at, name in enumerate(head) if name.isascii() and name.isdigit()]
    if not asked:
        return Problem(where=FILE, what=Said("没有一列观点"), hint=Said("观点的列以编号为表头"))
    twice = next((name for at, name in asked if head.index(name) != at), None)
    if twice is not None:
        told = {"name": twice}
        return Problem(where=FILE, what=Said("列“{name}”出现两次", {**told}), hint=HOW)
    for _, name in asked:
        read.statements.setdefault(name, len(read.statements))
    for number, line in enumerate(lines, start=2):
        name = line[who].strip() if who < len(line) else ""
        if name and name not in read.lines:
            read.lines.add(name)
            if stated is not None and stated < len(line) and line[stated].strip():
                read.stated[name] = line[stated].strip()
            _answers(name, number, line, asked, read)
        elif any(line):
            read.refuse(number, who, Said("参加者没有编号，或编号出现两次"), WHO_HINT)
        if problem := _too_much(read):
            return problem
    return None


def _answers(
    name: str, number: int, line: Sequence[str], asked: Sequence[tuple[int, str]], read: Read
) -> None:
    """The stances in a participant's line; an empty cell is none."""
    for at, statement in asked:
        if at < len(line) and line[at] and not line[at].isspace():
            value = _stance(line[at])
            if value is None:
                read.refuse(number, at, Said("“{text}”不是表态", {"text": line[at][:20]}))
            else:
                read.take(name, statement, value)


def _stance(text: str) -> int | None:
    """1, 0 or −1, also written with decimals; None where it is something else."""
    value = STANCES.get(text.strip())
    if value is not None:
        return value
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number in (1.0, 0.0, -1.0) else None


def _moment(text: str) -> int | None:
    """A moment in milliseconds: as a number, or as day and time; None where it is neither."""
    try:
        found = int(float(text)) if "." in text else int(text)
    except (ValueError, OverflowError):
        return _day_and_time(text)
    return found if abs(found) < MOMENT_MAX else None


def _day_and_time(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(known.timestamp() * 1000)


def _too_much(read: Read) -> Problem | None:
    for count, most in (
        (len(read.participants), PEOPLE_MAX),
        (len(read.statements), STATEMENTS_MAX),
        (len(read.rows), STANCES_MAX),
    ):
        if count > most:
            what = Said("太大：最多 {most}", {"most": most})
            return Problem(where=FILE, what=what, hint=HOW_MANY)
    return None


def _matrix(read: Read, *, out: frozenset[str]) -> StanceMatrix:
    """The matrix with participants and statements in their natural order."""
    people, row = _in_order(read.participants)
    statements, column = _in_order(read.statements)
    return matrix_of(
        people,
        statements,
        rows=row[np.frombuffer(read.rows, dtype=np.int64)],
        columns=column[np.frombuffer(read.columns, dtype=np.int64)],
        values=np.frombuffer(read.values, dtype=np.int8).astype(np.int64),
        moments=np.frombuffer(read.moments, dtype=np.int64),
        out=out,
    )


def _in_order(names: Mapping[str, int]) -> tuple[list[str], Places]:
    """The names in natural order, and the new place of each old number."""
    ordered = sorted(names, key=natural)
    place = np.empty(len(names), dtype=np.int64)
    for at, name in enumerate(ordered):
        place[names[name]] = at
    return ordered, place
