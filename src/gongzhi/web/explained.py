"""Where a self-evaluation says otherwise than the facts, as pages show it: both values, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gongzhi.core.self_evaluating import Difference
from gongzhi.core.terms import Said
from gongzhi.cycle.models import FormVersion
from gongzhi.cycle.self_evaluating import explained_from
from gongzhi.papers.figures import WAN, money_text, points_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """A place where the sheet says otherwise than the facts, with its reason."""

    field: str
    said: Said
    fact: str
    stated: str
    reason: str
    wrong: Said | None = None


def explained_of(version: FormVersion) -> list[ShownDifference]:
    """Where a version says otherwise than the facts did, with the reasons that were given."""
    return explained_rows(version.explained)


def explained_rows(records: Sequence[Mapping[str, Any]]) -> list[ShownDifference]:
    """The same of what was kept of differences."""
    kept = [explained_from(each) for each in records]
    return [
        replace(shown_difference(each.difference, given={}, wrong={}), reason=each.reason)
        for each in kept
    ]


def shown_difference(
    each: Difference, *, given: Mapping[str, str], wrong: Mapping[str, Said]
) -> ShownDifference:
    """A difference with the field for its reason, what stands in it, what is wrong with it."""
    name = f"why-{each.field}"
    return ShownDifference(
        field=name,
        said=each.said,
        fact=_text(each, each.fact),
        stated=_text(each, each.stated),
        reason=given.get(name, ""),
        wrong=wrong.get(name),
    )


def _text(each: Difference, held: Decimal | str | None) -> str:
    """A value as people read it; "" for none."""
    if isinstance(held, Decimal):
        return f"{money_text(held, WAN)} {WAN}" if each.is_money else points_text(held)
    return held or ""
