"""Reference pages made from the data: what each code means, what each pack holds.

`./run docs` writes them to docs/reference; a test fails when they are stale.
"""

from collections.abc import Mapping
from decimal import Decimal

from gongzhi.core.scoring.pack import Heading, Pack
from gongzhi.rules.checks.reading import CheckRule, Limit, load_checks, load_limits
from gongzhi.rules.columns.reference import importable_facts
from gongzhi.rules.goals.reference import goal_checks
from gongzhi.rules.indicators.reference import indicator_library
from gongzhi.rules.packs import load_packs
from gongzhi.rules.page import CERTAIN, GENERATED, table

SPEC = "../../tests/spec/audit"
ABOUT_CODES = """\
*Certain* findings follow from the printed figures alone; *advisory* ones point to something that a
person should look at. Codes `H-…` are hints of our own and never certain. Each code links to a
table of cases that the tests run."""
ABOUT_PACKS = """\
A form is scored under the pack of its place and year; the guess is shown with its reason and can
be changed. Rates and bands are shares: 0.8 is 80 %. Bands and grades are half-open: the lower end
belongs to them, the upper one to the next. *Verified* means read in the rule or in a copy of it."""
VERIFIED = {True: "yes 已核对", False: "no 未核对"}


def pages() -> Mapping[str, str]:
    """Every page by the name of its file."""
    return {
        "finding-codes.md": finding_codes(),
        "rule-packs.md": rule_packs(),
        "goal-checks.md": goal_checks(),
        "indicators.md": indicator_library(),
        "importable-facts.md": importable_facts(),
    }


def finding_codes() -> str:
    """The page of the finding codes and of the thresholds that they use."""
    rules = load_checks().values()
    summary = table(
        ("code", "kind", "中文", "English"),
        ((_link(rule), CERTAIN[rule.certain], rule.name.zh, rule.name.en) for rule in rules),
    )
    limits = table(
        ("name", "value", "codes", "meaning", "source", "verified"),
        (_limit(limit) for limit in load_limits()),
    )
    return "\n".join(
        [
            "# Finding codes",
            "",
            GENERATED,
            "",
            ABOUT_CODES,
            "",
            summary,
            "",
            *(_rule(rule) for rule in rules),
            "## Thresholds and word lists",
            "",
            "From `src/gongzhi/rules/checks/limits.toml`. What is our own choice is not verified.",
            "",
            limits,
            "",
        ]
    )


def rule_packs() -> str:
    """The page of the rule packs."""
    packs = load_packs().values()
    return "\n".join(
        [
            "# Rule packs",
            "",
            GENERATED,
            "",
            ABOUT_PACKS,
            "",
            *(_pack(pack) for pack in packs),
        ]
    )


def _link(rule: CheckRule) -> str:
    return f"[{rule.code}](#{rule.code.lower()})"


def _rule(rule: CheckRule) -> str:
    return (
        f"### {rule.code}\n\n**{rule.name.zh}** · {rule.name.en} · {CERTAIN[rule.certain]} · "
        f"[cases 例子]({SPEC}/{rule.code}.md)\n\n{rule.text.zh}\n\n{rule.text.en}\n"
    )


def _limit(limit: Limit) -> tuple[str, ...]:
    value = f"`{limit.pattern.pattern}`" if limit.pattern else str(limit.value)
    return (
        f"`{limit.name}`",
        value,
        ", ".join(limit.codes),
        f"{limit.meaning.zh} · {limit.meaning.en}",
        f"{limit.source.zh} · {limit.source.en}",
        VERIFIED[limit.verified],
    )


def _pack(pack: Pack) -> str:
    until = pack.in_force_until or "—"
    facts = [
        ("source 来源", f"{pack.source.zh} · {pack.source.en}"),
        ("in force 施行", f"{pack.in_force_from} – {until}"),
        ("verified 核对", VERIFIED[pack.verified]),
        ("note 说明", f"{pack.note.zh} · {pack.note.en}"),
        ("execution 执行率", _execution(pack)),
        ("bands 定性档", _bands(pack)),
        ("grades 等级", " · ".join(f"{grade.name} ≥ {grade.least}" for grade in pack.grades)),
        ("over-achievement 超额", f"> {pack.over_achievement_max}"),
        ("method 计分", pack.quantitative.name),
    ]
    tree = table(("一级 level 1", "points 分值", "二级 level 2"), (_heading(h) for h in pack.tree))
    cited = table(
        ("rule", "where it was read", "verified"),
        (
            (f"`{name}`", f"{source.text.zh} · {source.text.en}", VERIFIED[source.verified])
            for name, source in pack.cited.items()
        ),
    )
    title = f"## {pack.name}\n\n{pack.title.zh} · {pack.title.en}\n"
    return "\n".join([title, table(("what", "rule"), facts), "", tree, "", cited, ""])


def _execution(pack: Pack) -> str:
    execution = pack.execution
    return (
        f"{execution.weight} · self-evaluation ÷ `{execution.denominator}` · full evaluation ÷ "
        f"`{execution.denominator_in_full_evaluation}` · {execution.method.name}"
    )


def _bands(pack: Pack) -> str:
    return " · ".join(f"{band.degree} {band.high}–{band.low}" for band in pack.bands)


def _heading(heading: Heading) -> tuple[str, str, str]:
    also = f"（{'、'.join(heading.also)}）" if heading.also else ""
    parts = "、".join(part.name for part in heading.parts)
    return f"{heading.name}{also}", _points(heading.weight), parts


def _points(weight: Decimal | None) -> str:
    return "free 自行分配" if weight is None else str(weight)
