"""What may I do here? The reader's rights with the things of a page, asked once for all of it.

A page says which things it is about; its buttons and the panel in the frame are then the same
answers:

    here = about(request, project, version)     # rows, or Things that could be made
    here["publish_form"]                        # Permitted with its clauses, or None
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from gongzhi.core.charter import INSTALLATION, VISITOR, Answer, Charter, Member, Thing
from gongzhi.core.charter.vocabulary import VIEW
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import On, charter_in_force, may_all, thing_of
from gongzhi.web.clauses import ShownClause, clauses_shown
from gongzhi.web.operation import ANY_KIND
from gongzhi.web.operations import deeds_by_verb, making, operations
from gongzhi.web.places import place_of
from gongzhi.web.whynot import Denied, denied

NEW = "new"
WEIGHTY = "weighty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permitted:
    """A deed that may be done: by which clauses, where its form stands, asked for anew or not."""

    verb: str
    name: Said
    clauses: tuple[ShownClause, ...]
    address: str = ""
    asks_again: bool = False


class AboutRequest(MemberRequest):
    """A request whose page has said what it is about."""

    here: "Here"


def about(request: HttpRequest, *things: On) -> "Here":
    """Say which things a page is about; without any, it is about the installation."""
    member = getattr(request, "member", VISITOR)
    here = Here(member, things or (INSTALLATION,))
    cast(AboutRequest, request).here = here
    return here


def rights_here(request: HttpRequest) -> Mapping[str, object]:
    """Context of every page: what its reader may do there, asked where it is shown."""
    return {"rights_here": SimpleLazyObject(lambda: _said(request) or about(request))}


def _said(request: HttpRequest) -> "Here | None":
    return getattr(request, "here", None)


class Here:
    """The rights of a member with the things of a page."""

    def __init__(self, member: Member, things: tuple[On, ...]) -> None:
        self.member = member
        self.addresses = {thing_of(on): _address(on) for on in things}

    def __getitem__(self, verb: str) -> Permitted | None:
        """The deed, with the first of the things that it may be done with."""
        if verb not in charter_in_force().verb_names:
            raise KeyError(verb)
        return next((deed for deed in self.permitted if deed.verb == verb), None)

    def on(self, row: On, verb: str) -> Permitted | None:
        """The deed with one of several things."""
        thing = thing_of(row)
        answer = self.answers.get((verb, thing))
        return self._permitted(verb, thing, answer) if answer else None

    @cached_property
    def charter(self) -> Charter:
        """The charter in force when the page was asked for."""
        return charter_in_force()

    @cached_property
    def answers(self) -> Mapping[tuple[str, Thing], Answer]:
        """What the charter says to every question of the page, asked in one call.

        A deed that needs a factor shown a moment ago is offered, and asks for it when it is done.
        """
        questions = [(verb, thing) for thing in self.addresses for verb in self._verbs(thing)]
        answers = may_all(replace(self.member, fresh=True), questions)
        return dict(zip(questions, answers, strict=True))

    @cached_property
    def permitted(self) -> tuple[Permitted, ...]:
        """The deeds that may be done here, each once."""
        found: dict[str, Permitted] = {}
        for (verb, thing), answer in self.answers.items():
            if answer and verb not in found and not verb.startswith(VIEW):
                found[verb] = self._permitted(verb, thing, answer)
        return tuple(found.values())

    @cached_property
    def reading(self) -> tuple[ShownClause, ...]:
        """By which clauses the reader reads what the page is about."""
        allowed = (answer for (verb, _), answer in self.answers.items() if verb.startswith(VIEW))
        return clauses_shown({number for answer in allowed if answer for number in answer.clauses})

    @cached_property
    def denied(self) -> tuple[Denied, ...]:
        """The deeds that may not be done here with any of the things, each with what is missing."""
        allowed = {deed.verb for deed in self.permitted}
        found: dict[str, Denied] = {}
        for verb, thing in self.answers:
            if verb not in allowed and verb not in found and not verb.startswith(VIEW):
                found[verb] = denied(self.charter, self.member, verb, thing)
        return tuple(found.values())

    @property
    def not_mine(self) -> tuple[Denied, ...]:
        """Those that some party may do."""
        return tuple(each for each in self.denied if not each.by_platform)

    @property
    def by_platform(self) -> tuple[Denied, ...]:
        """Those that only the platform does, by itself."""
        return tuple(each for each in self.denied if each.by_platform)

    def _verbs(self, thing: Thing) -> Iterator[str]:
        """What can be done with a thing: making it while it is new, everything else after."""
        is_new = thing.id == NEW
        for verb in self.charter.verbs_on.get(thing.kind, ()):
            if (verb in making()) == is_new:
                yield verb

    def _permitted(self, verb: str, thing: Thing, answer: Answer) -> Permitted:
        groups = self.charter.texts.vocabulary.verbs[verb].get("groups", ())
        return Permitted(
            verb=verb,
            name=self.charter.verb_names[verb],
            clauses=clauses_shown(answer.clauses),
            address=_form_of(verb, thing, page=self.addresses.get(thing, "")),
            asks_again=WEIGHTY in groups and not self.member.fresh,
        )


def _address(on: On) -> str:
    """The page of a row; a thing without one is wherever the reader is."""
    return place_of(on).address.partition("#")[0] if isinstance(on, Model) else ""


def _form_of(verb: str, thing: Thing, *, page: str) -> str:
    """Where the form of a deed stands; empty for what has none on the site."""
    operation = deeds_by_verb().get(verb)
    if operation is None:
        return ""
    route, _, anchor = operation.form.partition("#")
    if not route:
        return f"{page}#{anchor or verb}"
    of = operations()[route].of
    named = [thing.kind, thing.id] if of == ANY_KIND else [thing.id] if of else []
    return f"{reverse(route, args=named)}#{anchor or verb}"
