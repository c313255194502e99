"""The region that an installation is of, and the currency that it keeps its money in."""

from gongzhi.parties.asked_once import answer
from gongzhi.parties.models import Region
from gongzhi.rules.money import USUAL, Currency, load_currencies


def home_region() -> Region | None:
    """The widest region of this place; None before there is any."""
    return answer(_widest)


def home_currency() -> Currency:
    """The currency of this place; the usual one before there is any region."""
    region = home_region()
    code = region.currency if region else USUAL
    return load_currencies().get(code, load_currencies()[USUAL])


def _widest() -> Region | None:
    return Region.objects.filter(parent=None).first()
