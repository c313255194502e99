"""What the form of an amendment offers: clauses to change, and what a new right is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.core.charter import Charter, Clause
from gongzhi.core.terms import Text
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.charter.drafts import Draft, next_number
from gongzhi.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToChoose:
    """A part, its clauses, and the number that a new one would get."""

    number: str
    title: Text
    clauses: tuple[Clause, ...]
    next_number: str


def clauses_to_choose(base: Charter) -> tuple[PartToChoose, ...]:
    """Every clause that an amendment may be about, part by part."""
    return tuple(
        PartToChoose(
            number=number,
            title=part.title,
            clauses=tuple(c for c in base.clauses.values() if c.part == number),
            next_number=next_number(base, number),
        )
        for number, part in base.parts.items()
    )


def grant_choices(base: Charter, draft: Draft) -> Mapping[str, Mapping[str, str]]:
    """What can be chosen for a new right, each code with its name in the reader's language."""
    language = reader_language()
    return {
        "parties": {
            code: say(party.name, language)
            for code, party in base.parties.items()
            if code != "system"
        },
        "verbs": {code: say(name, language) for code, name in base.verb_names.items()},
        "roles": {code: say(name, language) for code, name in base.roles.items()},
        "stages": {code: say(name, language) for code, name in base.stage_names.items()},
        "clauses": {number: f"§ {number}" for number in draft.numbers},
    }
