"""How long a sign-in lasts, how often one may guess, how old a proof may be (limits.toml)."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.rules.dated import DatedLimit, limits_in_force, read_limits

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


@cache
def load_sign_in_limits() -> tuple[DatedLimit, ...]:
    """Every limit of every date, in the order of the file."""
    return read_limits(FILE, (field.name for field in fields(SignInLimits)))


@cache
def sign_in_limits(*, on: date) -> SignInLimits:
    """The newest value of each limit on a day; before the first, the first."""
    return SignInLimits(**limits_in_force(load_sign_in_limits(), on=on))
