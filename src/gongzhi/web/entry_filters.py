"""What a list of entries is asked for: in its address, in words, and with what to choose from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.parties.deed_lists import Count, Wanted, parties_acting, verbs_done
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.order import leaves_since
from gongzhi.trust.proofs import signed_size
from gongzhi.web.entry_pages import number_in
from gongzhi.web.filled import Fault
from gongzhi.web.frame import reader_language
from gongzhi.words import LANGUAGES, say

SUGGESTED_MAX = 100
CLAUSE = re.compile(r"(?:§\s*)?(\d{1,2}\.\d{1,3})")
# Parties that are no organisation, as people call them.
UNNAMED: Mapping[str, Said] = {
    "system": Said("平台"),
    "visitor": Said("访客"),
    "citizen": Said("公民"),
}
# What an address may ask for, in the order in which a reader is told.
ASKED = ("verb", "party", "clause", "since", "until", "because")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A word of the filter: what it says, and the address without it."""

    label: Said
    value: Said | str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for: as it stands there, as it is meant, and what is wrong with it."""

    given: Mapping[str, str] = field(default_factory=dict)
    wanted: Wanted = field(default_factory=Wanted)
    faults: Mapping[str, Said] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The filter as the beginning of an address's query."""
        return f"{urlencode(self.given)}&" if self.given else ""

    @property
    def problems(self) -> list[Fault]:
        """The faults as the summary shows them; the cause has no field in the form."""
        return [
            Fault(what=said, field="" if name == "because" else name)
            for name, said in self.faults.items()
        ]

    def parts(self) -> list[Part]:
        """The filter in words."""
        labels = {
            "verb": Said("行为"),
            "party": Said("哪一方"),
            "clause": Said("依据"),
            "since": Said("自"),
            "until": Said("至"),
            "because": Said("起因"),
        }
        return [
            Part(label=labels[name], value=self._value(name), without=self._without(name))
            for name in self.given
        ]

    def _value(self, name: str) -> Said | str:
        value = self.given[name]
        match name:
            case "verb":
                return charter_in_force().verb_names.get(value, Said(value))
            case "clause":
                return f"§ {value}"
            case "because":
                return Said("存证 №{index}", {"index": value})
        return value

    def _without(self, name: str) -> str:
        return "?" + urlencode({other: v for other, v in self.given.items() if other != name})


def asked_in(address: QueryDict, *, member: Member) -> Asked:
    """What an address asks for."""
    texts = {name: str(address.get(name, "")).strip() for name in ASKED}
    given = {name: text for name, text in texts.items() if text}
    faults: dict[str, Said] = {}
    if "verb" in given and given["verb"] not in {*charter_in_force().verb_names, *verbs_done()}:
        faults["verb"] = Said("没有这种行为；请从单子里选")
    if "clause" in given:
        found = CLAUSE.fullmatch(given["clause"])
        if found:
            given["clause"] = found[1]
        else:
            faults["clause"] = Said("条款号写成 4.5 这样")
    since, until = (_day(given, name, faults) for name in ("since", "until"))
    if since and until and since > until:
        faults["until"] = Said("截止日期早于起始日期")
    parties = parties_called(given["party"], member=member) if "party" in given else None
    if parties == ():
        faults["party"] = Said("没有名称里有这几个字的一方")
    wanted = Wanted(
        verb=given.get("verb", ""),
        parties=parties,
        clause=given.get("clause", ""),
        since=since,
        until=until,
        because=_cause(address, faults, member=member),
    )
    return Asked(given=given, wanted=wanted, faults=faults)


def parties_called(text: str, *, member: Member) -> tuple[str, ...]:
    """The parties of that name or code; if there are none, those whose name contains the text."""
    unnamed = [
        party for party, said in UNNAMED.items() if text in {say(said, each) for each in LANGUAGES}
    ]
    organisations = Organisation.objects.visible_to(member)
    called = organisations.filter(name=text) | organisations.filter(code=text)
    found = called if unnamed or called.exists() else organisations.filter(name__icontains=text)
    rows = found.values_list("kind", "pk")[:SUGGESTED_MAX]
    return (*unnamed, *(f"{kind}:{pk}" for kind, pk in rows))


def verbs_to_choose() -> list[tuple[str, Said, Count]]:
    """The verbs that were ever done, in the order of the charter, each with its count."""
    names, done = charter_in_force().verb_names, verbs_done()
    no_more = {verb: Said(verb) for verb in done if verb not in names}
    return [(verb, name, done[verb]) for verb, name in {**names, **no_more}.items() if verb in done]


def parties_to_choose(*, member: Member) -> list[str]:
    """Names of some parties that acted, as suggestions."""
    acting = parties_acting(most=SUGGESTED_MAX)
    ids = [party.partition(":")[2] for party in acting if ":" in party]
    organisations = Organisation.objects.visible_to(member).filter(pk__in=ids)
    unnamed = [say(said, reader_language()) for party, said in UNNAMED.items() if party in acting]
    return [*unnamed, *organisations.values_list("name", flat=True)]


def _day(given: Mapping[str, str], name: str, faults: dict[str, Said]) -> date | None:
    if name not in given:
        return None
    try:
        day = parse_date(given[name])
    except ValueError:
        day = None
    if day is None:
        faults[name] = Said("日期写成 2026-01-31 这样")
    return day


def _cause(address: QueryDict, faults: dict[str, Said], *, member: Member) -> UUID | None:
    """The deed of the entry whose number the address names as the cause."""
    index = number_in(address, "because")
    if index is None:
        return None
    leaves = leaves_since(index, count=1) if index < signed_size() else []
    deeds = Deed.objects.visible_to(member).filter(leaf__in=leaves)
    found: UUID | None = deeds.values_list("pk", flat=True).first()
    if found is None:
        faults["because"] = Said("没有这一条存证")
    return found
