"""The deeds that a page offers: those that the charter permits its reader, each with its clause."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.rights import On, may_all
from gongzhi.web.clauses import ShownClause, clause_shown

ON_VERSION = ("publish_form", "correct_form", "withdraw_draft", "explain_finding", "accept_finding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permitted:
    """A deed that may be done, and the clauses that say so."""

    verb: str
    clauses: tuple[ShownClause, ...]


def deeds_on_project(member: Member, project: Project) -> Permitted | None:
    """Drafting a form, if the reader may."""
    return _permitted(member, ("draft_form",), on=project).get("draft_form")


def deeds_on_version(member: Member, version: FormVersion) -> Mapping[str, Permitted]:
    """What the reader may do with a version, by verb."""
    return _permitted(member, ON_VERSION, on=version)


def permitted(member: Member, verb: str, *, on: On) -> Permitted | None:
    """One deed with a thing, if the reader may."""
    return _permitted(member, (verb,), on=on).get(verb)


def _permitted(member: Member, verbs: tuple[str, ...], *, on: On) -> Mapping[str, Permitted]:
    answers = may_all(member, [(verb, on) for verb in verbs])
    return {
        verb: Permitted(verb=verb, clauses=tuple(clause_shown(n) for n in answer.clauses))
        for verb, answer in zip(verbs, answers, strict=True)
        if answer.allowed
    }
