"""Who is paid: invented firms, each with a code whose check digit is right."""

from functools import cache
from random import Random
from typing import NamedTuple

from stdnum.cn import uscc

from gongzhi.city.invented.catalogue import load_names

CODE_OF_A_FIRM = "91990100MA"  # a firm of a region that doesn't exist


class Payee(NamedTuple):
    """A firm: its name and its code."""

    name: str
    code: str


NOBODY = Payee("", "")  # people are paid in batches; their names are nobody's business


@cache
def firms_for(economic: str) -> tuple[Payee, ...]:
    """Every firm that sells what an economic class pays for; none for allowances to people."""
    names = load_names()
    fitting = [trade for trade in names.trades if economic.startswith(trade)]
    if not fitting:
        return ()
    trade = max(fitting, key=len)
    at = list(names.trades).index(trade)
    return tuple(
        firm(f"{names.city}{brand}{business}", number=at * 1000 + each * 10 + place)
        for place, business in enumerate(names.trades[trade])
        for each, brand in enumerate(names.brands)
    )


def firm(name: str, *, number: int) -> Payee:
    """A firm of a name, with the code of a number."""
    body = f"{CODE_OF_A_FIRM}{number:07}"
    return Payee(name, body + uscc.calc_check_digit(body))


def some_firms(economic: str, *, count: int, chance: Random) -> tuple[Payee, ...]:
    """So many different firms for an economic class, or nobody where people are paid."""
    known = firms_for(economic)
    return tuple(chance.sample(known, count)) if known else (NOBODY,)
