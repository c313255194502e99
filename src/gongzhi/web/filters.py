"""Filters of lists: each word of the sentence takes only the values that it shows."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict

from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.shown import Filter, Option

# What each list can be asked for, by the name of its address. Nothing else of an address is
# repeated in it, and neither is where in the list one was.
MONEY = ("q", "unit", "project", "payee", "since", "until", "least", "most", "contract", "order")
ASKED: Mapping[str, tuple[str, ...]] = {
    "action-items": ("state", "of"),
    "alerts": ("state", "sort"),
    "amendments": ("stage",),
    "audit": MONEY,
    "audit-contracts": MONEY,
    "audit-payees": MONEY,
    "became": ("year", "department", "class", "outcome"),
    "desk": ("who", "what", "when"),
    "compensations": ("state",),
    "disclosure": ("year", "occasion", "state"),
    "evaluations": ("year", "stage", "kind", "party"),
    "forms": ("year", "finding"),
    "goals": ("year", "unit", "stage"),
    "congress": ("year", "kind", "state", "to"),
    "late": ("unit", "what"),
    "market": ("state",),
    "joint-projects": ("state",),
    "allocation": ("year", "total", "fixed", "rigid", "stop", "least", "most", "heads"),
    "negotiations": ("state",),
    "ledger": ("verb", "party", "clause", "since", "until", "because"),
    "meetings": (),
    "monitoring": ("year", "department", "unit", "level", "sort"),
    "organisations": ("q", "kind"),
    "panels": ("stage",),
    "participation-asked": ("year", "kind", "column", "office", "process"),
    "people": ("q",),
    "processes": ("fiscal_year", "template", "stage"),
    "projects": ("unit", "class", "aim", "state"),
    "remark-list": ("whose", "state"),
    "results": ("year", "department", "unit", "state", "use"),
    "rectifications": ("year", "unit", "source", "state"),
    "self-evaluations": ("year", "unit", "state"),
    "voices": ("q", "kind", "state", "to", "order"),
    "search": ("q", "kind", "year", "unit"),
}


def filter_of(
    label: str, *, name: str, values: Mapping[str, str], asked: Mapping[str, str]
) -> Filter:
    """A filter with the value that was asked for chosen, else the first; others are refused."""
    wanted = asked.get(name, next(iter(values)))
    if wanted not in values:
        raise BadRequest(name)
    options = [Option(value=v, name=said, chosen=v == wanted) for v, said in values.items()]
    return Filter(label=label, name=name, options=tuple(options))


def identifiers_asked(words: Iterable[str]) -> list[UUID]:
    """Those of several words that are identifiers."""
    return [each for each in map(identifier_in, words) if each is not None]


def chosen_in(filters: tuple[Filter, ...]) -> dict[str, str]:
    """What the filters are set to, by name."""
    return {word.name: next(o.value for o in word.options if o.chosen) for word in filters}


def kept(address: QueryDict, *, of: str) -> str:
    """What an address asks of a list: as it may be kept, sent on, or asked of its next page.

    Empty words ask for nothing and are left out; of several the last counts, as for the filters.
    """
    return urlencode({name: address[name] for name in ASKED[of] if address.get(name)})


def paged(address: QueryDict, *, of: str) -> str:
    """The same as the beginning of a query, for the next page."""
    query = kept(address, of=of)
    return f"{query}&" if query else ""
