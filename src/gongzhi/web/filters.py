"""Filters of lists: each word of the sentence takes only the values that it shows."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from gongzhi.web.shown import Filter, Option

# Where in a list one is, or as which file it is wanted: not what it is asked for.
PLACES = frozenset({"page", "before", "after", "as"})


def filter_of(
    label: str, *, name: str, values: Mapping[str, str], asked: Mapping[str, str]
) -> Filter:
    """A filter with the value that was asked for chosen, else the first; others are refused."""
    wanted = asked.get(name, next(iter(values)))
    if wanted not in values:
        raise BadRequest(name)
    options = [Option(value=v, name=said, chosen=v == wanted) for v, said in values.items()]
    return Filter(label=label, name=name, options=tuple(options))


def chosen_in(filters: tuple[Filter, ...]) -> dict[str, str]:
    """What the filters are set to, by name."""
    return {word.name: next(o.value for o in word.options if o.chosen) for word in filters}


def kept(address: QueryDict) -> str:
    """What an address asks for, without where in the list one is: as it may be kept or sent on.

    Empty words ask for nothing and are left out; of several the last counts, as for the filters.
    """
    asked = {name: value for name, value in address.items() if value and name not in PLACES}
    return urlencode(asked)


def paged(address: QueryDict) -> str:
    """The same as the beginning of a query, for the next page."""
    query = kept(address)
    return f"{query}&" if query else ""
