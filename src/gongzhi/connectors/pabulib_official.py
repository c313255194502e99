"""How a pabulib vote was really decided: its `rule` in our words, its outcome beside ours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongzhi.connectors.pabulib import Pabulib
from gongzhi.connectors.pabulib_words import amount
from gongzhi.core.balance.voting import (
    BallotKind,
    Completion,
    Method,
    Outcome,
    Rule,
    Stop,
    method_for,
)

GREEDY = ("greedy", "greedy-threshold")
NO_SKIP = ("greedy-no-skip", "greedy-custom")
EQUAL_SHARES = "equalshares"
COMPLETIONS = {"": Completion.NONE, **{str(each): each for each in Completion}}
THRESHOLD = "min_project_score_threshold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The decided outcome beside ours; what was paid by other money needn't be in ours."""

    rule: str
    method: Method | None
    selected: tuple[str, ...]
    with_other_money: tuple[str, ...]
    only_ours: tuple[str, ...]
    only_official: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the same projects were funded."""
        return not self.only_ours and not set(self.only_official) - set(self.with_other_money)


def official_method(meta: Mapping[str, str], kind: BallotKind) -> Method | None:
    """The method that the file's rule stands for; None where it doesn't name one that we know."""
    name, _, how = meta.get("rule", "").strip().lower().partition("/")
    least = amount(meta.get(THRESHOLD, "")) or 0
    threshold = -(-int(least * 10**6) // 10**6)
    if name in GREEDY:
        return method_for(kind, rule=Rule.GREEDY, threshold=threshold)
    if name in NO_SKIP:
        return method_for(kind, rule=Rule.GREEDY_NO_SKIP, threshold=threshold)
    if name == EQUAL_SHARES and how in COMPLETIONS:
        return method_for(
            kind, completion=COMPLETIONS[how], stop=Stop.OVERSPEND, threshold=threshold
        )
    return None


def flags_of(method: Method) -> Iterator[str]:
    """What to write on the command line for this method."""
    yield f"--rule {method.rule}"
    if method.threshold:
        yield f"--threshold {method.threshold}"
    if method.rule is Rule.EQUAL_SHARES:
        yield f"--completion {method.completion}"
        if method.completion.adds_money:
            yield f"--stop {method.stop}"


def compared(vote: Pabulib, outcome: Outcome) -> Compared | None:
    """The decided outcome beside ours; None where the file doesn't have it."""
    if vote.official is None:
        return None
    ours, official = set(outcome.selected), set(vote.official)
    return Compared(
        rule=vote.meta.get("rule", ""),
        method=official_method(vote.meta, vote.election.kind),
        selected=vote.official,
        with_other_money=tuple(each for each in vote.official if each in vote.with_other_money),
        only_ours=tuple(each for each in outcome.selected if each not in official),
        only_official=tuple(each for each in vote.official if each not in ours),
    )
