"""Clauses as pages show them: what they give and forbid, who owes what, where they come from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter import Charter, Clause, Policy
from gongzhi.core.charter.amending import NOBODY
from gongzhi.core.charter.charter import ClauseKind, Owed, Source
from gongzhi.core.charter.vocabulary import verbs_in_groups
from gongzhi.core.charter.wording import conditions_of
from gongzhi.core.terms import Said
from gongzhi.papers.articles import articles_text
from gongzhi.web.frame import reader_language
from gongzhi.words import say, translate

KINDS = {ClauseKind.PRINCIPLE: "原则", ClauseKind.RIGHT: "权利", ClauseKind.DUTY: "义务"}
GROUPS = {
    "doing": "任何办理行为",
    "reading": "任何查阅",
    "judging": "审核、批准和评价",
    "weighty": "任何重要办理",
}
AMENDED_BY = {
    "authority": "制定机关，按修改的程序：提出、征求意见、合法性审核、签发。",
    "law": "只随上位规定修改：上位规定怎样写，这一条就怎样写。",
    NOBODY: "谁也不能修改这一条。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVerb:
    """A verb by its code and its name."""

    code: str
    name: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRight:
    """What a policy gives or forbids: to whom, to do what, under which conditions, asleep or not.

    A party of None is everybody; a group names many verbs at once.
    """

    forbids: bool
    party: Said | None
    group: str
    verbs: tuple[ShownVerb, ...]
    conditions: tuple[Said, ...]
    off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDuty:
    """Who owes what to whom, and by when, each in words."""

    who: str
    what: str
    to: str
    by_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """Where a clause comes from: the institution, and the article if the text was read."""

    code: str
    title: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A clause with everything that hangs on it."""

    clause: Clause
    kind: str
    rights: tuple[ShownRight, ...]
    duty: ShownDuty | None
    sources: tuple[ShownSource, ...]
    amended_by: str


def entry_of(charter: Charter, clause: Clause) -> Entry:
    """The clause as a page shows it, in the reader's language."""
    language = reader_language()
    return Entry(
        clause=clause,
        kind=translate(KINDS[clause.kind], language),
        rights=tuple(
            _right(charter, policy)
            for policy in charter.policies
            if clause.number in policy.clauses and policy.verbs
        ),
        duty=duty_shown(charter, clause.owed) if clause.owed else None,
        sources=tuple(_source(source) for source in clause.sources),
        amended_by=translate(AMENDED_BY[clause.amended_by], language),
    )


def verbs_shown(charter: Charter, codes: Iterable[str]) -> tuple[ShownVerb, ...]:
    """Verbs by code, in the order of the vocabulary."""
    wanted = set(codes)
    return tuple(
        ShownVerb(code=code, name=name)
        for code, name in charter.verb_names.items()
        if code in wanted
    )


def _right(charter: Charter, policy: Policy) -> ShownRight:
    return ShownRight(
        forbids=not policy.permits,
        party=charter.parties[policy.party].name if policy.party else None,
        group=_group(charter, policy),
        verbs=verbs_shown(charter, policy.verbs),
        conditions=conditions_of(charter, policy),
        off=not charter.is_awake(policy),
    )


def _group(charter: Charter, policy: Policy) -> str:
    """What all of a policy's verbs together are called, if they are a group."""
    groups = verbs_in_groups(charter.texts.vocabulary)
    named = next((name for name in GROUPS if groups.get(name) == policy.verbs), None)
    return translate(GROUPS[named], reader_language()) if named else ""


def duty_shown(charter: Charter, owed: Owed) -> ShownDuty:
    """Who owes what to whom, in words."""
    return ShownDuty(
        who=_parties(charter, owed.by),
        what=owed.what.in_language(reader_language()),
        to=_parties(charter, owed.to),
        by_when=_by_when(owed),
    )


def _by_when(owed: Owed) -> str:
    if owed.within_days is None:
        return _("没有写期限")
    days = {"days": owed.within_days}
    return _("%(days)s 个工作日内") % days if owed.working_days else _("%(days)s 日内") % days


def _parties(charter: Charter, codes: Iterable[str]) -> str:
    language = reader_language()
    names = (say(charter.parties[code].name, language) for code in codes)
    return translate("、", language).join(names)


def _source(source: Source) -> ShownSource:
    language = reader_language()
    institution = source.institution
    return ShownSource(
        code=institution.code,
        title=institution.title.in_language(language),
        article=articles_text(source.article, language=language) if source.article else "",
        verified=institution.verified,
    )
