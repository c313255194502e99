"""The table at which is bargained: per side and option what it has, may pay, and can live with."""

from dataclasses import dataclass

from gongzhi.core.balance.compensation import Stake
from gongzhi.core.balance.negotiating.amounts import Value, in_fen
from gongzhi.core.balance.negotiating.case import Case, Measure, Side
from gongzhi.core.balance.negotiating.law import Lawful
from gongzhi.core.balance.negotiating.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was stated and what law asks for, side by side and option by option, by places."""

    case: Case
    stated: Stated
    law: Lawful

    @property
    def sides(self) -> range:
        """The places of the sides."""
        return range(len(self.case.sides))

    @property
    def options(self) -> range:
        """The places of the options that were compared."""
        return range(len(self.stated.options))

    @property
    def subsidy(self) -> int:
        """What may come from outside at most, in fen."""
        return in_fen(self.case.subsidy)

    def side(self, at: int) -> Side:
        """A side."""
        return self.case.sides[at]

    def bargains(self, at: int) -> bool:
        """Whether payments of a side are bargained over: institutions that count in money."""
        side = self.side(at)
        return not side.is_resident and side.measure is Measure.MONEY and side.accepts is None

    def limit(self, at: int) -> Value | None:
        """A side's limit; None where it keeps it to itself."""
        return None if self.side(at).accepts is not None else self.stated.limits[at]

    def brings(self, at: int, option: int, *, paid: int = 0) -> Value:
        """What an option brings a side together with a payment; points can't be paid for."""
        worth = self.stated.worth[at][option]
        return worth + paid if self.side(at).measure is Measure.MONEY else worth

    def by_law(self, at: int, option: int) -> Value:
        """What an option brings a side with what law has it paid."""
        return self.brings(at, option, paid=self.law.due(at, option))

    def can_live_with(self, at: int, option: int, *, paid: int) -> bool:
        """Whether a side is no worse off than without agreement, or said that it could agree."""
        accepts = self.side(at).accepts
        if accepts is not None:
            return self.stated.options[option].code in accepts
        limit = self.stated.limits[at]
        return limit is None or self.brings(at, option, paid=paid) >= limit

    def blocked(self, option: int) -> tuple[int, ...]:
        """Sides that can't live with an option, whatever institutions pay each other."""
        return tuple(
            at
            for at in self.sides
            if not self.bargains(at)
            and not self.can_live_with(at, option, paid=self.law.due(at, option))
        )

    def stake(self, at: int, option: int, *, bound: bool = True) -> Stake:
        """What a side has at stake; not bound by its limit where that is left aside."""
        side, due = self.side(at), self.law.dues[at][option]
        if not self.bargains(at):
            return Stake(worth=0, least=due or 0, most=due or 0)
        worth = self.stated.worth[at][option]
        assert isinstance(worth, int), "money is whole fen"
        limit = self.stated.limits[at] if bound else None
        least = due
        if due is None and side.pays_most is not None:
            least = -in_fen(side.pays_most)
        return Stake(
            worth=worth,
            limit=None if limit is None else int(limit),
            least=least,
            most=None if side.gets_most is None else in_fen(side.gets_most),
        )

    def total(self, option: int) -> int:
        """What an option is worth to all who count in money."""
        return sum(
            int(self.stated.worth[at][option])
            for at in self.sides
            if self.side(at).measure is Measure.MONEY
        )

    @property
    def has_money(self) -> bool:
        """Whether anybody counts in money."""
        return any(side.measure is Measure.MONEY for side in self.case.sides)
