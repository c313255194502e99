"""What an amendment changes, for people: texts side by side, rights in words, policies."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter import Charter, Clause
from gongzhi.core.charter.matrix import Changed
from gongzhi.core.terms import Said
from gongzhi.web.differences import compared
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.charter.entries import duty_shown
from gongzhi.web.pages.charter.matrix import ShownCell, cell_shown
from gongzhi.web.shown import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChanged:
    """A right that stands otherwise, for every party for whom it changes alike."""

    parties: tuple[Said, ...]
    verb: Said
    before: ShownCell
    after: ShownCell


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPair:
    """A policy before and after; nothing where it isn't there."""

    id: str
    before: str
    after: str


def rights_changed(after: Charter, changed: tuple[Changed, ...]) -> tuple[ShownChanged, ...]:
    """The differences of the matrix, parties with the same one together."""
    together: list[list[Changed]] = []
    for change in changed:
        alike = next((g for g in together if _is_alike(g[0], change)), None)
        if alike is None:
            together.append([change])
        else:
            alike.append(change)
    return tuple(_together(after, group) for group in together)


def texts_changed(before: Charter, after: Charter) -> tuple[Change, ...]:
    """Every place where a clause reads otherwise, in the order of the charter."""
    numbers = dict.fromkeys((*before.clauses, *after.clauses))
    return tuple(
        change
        for number in numbers
        if before.clauses.get(number) != after.clauses.get(number)
        for change in _clause_changed(
            number, before, after, before.clauses.get(number), after.clauses.get(number)
        )
    )


def policies_changed(before: Charter, after: Charter) -> tuple[PolicyPair, ...]:
    """Every policy that is written otherwise."""
    old = {policy.id: policy.source for policy in before.policies}
    new = {policy.id: policy.source for policy in after.policies}
    return tuple(
        PolicyPair(id=identifier, before=old.get(identifier, ""), after=new.get(identifier, ""))
        for identifier in dict.fromkeys((*old, *new))
        if old.get(identifier) != new.get(identifier)
    )


def _is_alike(one: Changed, other: Changed) -> bool:
    return (one.verb, one.before, one.after) == (other.verb, other.before, other.after)


def _together(after: Charter, group: list[Changed]) -> ShownChanged:
    first = group[0]
    parties = tuple(after.parties[change.party].name for change in group)
    return ShownChanged(
        parties=parties,
        verb=after.verb_names[first.verb],
        before=cell_shown(first.before, party=parties[0]),
        after=cell_shown(first.after, party=parties[0]),
    )


def _clause_changed(
    number: str, before: Charter, after: Charter, old: Clause | None, new: Clause | None, /
) -> Iterator[Change]:
    places = zip(_read(before, old), _read(after, new), strict=True)
    for (name, one), (_name, other) in places:
        if one != other:
            yield compared(f"§ {number} {name}", old=one, new=other)


def _read(charter: Charter, clause: Clause | None) -> Iterator[tuple[str, str]]:
    """What a clause says, place by place; of one that isn't there, nothing."""
    language = reader_language()
    yield _("标题"), clause.title.in_language(language) if clause else ""
    yield _("条文"), clause.text.in_language(language) if clause else ""
    owed = clause.owed if clause else None
    yield _("办理期限"), duty_shown(charter, owed).by_when if owed else ""
