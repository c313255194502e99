"""The reference page of evaluation: kinds, frames, panel, steps as a diagram, use of results.

`./run docs` writes it to docs/reference/evaluation.md; a test fails when it is stale.
"""

from collections.abc import Iterator

from gongzhi.cli.rectification_reference import rectification, standing
from gongzhi.core.evaluating.rules import EvaluationRules
from gongzhi.core.evaluating.stages import ENDS, TRANSITIONS, EvaluationStage
from gongzhi.core.results.proposing import USES
from gongzhi.core.results.rules import InstitutionFormula, ResultRules
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.terms import Said, Text
from gongzhi.rules.packs.evaluation import evaluation_packs, load_evaluation
from gongzhi.rules.packs.results import load_results, result_packs
from gongzhi.rules.page import GENERATED, table
from gongzhi.words import say

SPEC = "../../tests/spec"
VERIFIED = {True: "yes", False: "no"}
STEPS = ("in stage", "step", "by", "leads to", "needs")
KINDS = ("kind", "name", "of", "who may", "weight", "frame", "working days", "source", "verified")
LINES = ("level 1", "level 2", "line", "weight", "scored", "criterion", "evidence")
CUTS = ("what", "takes of the base", "clause", "source", "verified")
ABOUT = f"""\
Who evaluates, against which lines, how several evaluators become one score, and what follows for
next year's money. All of it is data of a pack, with where it was read; a pack that isn't listed
uses the first. Totals are derived, never typed; a computed value stays beside what a person gives.
Cases that the tests run: [score sheets]({SPEC}/panel/sheet.md), [absent
kinds]({SPEC}/panel/absent.md), [independence]({SPEC}/evaluating/independence.md), [use of
results]({SPEC}/results/project.md), [institutions]({SPEC}/results/institution.md)."""
ABOUT_STEPS = """\
Each arrow is a step with the side that takes it; who exactly may is the charter's answer. What is
handed in stays hidden from the other evaluators until nobody of the panel is still at work; nothing
is concluded before the evaluated was heard; an objection is answered by somebody who didn't work on
the evaluation."""
ABOUT_SCORED = """\
*judged* by a person · *received* = money received ÷ budget · *executed* = money spent ÷ money
received (a self-evaluation divides by the budget instead) · *reached* = what the self-evaluation's
lines under the headings earn of their weight."""
ABOUT_RESULTS = """\
Each cut is a share of the base, down to nothing; of several execution bounds the lowest that holds.
People decide; who decides otherwise says why."""
ABOUT_AGREEMENT = """\
Kendall's W (with ties) and ICC(2,1), ICC(2,k) (Shrout & Fleiss 1979) are computed over the lines,
each as a share of its weight, among the sheets that fill in the whole frame. *Without* a kind tells
what the score would be if that kind were absent: what its evaluation changed."""


def evaluation() -> str:
    """The page."""
    parts = [
        "# Evaluation and use of results",
        GENERATED,
        ABOUT,
        "## Steps",
        ABOUT_STEPS,
        _diagram(),
        table(STEPS, _steps()),
        *rectification(),
        *(part for name in evaluation_packs() for part in _pack(load_evaluation(name))),
        *(part for name in result_packs() for part in _results(load_results(name))),
    ]
    return "\n\n".join(parts) + "\n"


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _said(said: Said) -> str:
    return f"{say(said, 'zh')} · {say(said, 'en')}"


def _cited(cited: Citation) -> tuple[str, str]:
    return _both(cited.text), VERIFIED[cited.verified]


def _diagram() -> str:
    arrows = [f"    {each.stage} --> {each.to}: {each.verb} ({each.side})" for each in TRANSITIONS]
    ends = [f"    {stage} --> [*]" for stage in ENDS]
    first = f"    [*] --> {EvaluationStage.ASSIGNED}"
    return "\n".join(["```mermaid", "stateDiagram-v2", first, *arrows, *ends, "```"])


def _steps() -> Iterator[tuple[str, ...]]:
    for each in TRANSITIONS:
        yield (
            f"`{each.stage}`",
            f"`{each.verb}` {_said(each.name)}",
            each.side,
            f"`{each.to}`",
            "a reason" if each.needs_reason else "—",
        )


def _pack(rules: EvaluationRules) -> Iterator[str]:
    yield f"## {rules.pack}: evaluation"
    yield f"{_both(rules.title)} · in force from {rules.in_force_from}"
    yield table(KINDS, _kinds(rules))
    yield _numbers(rules)
    yield ABOUT_AGREEMENT
    for frame in rules.frames.values():
        yield from _frame(frame)


