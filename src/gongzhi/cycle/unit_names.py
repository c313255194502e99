"""The units that a file's projects name, and those of them that nobody has registered yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gongzhi.connectors import mapping as layout
from gongzhi.connectors.applying import apply_mapping
from gongzhi.connectors.choosing import fitting_sheets
from gongzhi.core.charter import Member
from gongzhi.core.facts import ProjectFact
from gongzhi.cycle.arriving import Registered
from gongzhi.cycle.long_codes import unit_key
from gongzhi.intake.listing import Listing
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.models import Organisation

NAME_MAX = 200  # as organisations keep it


def units_named(listing: Listing, mappings: Sequence[layout.Mapping]) -> Mapping[str, str]:
    """What each unit of the file's projects is called, by its code; by its name where it has none.

    The whole file is read for it.
    """
    named: dict[str, str] = {}
    for fact in _projects(listing, mappings):
        if code := fact.unit or fact.unit_name:
            named.setdefault(code, fact.unit_name or fact.unit)
    return named


def register_those_missing(
    named: Mapping[str, str], *, by: Member, beside: Organisation
) -> list[Organisation]:
    """Register the units that aren't yet, each by a deed of its own, in another's region."""
    registered = Registered.now()
    return [
        register_organisation(
            by=by,
            region=beside.region,
            code=unit_key(code),
            name=name[:NAME_MAX],
            kind=Organisation.Kind.GOVERNMENT,
        )
        for code, name in sorted(named.items())
        if registered.unit(code) is None and name not in registered.units
    ]


def _projects(listing: Listing, mappings: Sequence[layout.Mapping]) -> Iterator[ProjectFact]:
    for sheet, mapping in fitting_sheets(listing, mappings):
        told = tuple(fact for fact in mapping.facts if fact.kind == "project")
        if told:
            lines = apply_mapping(sheet, replace(mapping, facts=told, sums=()))
            yield from (line for line in lines if isinstance(line, ProjectFact))
