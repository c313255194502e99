"""How the columns of a file become the fields of facts: a value that is saved and used again.

Columns are named, never counted: a file whose columns were moved is read all the same. Names are
compared without case, spaces, accents and punctuation; the second column of one name is `Name#2`.
"""

from collections import abc
from dataclasses import dataclass, field

from gongzhi.core.terms import Text

UNTITLED = Text(zh="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFrom:
    """Where a field comes from: the first of these columns that the file has, or a composed text.

    text is composed of columns: "{ano}-{mes}". constant stands without any column. values turns the
    source's words into ours; nothing lists words that say nothing. unit and unit_from (a column)
    say in which unit money is written. month_as lets a month stand for its first or last day.
    fill_down repeats the value above into empty cells, as merged cells are exported. rounds lets
    an amount with more than two decimals be rounded. Where a column has figures and words, takes
    says which of them the field takes ("figures", "words"); the others say nothing to it. For what
    no column says: in file_name, such as "####LiqGas", the ring marks stand for the digits of the
    file's name that are the value; given names a value that whoever imports gives, and that goes
    first.
    """

    columns: tuple[str, ...] = ()
    text: str = ""
    constant: str | None = None
    values: abc.Mapping[str, str] = field(default_factory=dict)
    nothing: tuple[str, ...] = ()
    unit: str = ""
    unit_from: str = ""
    mark: str = ""
    order: str = ""
    month_as: str = ""
    fill_down: bool = False
    rounds: bool = False
    takes: str = ""
    file_name: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Rows chosen by what a column says."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFrom:
    """A fact that a row tells; with `each`, one for every turn of its words.

    each = {"mes": ("jan", "fev"), "no": ("01", "02")} makes two facts, in whose columns and texts
    <mes> and <no> stand for the words of the turn. Where the field unless_empty is zero or says
    nothing, the row doesn't tell that fact. key names the fields by which the fact is known again.
    With `lines`, a number belongs to a document of several lines: nothing less than the whole
    content tells two of them apart, and equal ones are counted. only and skip choose the rows that
    tell this fact.
    """

    kind: str
    fields: abc.Mapping[str, FieldFrom]
    each: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless_empty: str = ""
    key: tuple[str, ...] = ()
    lines: bool = False
    only: tuple[Choice, ...] = ()
    skip: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Columns that must add up: of, without less, is the total; a larger difference is a doubt.

    tolerance is written as a decimal: "1" where a source rounds each figure to whole units.
    """

    total: str
    of: tuple[str, ...]
    less: tuple[str, ...] = ()
    tolerance: str = "0.01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A layout of files: where its header stands, how it writes, which facts a row tells.

    mark is the decimal mark, order the order of day, month and year where the year isn't first,
    unit the unit of money. requires names columns by which the layout is recognised, any_of
    columns of which it has one at least. columns is the header of the file that the mapping was
    made for, to say what has moved since. With keeps_totals, rows that name a total are data.
    sums_above names a column of classes whose rows stand above those that they are the sums of;
    only the smallest classes are data.
    """

    facts: tuple[FactFrom, ...]
    name: str = ""
    title: Text = UNTITLED
    sheet: str = ""
    header_rows: int = 1
    mark: str = "."
    order: str = "ymd"
    unit: str = "元"
    currency: str = ""
    nothing: tuple[str, ...] = ()
    skip: tuple[Choice, ...] = ()
    only: tuple[Choice, ...] = ()
    sums: tuple[Sum, ...] = ()
    requires: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    keeps_totals: bool = False
    sums_above: str = ""
