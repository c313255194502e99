"""A TOML file read key by key; what is wrong in it is told with file, line and reason."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from gongzhi.core.terms import Said, SaidValues, Text

HEADER = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}")
KEY = re.compile(r"\s*([\w-]+)\s*=")
SYNTAX = re.compile(r"\(at line (\d+)")
FIRST_LINE = 1
MOST = 10**12
Kind = TypeVar("Kind")


class BadRules(ValueError):
    """A file of rules that is refused: which file, which line, and why."""

    def __init__(self, *, file: str, line: int, reason: Said) -> None:
        super().__init__(f"{file}:{line}: {reason.text.format(**reason.values)}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a TOML file, to find again where a key was written."""

    file: str
    text: str

    def of(self, *, header: str, position: int, key: str) -> int:
        """The line of a key in the nth table of that name; the table's own, if it has no key."""
        current, seen, table = "", 0, FIRST_LINE
        for number, line in enumerate(self.text.splitlines(), start=FIRST_LINE):
            found = HEADER.match(line)
            if found:
                current = found[1]
                seen += current == header
                table = number if current == header and seen == position + 1 else table
                continue
            here = current == header and (not header or seen == position + 1)
            written = KEY.match(line)
            if here and written and written[1] == key:
                return number
        return table


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file; every key that is asked for counts as known."""

    lines: Lines
    values: Mapping[str, object]
    header: str = ""
    position: int = 0
    asked: set[str] = field(default_factory=set)

    def fail(self, key: str, reason: str, values: SaidValues | None = None) -> BadRules:
        """The refusal that points to a key; the reason may name it as {key}."""
        line = self.lines.of(header=self.header, position=self.position, key=key)
        return BadRules(
            file=self.lines.file, line=line, reason=Said(reason, {"key": key} | (values or {}))
        )

    def has(self, key: str) -> bool:
        """Whether a key was written."""
        self.asked.add(key)
        return key in self.values

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key, str, "{key} 应为文字")
        if not value.strip():
            raise self.fail(key, "{key} 为空")
        return value

    def text_or_nothing(self, key: str) -> str:
        """A text that may be empty, but must be written."""
        return self._value(key, str, "{key} 应为文字").strip()

    def text_if_told(self, key: str) -> str:
        """A text that is not empty; nothing where the key isn't written."""
        return self.text(key) if self.has(key) else ""

    def truth(self, key: str) -> bool:
        """True or false."""
        return self._value(key, bool, "{key} 应为 true 或 false")

    def day(self, key: str) -> date:
        """A date without a time."""
        day = self._value(key, date, "{key} 应为日期，如 2020-02-25")
        if isinstance(day, datetime):
            raise self.fail(key, "{key} 应为日期，如 2020-02-25")
        return day

    def day_if_told(self, key: str) -> date | None:
        """A date without a time; None where the key isn't written."""
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates, without repetition."""
        found = self._value(key, list, "{key} 应为日期的列表")
        if not all(isinstance(day, date) and not isinstance(day, datetime) for day in found):
            raise self.fail(key, "{key} 应为日期的列表")
        if len(set(found)) < len(found):
            raise self.fail(key, "{key} 中有重复")
        return tuple(found)

    def number(self, key: str, *, least: int = 0, most: int = MOST) -> Decimal:
        """A number within limits, exactly as it was written."""
        value = self._value(key, object, "{key} 应为数字")
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fail(key, "{key} 应为数字")
        number = Decimal(value)
        if not number.is_finite():
            raise self.fail(key, "{key} 应为数字")
        if not least <= number <= most:
            limits: SaidValues = {"least": least, "most": most, "value": number}
            raise self.fail(key, "{key} 应在 {least} 与 {most} 之间，不能是 {value}", limits)
        return number

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts, without repetition."""
        found = self._value(key, list, "{key} 应为文字列表")
        if not all(isinstance(name, str) and name for name in found):
            raise self.fail(key, "{key} 应为文字列表")
        if len(set(found)) < len(found):
            raise self.fail(key, "{key} 中有重复")
        return tuple(found)

    def numbers(self, key: str, *, least: int = 0, most: int = MOST) -> tuple[Decimal, ...]:
        """A list of numbers within limits."""
        found = self._value(key, list, "{key} 应为数字的列表")
        values = {str(position): value for position, value in enumerate(found)}
        inner = _Inline(self.lines, values, self.header, self.position, owner=key)
        return tuple(inner.number(position, least=least, most=most) for position in values)

    def inline(self, key: str) -> "Entry":
        """A table written on the line of its key."""
        found = self._value(key, dict, "{key} 应为表")
        return _Inline(self.lines, found, self.header, self.position, owner=key)

    def both(self, key: str) -> Text:
        """A text in both languages, written on the line of its key."""
        found = self._value(key, dict, "{key} 应为 {{ zh = …, en = … }}")
        inner = _Inline(self.lines, found, self.header, self.position, owner=key)
        text = Text(zh=inner.text("zh"), en=inner.text("en"))
        inner.finish()
        return text

    def table(self, key: str) -> "Entry":
        """A table below this one."""
        found = self._value(key, dict, "{key} 应为表")
        return Entry(self.lines, found, f"{self.header}.{key}" if self.header else key)

    def tables(self, key: str) -> Iterator["Entry"]:
        """The tables of a list, at least one."""
        found = self._value(key, list, "{key} 应为表的列表")
        if not found or not all(isinstance(value, dict) for value in found):
            raise self.fail(key, "{key} 应为表的列表")
        for position, value in enumerate(found):
            yield Entry(self.lines, value, key, position)

    def tables_by(self, key: str, *, name: str, read: Callable[["Entry"], Kind]) -> dict[str, Kind]:
        """The tables of a list, each wholly read, by the text that names it; none twice."""
        found: dict[str, Kind] = {}
        for entry in self.tables(key):
            code, value = entry.text(name), read(entry)
            entry.finish()
            if code in found:
                raise entry.fail(name, "代码 {code} 出现两次", {"code": code})
            found[code] = value
        return found

    def named(
        self, key: str, *, names: Iterable[str], read: Callable[["Entry", str], Kind]
    ) -> dict[str, Kind]:
        """What the table on the line of a key holds under names: all of them and no others."""
        inner = self.inline(key)
        found = {name: read(inner, name) for name in names}
        inner.finish()
        return found

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """One of the words that are known."""
        word, words = self.text(key), sorted(known)
        if word not in words:
            choice: SaidValues = {"known": ", ".join(words), "value": word}
            raise self.fail(key, "{key} 只能是 {known} 之一，不能是 {value}", choice)
        return word

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression."""
        try:
            return re.compile(self.text(key))
        except re.error as error:
            raise self.fail(key, "{key} 不是正则表达式") from error

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a slip of the pen must not pass in silence."""
        for key in self.values:
            if key not in self.asked:
                raise self.fail(key, "这里不能写 {key}")

    def _value(self, key: str, kind: type[Kind], wanted: str) -> Kind:
        self.asked.add(key)
        if key not in self.values:
            raise self.fail(key, "缺少 {key}")
        value = self.values[key]
        if not isinstance(value, kind):
            raise self.fail(key, wanted)
        return value


@dataclass(frozen=True, slots=True)
class _Inline(Entry):
    """A table inside one line: whatever is wrong in it stands on the line of its owner."""

    owner: str = ""

    def fail(self, key: str, reason: str, values: SaidValues | None = None) -> BadRules:
        """The refusal that points to the key that holds the table."""
        line = self.lines.of(header=self.header, position=self.position, key=self.owner)
        named: SaidValues = {"key": f"{self.owner}.{key}"}
        return BadRules(
            file=self.lines.file, line=line, reason=Said(reason, named | (values or {}))
        )


def read_rules(path: Path) -> Entry:
    """The top of a file of rules; numbers stay exact."""
    try:
        text = path.read_bytes().decode("utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        raise BadRules(file=str(path), line=FIRST_LINE, reason=Said("读不出来")) from error
    except UnicodeDecodeError as error:
        raise BadRules(file=str(path), line=FIRST_LINE, reason=Said("不是 UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        found = SYNTAX.search(str(error))
        line = int(found[1]) if found else FIRST_LINE
        told = Said("不是 TOML：{error}", {"error": str(error)})
        raise BadRules(file=str(path), line=line, reason=told) from error
    return Entry(Lines(str(path), text), values)
