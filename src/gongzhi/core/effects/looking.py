"""Everything that an outcome allows to be said, by each design: the strongest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.core.effects.before_after import before_after
from gongzhi.core.effects.differences import Observed, difference_in_differences
from gongzhi.core.effects.effect import LEVEL, NAMES, Design, Effect
from gongzhi.core.effects.outcomes import Outcomes, Row, outcomes_of
from gongzhi.core.effects.synthetic import differences, synthetic_control, synthetic_differences
from gongzhi.core.terms import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a design found, or why it can't tell."""

    design: Design
    found: Effect | Said

    @property
    def effect(self) -> Effect | None:
        """What it found."""
        return self.found if isinstance(self.found, Effect) else None

    @property
    def design_name(self) -> Said:
        """What the design is called."""
        return NAMES[self.design]

    @property
    def said(self) -> Said:
        """What it found, or why it can't tell, in a sentence."""
        return self.found.said if isinstance(self.found, Effect) else self.found

    @property
    def why_not(self) -> Said | None:
        """Why it can't tell."""
        return self.found if isinstance(self.found, Said) else None


def look(
    rows: Iterable[Row], *, treated: frozenset[str], since: int, level: float = LEVEL
) -> tuple[Looked, ...]:
    """Rows of unit, period and value by all designs; since is the first period with the project.

    Where units are missing in some periods, only their differences before and after are compared.
    """
    told = list(rows)
    laid_out = outcomes_of(told, treated=treated, since=since)
    simple = before_after(_means(told, treated=treated), since=since, level=level)
    compared: tuple[tuple[Design, Effect | Said], ...]
    if isinstance(laid_out, Outcomes):
        compared = (
            (Design.SYNTHETIC_DIFFERENCES, synthetic_differences(laid_out, level=level)),
            (Design.SYNTHETIC_CONTROL, synthetic_control(laid_out, level=level)),
            (Design.DIFFERENCES, differences(laid_out, level=level)),
        )
    else:
        observed = _observed(told, treated=treated, since=since)
        compared = (
            (Design.SYNTHETIC_DIFFERENCES, laid_out),
            (Design.SYNTHETIC_CONTROL, laid_out),
            (Design.DIFFERENCES, difference_in_differences(observed, level=level)),
        )
    found = (*compared, (Design.BEFORE_AFTER, simple))
    return tuple(Looked(design=design, found=each) for design, each in found)


def strongest(looked: Iterable[Looked]) -> Looked | None:
    """The first that found something: the one to go by."""
    return next((each for each in looked if each.effect is not None), None)


def _means(rows: Sequence[Row], *, treated: frozenset[str]) -> list[tuple[int, float]]:
    """The mean of the units with the project, in the periods that all of them have."""
    by_period: dict[int, dict[str, float]] = {}
    for unit, period, value in rows:
        if unit in treated:
            by_period.setdefault(period, {})[unit] = value
    whole = {at: values for at, values in by_period.items() if len(values) == len(treated)}
    return [(at, sum(values.values()) / len(values)) for at, values in sorted(whole.items())]


def _observed(rows: Sequence[Row], *, treated: frozenset[str], since: int) -> list[Observed]:
    return [
        Observed(unit=unit, with_project=unit in treated, after=period >= since, value=value)
        for unit, period, value in rows
    ]
