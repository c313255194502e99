"""Score sheets, panels and proposals, without a database: what recomputing a year costs.

    ./run bench panels [projects…]

A project has four sheets of the full frame of 17 lines, of the department, the finance bureau, a
third party and a social organisation. Agreement is exact, in whole numbers.
"""

import random
import sys
from collections.abc import Iterator
from decimal import Decimal

from measuring import fingerprint, seconds, table

from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.results.proposing import ResultFacts, propose
from gongzhi.core.scoring.panel import Judged, PanelScore, score_panel
from gongzhi.core.scoring.sheet import Mark, Sheet, SheetScore, score_sheet
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.results import load_results

SIZES = (300, 3_000)
PACK = "mof-2020-10"
KINDS = ("department", "finance", "third_party", "social")
BASE = Decimal(1_000_000)
RULES = load_evaluation(PACK)
FRAME = RULES.frames["project"]


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = ["projects", "sheets", "scored s", "panels s", "proposed s", "gaps to answer"]
    print(table(heads, [measured(size) for size in sizes]))


def measured(size: int) -> list[str]:
    given = [list(sheets(random.Random(number))) for number in range(size)]
    scored: list[list[SheetScore]] = []
    panels: list[PanelScore] = []
    scoring = seconds(lambda: scored.extend(map(scores, given)))
    joining = seconds(lambda: panels.extend(map(panel, scored)))
    proposing = seconds(lambda: [proposed(each) for each in panels])
    gaps = sum(len(each.gaps) for each in panels) / size
    return [
        f"{size:,}", f"{size * len(KINDS):,}", f"{scoring:.2f}", f"{joining:.2f}",
        f"{proposing:.2f}", f"{gaps:.1f}",
    ]  # fmt: skip


def sheets(chance: random.Random) -> Iterator[Sheet]:
    """Evaluators around the project's own quality, each a little different."""
    quality = chance.uniform(0.5, 1)
    for _ in KINDS:
        shares = [min(1.0, max(0.0, chance.gauss(quality, 0.15))) for _ in FRAME.lines]
        marks = (
            Mark(line=line.code, points=round(line.weight * Decimal(share), 2), reason="少一项")
            for line, share in zip(FRAME.lines, shares, strict=True)
        )
        yield Sheet(frame=FRAME, marks=tuple(marks))


def scores(given: list[Sheet]) -> list[SheetScore]:
    pack = load_packs()[PACK]
    return [score_sheet(sheet, pack=pack) for sheet in given]


def panel(scored: list[SheetScore]) -> PanelScore:
    judged = [
        Judged(
            kind=kind,
            evaluator=kind,
            total=score.total,
            points={each.line.code: each.points for each in score.lines},
        )
        for kind, score in zip(KINDS, scored, strict=True)
    ]
    return score_panel(judged, frame=FRAME, rules=RULES.panel(Scope.PROJECT))


def proposed(score: PanelScore) -> object:
    grade = load_packs()[PACK].grade(score.score)
    facts = ResultFacts(base=BASE, grade=grade, execution=Decimal("0.7"), rectifications_open=1)
    return propose(facts, rules=load_results(PACK))


if __name__ == "__main__":
    main()
