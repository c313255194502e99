"""Currencies: what each is called on pages and in files; read from currencies.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Said
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent / "currencies.toml"
USUAL = "CNY"
OF_SEVERAL = ("$", "¥", "￥")  # signs that several currencies have; alone they name none


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency by its code of ISO 4217: the unit that stands behind amounts, other spellings.

    `also` are all spellings, code and unit too, each without regard to capitals.
    """

    code: str
    unit: str
    also: frozenset[str]

    @property
    def said(self) -> Said:
        """The unit, to be put into words."""
        return Said(self.unit)

    @property
    def signs(self) -> frozenset[str]:
        """The spellings that are signs and no words, such as R$ and €, in small letters."""
        return frozenset(
            each for each in self.also if not each.isalpha() and each not in OF_SEVERAL
        )

    def is_called(self, text: str) -> bool:
        """Whether a file that writes this means it; who writes nothing means the place's own."""
        return not text or text.casefold() in self.also


@cache
def load_currencies() -> Mapping[str, Currency]:
    """Every currency by its code."""
    top = read_rules(FILE)
    currencies = top.tables_by("currency", name="code", read=_currency)
    top.finish()
    return currencies


def currency_in(entry: Entry) -> Currency:
    """The currency that a table of rules names by its code."""
    known = load_currencies()
    return known[entry.one_of("currency", known)]


def unit_of(text: str, *, usual: Currency) -> str:
    """The unit behind amounts of a currency as a file writes it: the usual one where it is silent.

    What nobody knows stays as it is written.
    """
    if usual.is_called(text):
        return usual.unit
    return next((each.unit for each in load_currencies().values() if each.is_called(text)), text)


def _currency(entry: Entry) -> Currency:
    code, unit = entry.text("code"), entry.text("unit")
    spellings = (code, unit, *entry.names("also"))
    return Currency(code=code, unit=unit, also=frozenset(each.casefold() for each in spellings))
