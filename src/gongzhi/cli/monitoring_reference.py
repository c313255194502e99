"""The reference page of monitoring: signals, each pack's thresholds, an alert's steps as a diagram.

`./run docs` writes it to docs/reference/monitoring.md; a test fails when it is stale.
"""

from collections.abc import Iterator

from gongzhi.core.monitoring.alert import ENDS, TRANSITIONS, Stage
from gongzhi.core.monitoring.rules import AMOUNTS, Clocks, MonitoringRules, Rule
from gongzhi.core.monitoring.watches import SIGNALS
from gongzhi.core.terms import Said
from gongzhi.rules.packs.monitoring import load_monitoring, monitoring_packs
from gongzhi.rules.page import GENERATED, table
from gongzhi.words import say

SPEC = "../../tests/spec/monitoring"
VERIFIED = {True: "yes", False: "no"}
RULES = ("signal", "since", "level", "warns", "thresholds", "source", "verified")
STEPS = ("in stage", "step", "by", "leads to", "after choosing", "restarts the clock")
ABOUT = """\
A signal is a hint to look, not a verdict: it shows its sum and the rule that it stands on. A signal
for which a pack has no threshold is off, and one whose threshold is an amount of another currency
than the place's isn't judged. Shares are ratios: 0.1 is ten points. How the curves are
computed and how good the forecasts are: [monitoring](../explanation/monitoring.md)."""
ABOUT_PACKS = """\
A pack may build on another one and replace its thresholds; a pack that isn't listed is monitored by
the first. *Warns* means that the signal opens an alert, with the clocks below."""
ABOUT_ALERTS = """\
A project has one alert a round. Each arrow is a step with the side that takes it; who may take it
is the charter's answer. Answer, plan and report count from the day of the alert, or from its last
return."""


def monitoring() -> str:
    """The page."""
    packs = [load_monitoring(name) for name in monitoring_packs()]
    parts = [
        "# Monitoring: signals, thresholds, alerts",
        GENERATED,
        ABOUT,
        "## Signals",
        table(("code", "name", "when"), _signals()),
        "## Thresholds",
        ABOUT_PACKS,
        *(_pack(rules) for rules in packs),
        "## An alert",
        ABOUT_ALERTS,
        _diagram(),
        table(STEPS, _steps()),
    ]
    return "\n\n".join(parts) + "\n"


def _both(said: Said) -> str:
    return f"{say(said, 'zh')} · {say(said, 'en')}"


def _signals() -> Iterator[tuple[str, ...]]:
    for each in SIGNALS:
        yield f"[`{each.code}`]({SPEC}/{each.code}.md)", _both(each.name), _both(each.meaning)


def _pack(rules: MonitoringRules) -> str:
    listed = [_rule(rule) for each in SIGNALS for rule in rules.rules if each.code == rule.code]
    codes = {rule.code for rule in rules.rules}
    off = [f"`{each.code}`" for each in SIGNALS if each.code not in codes]
    parts = [
        f"### {rules.pack}",
        f"{rules.title.zh} · {rules.title.en}",
        table(RULES, listed),
        f"Off: {', '.join(off) or '—'}",
        _clocks(rules.clocks),
    ]
    return "\n\n".join(parts)


def _rule(rule: Rule) -> tuple[str, ...]:
    numbers = [
        f"{name} {value}{f' {rule.currency}' if name in AMOUNTS else ''}"
        for name, value in rule.numbers.items()
    ]
    marks = [f"{month}: {share}" for month, share in rule.marks.items()]
    return (
        f"`{rule.code}`",
        f"{rule.pack} {rule.in_force_from}",
        rule.level,
        "yes" if rule.warns else "",
        " · ".join([*numbers, *marks, *rule.words]),
        f"{rule.source.zh} · {rule.source.en}",
        VERIFIED[rule.verified],
    )


def _clocks(clocks: Clocks) -> str:
    rounds = ", ".join(map(str, clocks.rounds))
    return (
        f"Clocks: answer {clocks.answer} · plan {clocks.plan} · report {clocks.report} · check "
        f"{clocks.check} working days; rounds at the ends of months {rounds}; "
        f"{'suspension is proposed where no answer comes; ' if clocks.suspends else ''}a visit "
        f"after {clocks.visit_after} in a row. {clocks.source.zh} · {clocks.source.en} · verified: "
        f"{VERIFIED[clocks.verified]}"
    )


def _diagram() -> str:
    arrows = [f"    {each.stage} --> {each.to}: {each.verb} ({each.side})" for each in TRANSITIONS]
    ends = [f"    {stage} --> [*]" for stage in ENDS]
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {Stage.OPEN}", *arrows, *ends, "```"]
    return "\n".join(lines)


def _steps() -> Iterator[tuple[str, ...]]:
    for each in TRANSITIONS:
        yield (
            f"`{each.stage}`",
            f"`{each.verb}` {_both(each.name)}",
            each.side,
            f"`{each.to}`",
            ", ".join(each.choices) or "—",
            "yes" if each.restarts else "",
        )
