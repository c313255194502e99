"""A place's rules of evaluation as values; the data stands in rules/packs/…/evaluation.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.citizens import CitizensRules
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.scoring.panel import PanelRules
from gongzhi.core.terms import Money, Points, Ratio, Text

# Obstacles that stand on a clause of the charter; the others stand on the pack's own rules.
ON_CLAUSES = ("itself", "under", "department", "conflict", "paid")
OBSTACLES = (*ON_CLAUSES, "again")


class Scope(StrEnum):
    """What is evaluated."""

    PROJECT = "project"
    ORGANISATION = "organisation"  # 部门整体
    POLICY = "policy"  # 一项部署及为它安排的各个项目


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How many working days each step of an evaluation may take."""

    accept: int
    hand_in: int
    send: int
    object: int
    answer: int
    conclude: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationKind:
    """A kind of evaluation: who may do it, what it weighs in the one score, how long it takes.

    frame is the code of its frame, empty where the kind brings a form of its own, as a
    self-evaluation does. after_years is how long after completion it comes, 0 for the year's own.
    cuts: whether its score may take money away; of a social organisation's and of citizens' the
    charter says that it doesn't by itself.
    """

    code: str
    name: Text
    scope: Scope
    parties: tuple[PartyKind, ...]
    weight: Ratio
    frame: str
    days: Days
    after_years: int
    cuts: bool
    cited: Citation

    @property
    def is_outside(self) -> bool:
        """Whether parties outside government do it, who can be drawn by lot."""
        return bool({PartyKind.EVALUATOR, PartyKind.SOCIAL} & set(self.parties))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far apart evaluators may be, and what becomes of the weights of absent kinds.

    explain_days: how many working days there are to explain a larger gap.
    """

    absent: str
    gap_total: Points
    gap_line: Ratio
    explain_days: int
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependenceRules:
    """again_years: who evaluated a project in the last so many years may not do so again.

    clauses are the charter's, by the code of the obstacle that stands on them. warns are the
    obstacles that don't keep anybody from being chosen by hand, but are told; draws leave out both.
    """

    again_years: int
    clauses: Mapping[str, str]
    warns: frozenset[str]
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingRules:
    """The share of self-evaluations that is checked again, in each class and size.

    sizes are the amounts, rising, in units of the currency, at which a larger size begins.
    """

    share: Ratio
    sizes: tuple[Money, ...]
    currency: str
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRules:
    """The rules of evaluation of a pack."""

    pack: str
    title: Text
    in_force_from: date
    kinds: tuple[EvaluationKind, ...]
    frames: Mapping[str, Frame]
    apart: Apart
    independence: IndependenceRules
    sampling: SamplingRules
    citizens: CitizensRules

    def kind(self, code: str) -> EvaluationKind | None:
        """A kind by its code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def open_to(self, party: PartyKind) -> tuple[EvaluationKind, ...]:
        """The kinds that a kind of party may do."""
        return tuple(kind for kind in self.kinds if party in kind.parties)

    def frame_of(self, code: str) -> Frame | None:
        """The frame of a kind; None where it brings its own form."""
        kind = self.kind(code)
        return None if kind is None else self.frames.get(kind.frame)

    def panel(self, scope: Scope) -> PanelRules:
        """How the kinds of a scope become one score."""
        kinds = [kind for kind in self.kinds if kind.scope is scope]
        return PanelRules(
            weights={kind.code: kind.weight for kind in kinds},
            sparing=frozenset(kind.code for kind in kinds if not kind.cuts),
            absent=self.apart.absent,
            gap_total=self.apart.gap_total,
            gap_line=self.apart.gap_line,
        )

    @property
    def clause(self) -> str:
        """The rules' address: their pack and since when."""
        return f"{self.pack}/evaluation@{self.in_force_from.isoformat()}"
