"""Files of pabulib (`.pb`): one vote on projects, with the outcome that was decided where known.

Three sections, META, PROJECTS and VOTES, each with a header line; values are separated by
semicolons. What can't be read is left out and said; what was good is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.connectors.pabulib_packed import unpacked
from gongzhi.connectors.pabulib_rows import Sections, sections_of
from gongzhi.connectors.pabulib_votes import ballots_of
from gongzhi.connectors.pabulib_words import amount, bad, cleaned
from gongzhi.core.balance.voting import BallotKind, Candidate, Election
from gongzhi.core.balance.voting.election import AMOUNT_MAX, PROJECTS_MAX
from gongzhi.core.terms import Problem, Said

NOT_SELECTED = frozenset(("", "0", "none", "false"))
WITH_OTHER_MONEY = frozenset(("2", "3"))
KINDS = {"scoring": BallotKind.CUMULATIVE, **{str(kind): kind for kind in BallotKind}}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pabulib:
    """A vote as its file has it; `official` is what was really funded, None where it isn't said.

    Those `with_other_money` were paid by money that the vote wasn't on.
    """

    election: Election
    meta: Mapping[str, str]
    official: tuple[str, ...] | None = None
    with_other_money: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PabulibRead:
    """What was read, None where nothing can be counted; the problems say what is left out."""

    vote: Pabulib | None
    problems: tuple[Problem, ...] = ()


def read_pabulib(content: bytes) -> PabulibRead:
    """Read a file, packed by gzip or xz or not."""
    plain = unpacked(content)
    if isinstance(plain, Problem):
        return PabulibRead(vote=None, problems=(plain,))
    problems: list[Problem] = []
    sections = sections_of(plain, problems)
    vote = None if sections is None else _vote(sections, problems)
    return PabulibRead(vote=vote, problems=tuple(problems))


def _vote(sections: Sections, problems: list[Problem]) -> Pabulib | None:
    budget = _budget(sections, problems)
    kind = _kind(sections, problems)
    candidates, selected = _candidates(sections, problems)
    if budget is None or kind is None:
        return None
    if not candidates:
        problems.append(
            bad(Said("没有可用的项目"), Said("PROJECTS 一节每行至少写 project_id 和 cost"))
        )
        return None
    counted = ballots_of(sections, [each.id for each in candidates], kind=kind, problems=problems)
    if counted is None:
        return None
    official = None
    if any(selected):
        official = tuple(
            each.id
            for each, mark in zip(candidates, selected, strict=True)
            if mark.lower() not in NOT_SELECTED
        )
    return Pabulib(
        election=Election(
            candidates=candidates,
            ballots=counted.merged,
            budget=budget,
            kind=kind,
            voters=counted.voters,
        ),
        meta=sections.meta,
        official=official,
        with_other_money=frozenset(
            each.id
            for each, mark in zip(candidates, selected, strict=True)
            if mark in WITH_OTHER_MONEY
        ),
    )


def _budget(sections: Sections, problems: list[Problem]) -> Fraction | None:
    text = sections.meta.get("budget", "")
    found = amount(text)
    hint = Said("请在 META 一节写 budget;金额，如 budget;500000")
    if not text:
        problems.append(bad(Said("没有写总预算"), hint))
    elif found is None or found > AMOUNT_MAX:
        problems.append(bad(Said("总预算“{text}”不是可用的金额", {"text": cleaned(text)}), hint))
        found = None
    elif found == 0:
        problems.append(bad(Said("总预算是 0，什么项目也资助不了"), hint))
    return found


def _kind(sections: Sections, problems: list[Problem]) -> BallotKind | None:
    text = sections.meta.get("vote_type", "").lower()
    kind = KINDS.get(text)
    if kind is None:
        named = ", ".join(KINDS)
        told = {"text": cleaned(text), "kinds": named}
        what = Said("没有这种选票：“{text}”", {**told})
        problems.append(bad(what, Said("vote_type 可以是 {kinds}", {**told})))
    return kind


def _candidates(
    sections: Sections, problems: list[Problem]
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    found: dict[str, Candidate] = {}
    selected: list[str] = []
    for line, row in sections.projects:
        made = _candidate(row, line, problems)
        if made is None:
            continue
        if made.id in found:
            what = Said("项目编号 {id} 重复，只算第一个", {"id": cleaned(made.id)})
            problems.append(bad(what, Said("请给每个项目不同的编号"), row=line))
            continue
        if len(found) == PROJECTS_MAX:
            what = Said("项目多于 {most} 个，后面的没有读", {"most": PROJECTS_MAX})
            problems.append(bad(what, Said("请分开计票"), row=line))
            break
        found[made.id] = made
        selected.append(row.get("selected", ""))
    return tuple(found.values()), tuple(selected)


def _candidate(row: Mapping[str, str], line: int, problems: list[Problem]) -> Candidate | None:
    code, text = row.get("project_id", ""), row.get("cost", "")
    cost = amount(text)
    if not code:
        problems.append(bad(Said("项目没有编号，没有算"), Said("请写 project_id"), row=line))
    elif cost is None or cost > AMOUNT_MAX:
        told = {"id": cleaned(code), "text": cleaned(text)}
        what = Said("项目 {id} 的费用“{text}”不是可用的金额，没有算", {**told})
        problems.append(bad(what, Said("费用写成不小于 0 的数字"), row=line))
    else:
        return Candidate(id=code, cost=cost, name=row.get("name", ""))
    return None


def written_pabulib(
    election: Election,
    *,
    meta: Mapping[str, str],
    selected: Iterable[str] | None = None,
) -> bytes:
    """The file of a vote; ballots are sorted by their content, so their order tells nothing."""
    taken = None if selected is None else frozenset(selected)
    facts = {
        "description": "",
        **meta,
        "num_projects": str(len(election.candidates)),
        "num_votes": str(election.voters),
        "budget": _plain(election.budget),
        "vote_type": str(election.kind),
    }
    if election.kind is BallotKind.ORDINAL and election.ballots.points is not None:
        longest = int(election.ballots.points.max(initial=1)) // election.ballots.scale
        facts["max_length"] = str(longest)
    lines = ["META", "key;value", *(_row((key, value)) for key, value in facts.items())]
    heads = ["project_id", "cost", "votes", "name"]
    lines += ["PROJECTS", ";".join(heads if taken is None else [*heads, "selected"])]
    for each, votes in zip(election.candidates, election.votes().tolist(), strict=True):
        row = [each.id, _plain(each.cost), str(votes), each.name]
        lines.append(_row(row if taken is None else [*row, str(int(each.id in taken))]))
    pointed = election.kind is BallotKind.CUMULATIVE
    lines += ["VOTES", "voter_id;vote;points" if pointed else "voter_id;vote"]
    rows = (row if pointed else row[:1] for row in _ballots(election))
    lines += [_row((str(at), *row)) for at, row in enumerate(rows, start=1)]
    return ("\n".join(lines) + "\n").encode()


def _ballots(election: Election) -> list[tuple[str, str]]:
    """Choices and points of every voter; blank ballots are blank."""
    ballots = election.ballots
    ids = [each.id for each in election.candidates]
    rows: list[tuple[str, str]] = []
    for at, count in enumerate(ballots.counts.tolist()):
        entries = slice(int(ballots.starts[at]), int(ballots.starts[at + 1]))
        places = ballots.places[entries].tolist()
        points = [ballots.scale] * len(places)
        if ballots.points is not None:
            points = ballots.points[entries].tolist()
        order = sorted(range(len(places)), key=lambda k: (-points[k], places[k]))
        choices = ",".join(ids[places[k]] for k in order)
        each = ",".join(_plain(Fraction(points[k], ballots.scale)) for k in order)
        rows += [(choices, each)] * count
    rows += [("", "")] * (election.voters - len(rows))
    return sorted(rows)


def _plain(number: Fraction) -> str:
    """A number with as many decimals as it has."""
    if number.denominator == 1:
        return str(number.numerator)
    digits = next((k for k in range(1, 7) if 10**k % number.denominator == 0), 6)
    whole, rest = divmod(round(abs(number) * 10**digits), 10**digits)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{digits}}"


def _row(values: Iterable[str]) -> str:
    return ";".join(_cell(value) for value in values)


def _cell(value: str) -> str:
    value = " ".join(value.split())
    return '"' + value.replace('"', '""') + '"' if ";" in value or '"' in value else value
