"""How often each right was used and refused, by verb and kind of party: for the public matrix."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, Model, Value

from gongzhi.parties.models import Deed, RefusedDeed

Right = tuple[str, str]  # a verb and a kind of party


@dataclass(frozen=True, slots=True)
class Used:
    """How often a right was used, and how often somebody of that kind was refused."""

    done: int = 0
    refused: int = 0


def usage() -> Mapping[Right, Used]:
    """By verb and kind of party; what never happened isn't in it."""
    done, refused = dict(_counted(Deed)), dict(_counted(RefusedDeed))
    return {
        right: Used(done.get(right, 0), refused.get(right, 0))
        for right in done.keys() | refused.keys()
    }


def _counted(model: type[Model]) -> Iterator[tuple[Right, int]]:
    """The log names a party as "kind:organisation", or as "kind" alone."""
    kind = Func(F("party"), Value(":"), Value(1), function="split_part", output_field=CharField())
    counts = model._default_manager.order_by().values("verb", kind=kind).annotate(n=Count("*"))
    for row in counts:
        yield (row["verb"], row["kind"]), row["n"]
