"""Paper ballots: numbered for a voter on the roll, keyed in by two people who don't see each other.

What is keyed in is kept nowhere but in the sealed ballot; of the first keying only a keyed digest
stays, to compare. Where the two differ a third looks at the paper, and has to agree with one.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.voting import Way
from gongzhi.core.terms import Said
from gongzhi.forum import ballot_box
from gongzhi.forum.actions.ballots import fitting_choice
from gongzhi.forum.actions.voting_rolls import (
    LINES_MAX,
    entries_of,
    entries_of_same,
    names_of,
)
from gongzhi.forum.models import BallotKeying, BallotPaper, RollEntry, Vote
from gongzhi.forum.own import person_of
from gongzhi.forum.paper_numbers import numbers_for
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

NOBODY = Said("名册上没有还没印纸质选票的人")
NOT_ON_ROLL = Said("第 {line} 行不在名册上，或者已经印过纸质选票")
TOO_MANY = Said("一次最多 {most} 行")
NO_PAPER = Said("没有编号为 {number} 的选票")
COUNTED = Said("编号 {number} 已经计入")
KEYED_ALREADY = Said("编号 {number} 您已经录入过；由另一个人再录入")
NO_AGREEMENT = Said("和前两次都不一致，请对照原件再录入")


def issue_ballot_papers(
    *, by: Member, vote: Vote, lines: Sequence[str] = (), key: str | None = None
) -> int:
    """Number papers: for all voters known by a paper alone, and for these on the roll."""
    with act(by, "issue_ballot_papers", on=vote, key=key) as record:
        if len(lines) > LINES_MAX:
            raise Unsuitable({"lines": Said(TOO_MANY.text, {"most": LINES_MAX})})
        without = RollEntry.objects.standing().filter(vote=vote, paper=None)
        entries = [*without.filter(who=""), *_named(vote, lines)]
        if not entries:
            raise Unsuitable({"lines": NOBODY})
        numbers = numbers_for(vote.papers.all(), count=len(entries))
        papers = zip(entries, numbers, strict=True)
        BallotPaper.objects.bulk_create(
            [BallotPaper(vote=vote, entry=entry, number=number) for entry, number in papers]
        )
        record["count"] = len(entries)
    return len(entries)


def _named(vote: Vote, lines: Sequence[str]) -> list[RollEntry]:
    found: dict[UUID, RollEntry] = {}
    for line, text in enumerate(lines, start=1):
        entry = entries_of(vote, names_of(text)).filter(paper=None).first()
        if entry is None or entry.pk in found:
            raise Unsuitable({"lines": Said(NOT_ON_ROLL.text, {"line": line})})
        found[entry.pk] = entry
    return list(found.values())


def key_ballot_paper(
    *, by: Member, vote: Vote, number: str, given: Mapping[int, str], key: str | None = None
) -> BallotPaper:
    """Key a paper in; once two people agree it goes into the box, and replaces what was there."""
    with act(by, "key_ballot_paper", on=vote, key=key) as record:
        listed = vote.listed()
        choice = fitting_choice(vote, given, listed)
        paper = _held(vote, number)
        before = list(paper.keyings.order_by("position"))
        if any(each.person_id == person_of(by) for each in before):
            raise Unsuitable({"number": Said(KEYED_ALREADY.text, {"number": paper.number})})
        same = ballot_box.keyed_digest(paper, choice, key=ballot_box.voter_key(vote))
        agrees = any(each.digest == same for each in before)
        if paper.stage == BallotPaper.Stage.DIFFERS and not agrees:
            raise Unsuitable({"": NO_AGREEMENT})
        BallotKeying.objects.create(
            paper=paper,
            position=len(before) + 1,
            person_id=person_of(by),
            digest=same,
            keyed_on=record.business_date,
        )
        paper.stage = _stage_of(is_first=not before, agrees=agrees)
        paper.save(update_fields=["stage"])
        if agrees:
            voter = ballot_box.known_voter(vote, list(entries_of_same(paper.entry)))
            ballot_box.put(vote, choice, voter=voter, way=Way.PAPER, projects=len(listed))
        record["paper_number"] = paper.number
        record["keyed"] = str(paper.stage)
    return paper


def _held(vote: Vote, number: str) -> BallotPaper:
    """The paper, with its voter's row of the roll held: online ones of theirs wait."""
    named = number.strip()
    found: BallotPaper | None = vote.papers.filter(number=named).first()
    if found is None or not RollEntry.objects.standing().filter(pk=found.entry_id).exists():
        raise Unsuitable({"number": Said(NO_PAPER.text, {"number": named})})
    list(entries_of_same(found.entry).select_for_update(of=["self"]))
    found.refresh_from_db()
    if found.stage == BallotPaper.Stage.AGREED:
        raise Unsuitable({"number": Said(COUNTED.text, {"number": named})})
    return found


def _stage_of(*, is_first: bool, agrees: bool) -> BallotPaper.Stage:
    """How far a paper is with one keying more."""
    if is_first:
        return BallotPaper.Stage.KEYED
    return BallotPaper.Stage.AGREED if agrees else BallotPaper.Stage.DIFFERS
