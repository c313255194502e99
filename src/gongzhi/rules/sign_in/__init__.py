"""How long a sign-in lasts, how often one may guess, how old a proof may be (limits.toml)."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import read_rules

FILE = Path(__file__).parent / "limits.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLimits:
    """The limits that hold on a day."""

    session_idle_minutes: int
    session_hours: int
    fresh_minutes: int
    wrong_passwords_of_pair_max: int
    wrong_passwords_of_account_max: int
    wrong_passwords_of_address_max: int
    wrong_password_minutes: int
    wrong_codes_in_a_row_max: int
    wrong_code_minutes_max: int
    code_steps_off_max: int
    recovery_codes: int
    password_characters_min: int
    reset_link_minutes: int
    contact_code_minutes: int
    known_device_days: int
    entry_codes_an_hour_max: int
    entry_codes_a_day_max: int
    contact_rest_days: int
    new_citizens_an_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLimit:
    """One limit: since when, what it is for and where it comes from."""

    name: str
    value: int
    since_on: date
    meaning: Text
    source: Text
    verified: bool


@cache
def load_sign_in_limits() -> tuple[DatedLimit, ...]:
    """Every limit of every date, in the order of the file."""
    top = read_rules(FILE)
    names = [field.name for field in fields(SignInLimits)]
    limits = []
    for entry in top.tables("limit"):
        limit = DatedLimit(
            name=entry.one_of("name", names),
            value=int(entry.number("value", least=1)),
            since_on=entry.day("since_on"),
            meaning=entry.both("meaning"),
            source=entry.both("source"),
            verified=entry.truth("verified"),
        )
        entry.finish()
        limits.append(limit)
    top.finish()
    missing = set(names) - {limit.name for limit in limits}
    if missing:
        raise top.fail("limit", "缺少 {names}", {"names": "、".join(sorted(missing))})
    return tuple(limits)


@cache
def sign_in_limits(*, on: date) -> SignInLimits:
    """The newest value of each limit on a day; before the first, the first."""
    values: dict[str, int] = {}
    for limit in sorted(load_sign_in_limits(), key=lambda limit: limit.since_on):
        if limit.since_on <= on or limit.name not in values:
            values[limit.name] = limit.value
    return SignInLimits(**values)
