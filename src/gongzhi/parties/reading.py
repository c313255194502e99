"""The charter's view policies as filters of rows: the only filter for reading there is."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.charter.filtering import (
    IS_REGION,
    Among,
    Condition,
    Either,
    Every,
    Not,
    certain,
    readable,
    values_of,
)
from gongzhi.parties.charter_lookup import charter_in_force

Columns: TypeAlias = Mapping[str, str | Callable[[Collection[str]], Q]]

NOBODY = "nobody"  # whose a thing is that belongs to no organisation, or is about no person


def readable_by(member: Member, kind: str, *, columns: Columns) -> Q:
    """The rows of a kind that a member may read; columns say where each attribute stands.

    For `regions` the column is the way to the row's region, empty where the row is one itself.
    A column may be a function too: from the values to the rows that have one of them.
    """
    return _filter(readable(charter_in_force(), member, kind), columns)


def certainly_readable_by(
    member: Member, kind: str, *, columns: Columns, unknown: Collection[str]
) -> Q:
    """The rows of a kind that a member may read whatever their unknown attributes are."""
    condition = readable(charter_in_force(), member, kind)
    return _filter(certain(condition, unknown=unknown), columns)


def asked_for(member: Member, kind: str, *, attribute: str) -> frozenset[str] | None:
    """The values of an attribute for whose sake a member may read things; None for any value."""
    values = values_of(readable(charter_in_force(), member, kind), attribute=attribute)
    return None if values is None or NOBODY in values else values


def _filter(condition: Condition, columns: Columns) -> Q:
    match condition:
        case Among(attribute, values):
            return _among(columns[attribute], values, is_region=attribute == IS_REGION)
        case Every(parts):
            return _joined([_filter(part, columns) for part in parts], Q.AND)
        case Either(parts):
            return _joined([_filter(part, columns) for part in parts], Q.OR)
        case Not(part):
            return ~_filter(part, columns)


def _among(
    column: str | Callable[[Collection[str]], Q], values: frozenset[str], *, is_region: bool
) -> Q:
    if not isinstance(column, str):
        return column(values)
    if is_region:
        return _within(values, region=column)
    known = Q(**{f"{column}__in": sorted(values - {NOBODY})})
    return known | Q(**{f"{column}__isnull": True}) if NOBODY in values else known


def _within(regions: frozenset[str], *, region: str) -> Q:
    """Rows whose region is one of these or lies inside one."""
    way = f"{region}__" if region else ""
    inside = [Q(**{f"{way}ancestors__contains": [each]}) for each in sorted(regions)]
    return _joined([Q(**{f"{way}pk__in": sorted(regions)}), *inside], Q.OR)


def _joined(parts: list[Q], connector: str) -> Q:
    """The parts joined; no part at all is true for "and", false for "or"."""
    if not parts:
        return Q() if connector == Q.AND else Q(pk__in=[])
    whole = parts[0]
    for part in parts[1:]:
        whole = whole & part if connector == Q.AND else whole | part
    return whole
