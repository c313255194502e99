"""A file tried without keeping anything: which layout it has, which facts, what is wrong."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongzhi.connectors import mapping as layout
from gongzhi.connectors.applying import first_rows, header_of
from gongzhi.connectors.doubting import titled
from gongzhi.connectors.guessing import SAMPLE_ROWS, Guess, guess_mapping, lacking
from gongzhi.connectors.headers import columns_named, headers_of
from gongzhi.connectors.importing import Against, Changed, Importing, Known, nothing_known
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.resolving import resolved
from gongzhi.connectors.row_kinds import is_revenue
from gongzhi.connectors.sources import recognised
from gongzhi.connectors.summing import Import, Mode
from gongzhi.core.facts import Doubt, Fact
from gongzhi.core.terms import Money, Problem, Said, SaidValues, Where
from gongzhi.intake.kinds import Kind
from gongzhi.intake.listing import Listing, Sheet
from gongzhi.rules.columns import load_fact_rules, load_words

EXAMPLES_MAX = 5
TITLE_ROWS = 4
BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]\s*")

ANY_ORDER = Problem(
    where=Where(),
    what=Said("日期看不出是日在前还是月在前，没有导入"),
    hint=Said("请看清以后加 --order dmy（日在前）或 --order mdy（月在前）"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody says of a file: its mapping or kind of fact, values, the total, the mode.

    order is that of day, month and year, for a layout that is guessed.
    """

    mapping: layout.Mapping | None = None
    kind: str = ""
    given: Mapping[str, str] | None = None
    order: str = ""
    stated: Money | None = None
    mode: Mode = Mode.WHOLE
    changed: Changed = Changed.CONFLICT
    known: Known = nothing_known
    against: Against | None = None
    saved: Sequence[layout.Mapping] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of it: the mappings used, whether one was guessed, the summary, some facts.

    unread names the columns that the mappings don't read.
    """

    name: str
    digest: str = ""
    mappings: tuple[layout.Mapping, ...] = ()
    guess: Guess | None = None
    result: Import | None = None
    examples: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether any fact was read."""
        return self.result is not None and bool(self.result.facts)


def try_file(name: str, source: Path | bytes, wanted: Wanted) -> Tried:
    """Read the file to its end and keep nothing."""
    listing = open_source(name, source)
    if isinstance(listing, Problem):
        return Tried(name=name, problems=(listing,))
    return try_listing(listing, wanted)


def try_listing(listing: Listing, wanted: Wanted) -> Tried:
    """Read a file that is open to its end and keep nothing."""
    name = listing.name
    mappings, guess = mappings_for(listing, wanted)
    if not mappings:
        problems = not_understood(listing, guess)
        return Tried(name=name, digest=listing.digest, guess=guess, problems=problems)
    importing = Importing(
        listing,
        mappings,
        known=wanted.known,
        against=wanted.against,
        changed=wanted.changed,
        mode=wanted.mode,
    )
    examples: list[Fact] = []
    for batch in importing:
        if len(examples) < EXAMPLES_MAX:
            examples += batch.facts[: EXAMPLES_MAX - len(examples)]
    result = importing.result()
    astray = result.against(wanted.stated) if wanted.stated is not None else None
    return Tried(
        name=name, digest=listing.digest, mappings=tuple(mappings), guess=guess, result=result,
        examples=tuple(examples), problems=(astray,) if astray else (),
        unread=tuple(_unread(importing.sheets)),
    )  # fmt: skip


def _unread(sheets: Iterable[tuple[Sheet, layout.Mapping]]) -> Iterator[str]:
    for sheet, mapping in sheets:
        header = header_of(sheet, mapping)
        read = {header.at(name) for name in columns_named(mapping)}
        yield from (name for at, name in enumerate(header.names) if name and at not in read)


def mappings_for(
    listing: Listing, wanted: Wanted
) -> tuple[tuple[layout.Mapping, ...], Guess | None]:
    """The mapping that was asked for, those recognised by their columns, or a guess."""
    mappings: tuple[layout.Mapping, ...]
    guess = None
    if wanted.mapping is not None:
        mappings = (wanted.mapping,)
    else:
        mappings = () if wanted.kind else recognised(listing, wanted.saved)
        if not mappings:
            guess = best_guess(listing, kind=wanted.kind, order=wanted.order)
            mappings = (guess.mapping,) if guess is not None and _is_list(listing, guess) else ()
    given = wanted.given or {}
    return tuple(resolved(one, given=given, file_name=listing.name) for one in mappings), guess