def _kinds(rules: EvaluationRules) -> Iterator[tuple[str, ...]]:
    for kind in rules.kinds:
        days = kind.days
        later = f", {kind.after_years} years later" if kind.after_years else ""
        yield (
            f"`{kind.code}`",
            _both(kind.name),
            f"{kind.scope}{later}",
            ", ".join(kind.parties),
            f"{kind.weight}{'' if kind.cuts else ', cuts no money by itself'}",
            kind.frame or "its own form",
            (
                f"accept {days.accept} · hand in {days.hand_in} · send {days.send} · object "
                f"{days.object} · answer {days.answer} · conclude {days.conclude}"
            ),
            *_cited(kind.cited),
        )


def _numbers(rules: EvaluationRules) -> str:
    apart, sampling, citizens = rules.apart, rules.sampling, rules.citizens
    sizes = ", ".join(map(str, sampling.sizes))
    clauses = ", ".join(f"{code} {clause}" for code, clause in rules.independence.clauses.items())
    warns = ", ".join(sorted(rules.independence.warns)) or "none"
    rows = (
        ("absent kinds' weights", f"`{apart.absent}`", *_cited(apart.cited)),
        ("gap in total to be answered", f"> {apart.gap_total} points", *_cited(apart.cited)),
        ("gap in a line", f"> {apart.gap_line} of its weight", *_cited(apart.cited)),
        ("to explain a gap", f"{apart.explain_days} working days", *_cited(apart.cited)),
        (
            "the same evaluator again",
            f"not within {rules.independence.again_years} years; clauses: {clauses}",
            *_cited(rules.independence.cited),
        ),
        (
            "obstacles only warned of",
            warns,
            *_cited(rules.independence.cited),
        ),
        (
            "self-evaluations checked again",
            f"{sampling.share} of each class and size; sizes from {sizes} {sampling.currency}",
            *_cited(sampling.cited),
        ),
        ("citizens: no figure below", f"{citizens.shown_least}", *_cited(citizens.cited)),
        ("citizens: part of the score from", f"{citizens.enough}", *_cited(citizens.cited)),
        (
            "citizens: looked into from",
            f"{citizens.same_matter} of one matter, within {citizens.check_days} working days",
            *_cited(citizens.cited),
        ),
        (
            "citizens are answered",
            f"within {citizens.answer_days} days, once more within {citizens.supplement_days}",
            *_cited(citizens.cited),
        ),
    )
    return table(("rule", "value", "source", "verified"), rows)


def _frame(frame: Frame) -> Iterator[str]:
    yield f"### Frame `{frame.code}`"
    yield f"{_both(frame.title)}. {_both(frame.source)} · verified: {VERIFIED[frame.verified]}"
    yield ABOUT_SCORED
    yield table(
        LINES,
        (
            (
                _both(line.level1),
                _both(line.level2),
                f"`{line.code}` {_both(line.name)}",
                str(line.weight),
                f"{line.how}{' ' if line.headings else ''}{'、'.join(line.headings)}",
                _both(line.criterion),
                _both(line.evidence),
            )
            for line in frame.lines
        ),
    )


def _results(rules: ResultRules) -> Iterator[str]:
    yield f"## {rules.pack}: use of results"
    source, verified = _cited(rules.cited)
    yield (
        f"{_both(rules.title)} · in force from {rules.in_force_from} · decided within {rules.days} "
        f"working days. {source} · verified: {verified}"
    )
    yield ABOUT_RESULTS
    yield table(CUTS, _cuts(rules))
    yield standing(rules.standing)
    for formula in rules.institutions.values():
        yield from _formula(formula)


def _cuts(rules: ResultRules) -> Iterator[tuple[str, ...]]:
    for grade in rules.grades.values():
        what = f"{grade.grade}: {_said(USES[grade.use])}"
        yield what, str(grade.cut), grade.clause, *_cited(grade.cited)
    for each in rules.executions:
        yield f"execution below {each.below}", str(each.cut), each.clause, *_cited(each.cited)
    opened = (("a rectification not done", rules.rectification), ("a duty not met", rules.duties))
    for what, effect in opened:
        share = f"{effect.each} each, at most {effect.most}"
        yield what, share, effect.clause, *_cited(effect.cited)


def _formula(formula: InstitutionFormula) -> Iterator[str]:
    source, verified = _cited(formula.cited)
    yield f"### Institutions: `{formula.code}`"
    yield (
        f"{_both(formula.name)}: {formula.tied} of the base is tied, by clause {formula.clause}, "
        f"where the class of function begins with {', '.join(formula.functional)}; in place of "
        f"grade and execution. {source} · verified: {verified}"
    )
    yield table(
        ("figure", "share of the tied money", "nothing up to", "all from", "made of"),
        (
            (
                f"`{part.measure}` {_both(part.name)}",
                str(part.share),
                str(part.floor),
                str(part.full),
                f"{part.measured} of {'、'.join(part.headings)}",
            )
            for part in formula.parts
        ),
    )
