"""The reference page of the checks of drafted goals, made from their rules (`./run docs`)."""

from collections.abc import Iterator

from gongzhi.core.goals.checking import FORM_CHECKS
from gongzhi.core.goals.checks import GOAL_CHECKS
from gongzhi.core.goals.rules import GoalRule
from gongzhi.rules.checks.reading import load_checks
from gongzhi.rules.goals.reading import ROOM, load_examples, read_goal_rules
from gongzhi.rules.page import CERTAIN, GENERATED, table

SPEC = "../../tests/spec/goals"
VERIFIED = {True: "yes", False: "no"}
ABOUT = """\
What is said about a goal while it is written. A finding is a hint to look, not a verdict; only what
is *certain* follows from the figures alone. Each code links to a table of cases that the tests run.
The thresholds and words are data, from `src/gongzhi/rules/goals/checks.toml`, with their day."""
ABOUT_FORMS = """\
Checks of forms that hold for goals too and are run on drafts as they are; see
[finding codes](finding-codes.md)."""


def goal_checks() -> str:
    """The page."""
    parts = [
        "# Checks of drafted goals",
        GENERATED,
        ABOUT,
        table(("code", "kind", "field", "中文", "English"), _checks()),
        "## Thresholds and words",
        table(("code", "since", "numbers, patterns, words", "source", "verified"), _rules()),
        "## Checks of forms",
        ABOUT_FORMS,
        table(("code", "field", "中文", "English"), _of_forms()),
        "## Fields, written well and badly",
        table(("field", "what belongs there", "well", "badly"), _examples()),
    ]
    return "\n\n".join(parts) + "\n"


def _newest() -> dict[str, GoalRule]:
    rules = sorted(read_goal_rules(ROOM / "checks.toml"), key=lambda rule: rule.since_on)
    return {rule.code: rule for rule in rules}


def _checks() -> Iterator[tuple[str, ...]]:
    rules = _newest()
    for check in GOAL_CHECKS:
        rule = rules[check.code]
        yield (
            f"[`{check.code}`]({SPEC}/{check.code}.md)",
            CERTAIN[check.certain],
            f"`{check.field}`",
            f"**{rule.name.zh}** {rule.meaning.zh}",
            f"**{rule.name.en}**: {rule.meaning.en}",
        )


def _rules() -> Iterator[tuple[str, ...]]:
    for rule in read_goal_rules(ROOM / "checks.toml"):
        told = [f"{name} {value}" for name, value in rule.numbers.items()]
        told += [f"{name} `{pattern.pattern}`" for name, pattern in rule.patterns.items()]
        told += ["、".join(rule.words)] if rule.words else []
        yield (
            f"`{rule.code}`",
            str(rule.since_on),
            " · ".join(told) or "—",
            f"{rule.source.zh} · {rule.source.en}",
            VERIFIED[rule.verified],
        )


def _of_forms() -> Iterator[tuple[str, ...]]:
    rules = load_checks()
    for check, field in FORM_CHECKS:
        name = rules[check.code].name
        link = f"[{check.code}](finding-codes.md#{check.code.lower()})"
        yield link, f"`{field}`", name.zh, name.en


def _examples() -> Iterator[tuple[str, ...]]:
    for each in load_examples().values():
        yield (
            f"`{each.field}` {each.name.zh} · {each.name.en}",
            f"{each.hint.zh} · {each.hint.en}",
            f"{each.good.zh} · {each.good.en}",
            f"{each.bad.zh} · {each.bad.en}",
        )
