"""Filters of lists: each word of the sentence takes only the values that it shows."""

from collections.abc import Mapping

from django.core.exceptions import BadRequest

from gongzhi.web.shown import Filter, Option


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
