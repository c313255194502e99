"""An import as batches for COPY: facts that are new, each with its identity and fingerprint.

    importing = Importing(listing, mappings, known=known)
    for batch in importing:
        ...  # as_row(fact) of every fact into COPY, in one transaction
    summary = importing.result()
    # undo everything unless summary.is_accepted

Memory stays flat: a batch at a time, and 24 bytes for each identity that was met.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from gongzhi.connectors import mapping as layout
from gongzhi.connectors.applying import apply_mapping
from gongzhi.connectors.choosing import fitting_sheets
from gongzhi.connectors.sameness import Identity, Seen, fingerprint, identities
from gongzhi.connectors.summing import Import, Mode, Tally
from gongzhi.core.facts import Doubt, Fact
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Listing

BATCH_FACTS = 5000
Known: TypeAlias = Callable[[Sequence[str]], Mapping[str, str]]
Against: TypeAlias = Callable[[Fact], Problem | None]


class Changed(StrEnum):
    """What a fact is that says otherwise than an earlier import did under the same identity."""

    CONFLICT = "conflict"  # a problem: somebody must decide
    CORRECTION = "correction"  # a new fact that points to the one it corrects


@dataclass(slots=True)
class Batch:
    """Some new facts, in the order of the file, with what else was told on the way."""

    facts: list[Fact] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    fingerprints: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def nothing_known(identities: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG001 - as Known
    """For a first import: no fact was ever met."""
    return {}


class Importing:
    """A file on its way in; go through its batches once, then ask for the result.

    known tells, of some identities, the fingerprint under which each was imported last; against
    says what only the importing side can know against a fact, such as whose it is. sheets are those
    that are read, each with its mapping.
    """

    def __init__(
        self,
        listing: Listing,
        mappings: Sequence[layout.Mapping],
        *,
        known: Known = nothing_known,
        against: Against | None = None,
        changed: Changed = Changed.CONFLICT,
        mode: Mode = Mode.WHOLE,
    ) -> None:
        self.listing = listing
        self.sheets = tuple(fitting_sheets(listing, mappings))
        self.known = known
        self.against = against
        self.changed = changed
        self.tally = Tally(mode)
        self.seen = Seen()

    def __iter__(self) -> Iterator[Batch]:
        for note in self.listing.notes:
            self.tally.tell(_as_doubt(note))
        for sheet, mapping in self.sheets:
            lines = apply_mapping(sheet, mapping, file=self.listing.digest)
            yield from self._batches(lines, dict(identities(mapping)))

    def result(self) -> Import:
        """What came of it."""
        return self.tally.result()

    def _batches(
        self, lines: Iterable[Fact | Problem], known_by: Mapping[type[Fact], Identity]
    ) -> Iterator[Batch]:
        batch = Batch()
        for line in lines:
            if isinstance(line, Problem):
                self._tell(batch, line)
            elif self.against is not None and (problem := self.against(line)):
                self._tell(batch, problem)
            else:
                self._meet(batch, line, known_by[line.__class__])
            if len(batch.facts) >= BATCH_FACTS or len(batch.problems) >= BATCH_FACTS:
                yield self._new(batch)
                batch = Batch()
        yield self._new(batch)

    def _tell(self, batch: Batch, problem: Problem) -> None:
        batch.problems.append(problem)
        self.tally.tell(problem)

    def _meet(self, batch: Batch, fact: Fact, known_by: Identity) -> None:
        """Take the fact up, unless this file has said it before or says otherwise."""
        origin = fact.origin
        self.tally.see(origin.sheet, origin.row)
        identity = known_by.of(fact)
        nth = 1
        if known_by.by_line:
            nth = self.seen.count(identity) + 1
            if nth > 1:
                self._tell(batch, _equal_line(fact, nth))
        mark = fingerprint(fact, nth=nth)
        if known_by.by_line:
            identity = bytes.fromhex(mark)
        elif met := self.seen.meet(identity, int(mark[:16], 16), origin.row):
            row, same = met
            self.tally.counts["duplicates" if same else "conflicts"] += 1
            if not (same and known_by.in_passing):
                self._tell(batch, _duplicate(fact, row) if same else _conflict(fact, row))
            return
        batch.facts.append(fact)
        batch.identities.append(identity.hex())
        batch.fingerprints.append(mark)

    def _new(self, batch: Batch) -> Batch:
        """The batch without what earlier imports have brought."""
        known = self.known(batch.identities)
        kept = Batch(problems=batch.problems)
        for fact, identity, mark in zip(
            batch.facts, batch.identities, batch.fingerprints, strict=True
        ):
            before = known.get(identity) if known else None
            if before == mark:
                self.tally.counts["known"] += 1
                continue
            if before is not None:
                if self.changed is Changed.CONFLICT:
                    self.tally.counts["conflicts"] += 1
                    self._tell(kept, _changed(fact))
                    continue
                self.tally.counts["corrections"] += 1
                fact = fact._replace(corrects=before)
            self.tally.keep(fact)
            kept.facts.append(fact)
            kept.identities.append(identity)
            kept.fingerprints.append(mark)
        return kept


def _place(fact: Fact) -> Where:
    return Where(sheet=fact.origin.sheet or None, row=fact.origin.row)


def _duplicate(fact: Fact, row: int) -> Doubt:
    return Doubt(
        where=_place(fact),
        what=Said("与第 {row} 行完全相同", {"row": row}),
        hint=Said("只导入了一次；不需要处理"),
    )


def _equal_line(fact: Fact, nth: int) -> Doubt:
    return Doubt(
        where=_place(fact),
        what=Said("同一单据里完全相同的第 {nth} 行", {"nth": nth}),
        hint=Said("已按另一行保留；如果是重复，请在原系统删去"),
    )


def _conflict(fact: Fact, row: int) -> Problem:
    return Problem(
        where=_place(fact),
        what=Said("与第 {row} 行编号相同，内容不同", {"row": row}),
        hint=Said("请核对哪一行是对的；如果一个编号本来有多行，请在列对应里写 lines"),
    )


def _changed(fact: Fact) -> Problem:
    return Problem(
        where=_place(fact),
        what=Said("这个编号以前导入过，内容不同"),
        hint=Said("如果这是更正，请选择“按更正导入”；原来的记录仍会保留"),
    )


def _as_doubt(note: Problem) -> Doubt:
    return Doubt(where=note.where, what=note.what, hint=note.hint)
