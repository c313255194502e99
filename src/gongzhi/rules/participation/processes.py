"""Reads processes.toml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from gongzhi.core.participating.processes import PhasePlan, ProcessTemplate
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
DAYS_MAX = 250


@cache
def load_templates() -> Mapping[str, ProcessTemplate]:
    """The templates by their codes, in the order of the file."""
    top = read_rules(ROOM / "processes.toml")
    phases = top.tables_by("phase", name="code", read=_phase)
    templates = top.tables_by("template", name="code", read=lambda entry: _template(entry, phases))
    top.finish()
    return templates


def _phase(entry: Entry) -> PhasePlan:
    return PhasePlan(
        code=entry.text("code"),
        name=entry.both("name"),
        working_days=int(entry.number("working_days", least=1, most=DAYS_MAX)),
        verbs=entry.names("verbs"),
        answers=entry.names("answers"),
    )


def _template(entry: Entry, phases: Mapping[str, PhasePlan]) -> ProcessTemplate:
    codes = entry.names("phases")
    for code in codes:
        if code not in phases:
            raise entry.fail("phases", "没有 {code} 这个阶段", {"code": code})
    return ProcessTemplate(
        code=entry.text("code"),
        name=entry.both("name"),
        purpose=entry.both("purpose"),
        effect=entry.both("effect"),
        phases=tuple(phases[code] for code in codes),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
