"""From the share of a target that was reached to the share of the weight: METHODS.

proportional is the rule in use; the others are named by some places (unverified).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.terms import Ratio

WHOLE = Fraction(1)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method by name, with what it needs: a pass line, or steps from a rate to a share."""

    name: str
    pass_line: Ratio | None = None
    steps: tuple[tuple[Ratio, Ratio], ...] = ()

    def share(self, reached: Fraction) -> Fraction:
        """The share of the weight, between nothing and the whole."""
        assert 0 <= reached.numerator <= reached.denominator, "a share lies between 0 and 1"
        return min(max(METHODS[self.name](reached, self), NOTHING), WHOLE)


def _proportional(reached: Fraction, _method: Method) -> Fraction:
    """比例赋分: as much of the weight as of the target."""
    return reached


def _pass_line(reached: Fraction, method: Method) -> Fraction:
    """比例赋分 with a pass line: nothing below it, then in proportion to what lies above."""
    assert method.pass_line is not None, "the pack names its pass line"
    line = Fraction(method.pass_line)
    return NOTHING if reached < line else (reached - line) / (WHOLE - line)


def _direct(reached: Fraction, _method: Method) -> Fraction:
    """直接赋分: the whole or nothing."""
    return WHOLE if reached == WHOLE else NOTHING


def _banded(reached: Fraction, method: Method) -> Fraction:
    """分档赋分: the share of the highest step that was reached."""
    return max(
        (Fraction(share) for line, share in method.steps if reached >= line), default=NOTHING
    )


METHODS: Mapping[str, Callable[[Fraction, Method], Fraction]] = {
    "proportional": _proportional,
    "pass_line": _pass_line,
    "direct": _direct,
    "banded": _banded,
}
