"""The currency that an installation keeps its money in: that of its widest region."""

from gongzhi.parties.models import Region
from gongzhi.rules.money import USUAL, Currency, load_currencies


def home_currency() -> Currency:
    """The currency of this place; the usual one before there is any region."""
    code = Region.objects.filter(parent=None).values_list("currency", flat=True).first()
    return load_currencies().get(code or USUAL, load_currencies()[USUAL])