def _is_list(listing: Listing, guess: Guess) -> bool:
    """Whether a guess may be used: rows of a form look like facts of no project at all."""
    fields = {name for fact in guess.mapping.facts for name in fact.fields}
    return guess.complete and (bool({"project", "code"} & fields) or not _form(listing))


def best_guess(listing: Listing, *, kind: str = "", order: str = "") -> Guess | None:
    """The best guess over all sheets; it reads all that are written as the best one is.

    A sheet that is written otherwise isn't read, and that is said.
    """
    guesses = {
        sheet.name: guess_mapping(
            rows,
            kind=kind,
            sheet=sheet.name,
            order=order,
            name=listing.name,
            as_text=listing.kind == Kind.CSV,
        )
        for sheet in listing.sheets
        if (rows := first_rows(sheet, count=SAMPLE_ROWS))
    }
    found = [guess for guess in guesses.values() if guess is not None]
    best = max(found, key=lambda guess: guess.weight, default=None)
    if best is None or len(guesses) == 1:
        return best
    alike = [name for name, guess in guesses.items() if guess and _is_alike(guess, best)]
    mapping = best.mapping if len(alike) == 1 else replace(best.mapping, sheet="")
    unread = [_unread_sheet(name) for name in guesses if name not in alike]
    return replace(best, mapping=mapping, doubts=(*best.doubts, *unread))


def _is_alike(guess: Guess, best: Guess) -> bool:
    """Whether two sheets are read the same way."""
    return replace(guess.mapping, sheet="") == replace(best.mapping, sheet="")


def _unread_sheet(name: str) -> Doubt:
    return Doubt(
        where=Where(sheet=name),
        what=Said("这张工作表没有读取：它的写法和读取的那张不同"),
        hint=Said("它也是资料时，请把它另存为一份文件再导入"),
    )


def not_understood(listing: Listing, guess: Guess | None) -> tuple[Problem, ...]:
    """Why no facts were read, as far as a guess came."""
    if form := _form(listing):
        what = Said("这是一张表单“{form}”，不是每行一条的清单", {"form": form})
        hint = Said("表单请在项目的绩效目标页读入，或用“查一张表”检查；这里请给出清单")
        return (Problem(where=Where(), what=what, hint=hint),)
    if any(
        is_revenue(header)
        for sheet in listing.sheets
        for header in headers_of(first_rows(sheet, count=TITLE_ROWS * 2))
    ):
        what = Said("这像收入表；收入没有可导入的事实")
        return (Problem(where=Where(), what=what, hint=Said("请给出支出、预算执行或支付的表")),)
    if guess is None:
        what = Said("认不出表头，不知道每一列是什么")
        return (Problem(where=Where(), what=what, hint=Said("请用模板，或给出列对应")),)
    return tuple(_lack(guess, name) for name in lacking(guess)) or (_empty(guess),)


def _empty(guess: Guess) -> Problem:
    """That there is nothing below the header."""
    where = Where(sheet=guess.mapping.sheet or None, row=guess.header.row)
    hint = Said("请核对文件，重新导出为 CSV")
    return Problem(where=where, what=Said("表头下面没有数据行"), hint=hint)


def _lack(guess: Guess, name: str) -> Problem:
    """That a field was not found, or that the column of its name holds something else."""
    rule = load_fact_rules()[guess.mapping.facts[0].kind]
    where = Where(sheet=guess.mapping.sheet or None, row=guess.header.row)
    told: SaidValues = {"kind": Said(rule.title.zh), "field": titled(rule.fields[name])}
    if name in guess.unreadable:
        column, cell = guess.unreadable[name]
        return Problem(
            where=where,
            what=Said("像是{kind}，但“{column}”里的“{cell}”读不成{field}", {
                **told, "column": column, "cell": cell[:40],
            }),
            hint=Said("请改正这一列，或在列对应里写明哪一列是它"),
        )  # fmt: skip
    return Problem(
        where=where,
        what=Said("像是{kind}，但找不到“{field}”这一列", told),
        hint=Said("请在列对应里写明哪一列是它"),
    )


def _form(listing: Listing) -> str:
    """The title of an official form that stands on top of a sheet; nothing where none does."""
    cells = (
        BRACKETS.sub("", cell.strip())
        for sheet in listing.sheets
        for _, row in first_rows(sheet, count=TITLE_ROWS)
        for cell in row
    )
    return next((cell for cell in cells if cell.endswith(load_words().forms)), "")
