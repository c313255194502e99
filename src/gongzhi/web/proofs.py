"""The deeds done with a version of a form, each with its number in the log."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.terms import Said
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.models import Deed
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.clauses import ShownClause, clause_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDeed:
    """A deed, by which clauses it was done, and its seal."""

    deed: Deed
    verb: Said
    clauses: tuple[ShownClause, ...]
    seal: Seal


def sealed_deeds(version: FormVersion) -> tuple[SealedDeed, ...]:
    """The deeds on a version, the oldest first."""
    deeds = Deed.objects.about(version.thing(), version.project.thing())
    return sealed(deed for deed in deeds if is_about(deed, version))


def sealed(deeds: Iterable[Deed]) -> tuple[SealedDeed, ...]:
    """Deeds with their seals."""
    chosen = list(deeds)
    seals = seals_of([deed.leaf for deed in chosen])
    return tuple(_sealed(deed, seal=seals[deed.leaf]) for deed in chosen)


def reason_of(version: FormVersion) -> str:
    """Why a correction was published; clause 4.5 wants it stated."""
    deed = Deed.objects.about(version.thing()).filter(verb="correct_form").first()
    return deed.kept("reason") or "" if deed else ""


def is_about(deed: Deed, version: FormVersion) -> bool:
    """Whether it was done with the version, or brought it about."""
    return deed.on == version.thing().name or deed.public.get("version") == str(version.pk)


def _sealed(deed: Deed, *, seal: Seal) -> SealedDeed:
    charter = charter_in_force()
    known = [number for number in deed.clauses if number in charter.clauses]
    return SealedDeed(
        deed=deed,
        verb=charter.verb_names.get(deed.verb, Said(deed.verb)),
        clauses=tuple(clause_shown(number) for number in known),
        seal=seal,
    )
