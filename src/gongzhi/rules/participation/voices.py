"""Reads voices.toml."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "voices.toml"
DAYS_MAX, SHOWN_MAX, PERCENT_MAX, FILES_MAX, MEGABYTES_MAX = 250, 20, 100, 20, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRules:
    """The clocks of voices besides that of the clause, what counts as similar, which files."""

    since_on: date
    supplement_days: int
    finance_after_days: int
    similar_shown: int
    similar_from_percent: int
    evidence_files_max: int
    evidence_megabytes_max: int
    evidence_kinds: tuple[str, ...]
    source: Text
    verified: bool


def voice_rules(*, on: date) -> VoiceRules:
    """The rule of a day: the last that has begun, or the first there is."""
    return in_force(_rules(), on=on)


@cache
def _rules() -> Sequence[VoiceRules]:
    return read_editions(FILE, "rule", read=_rule)


def _rule(entry: Entry) -> VoiceRules:
    rule = VoiceRules(
        since_on=entry.day("since_on"),
        supplement_days=int(entry.number("supplement_days", least=1, most=DAYS_MAX)),
        finance_after_days=int(entry.number("finance_after_days", most=DAYS_MAX)),
        similar_shown=int(entry.number("similar_shown", least=1, most=SHOWN_MAX)),
        similar_from_percent=int(entry.number("similar_from_percent", least=1, most=PERCENT_MAX)),
        evidence_files_max=int(entry.number("evidence_files_max", most=FILES_MAX)),
        evidence_megabytes_max=int(
            entry.number("evidence_megabytes_max", least=1, most=MEGABYTES_MAX)
        ),
        evidence_kinds=entry.names("evidence_kinds"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rule
