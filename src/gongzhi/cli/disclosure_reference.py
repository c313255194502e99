"""The reference page of disclosure: what belongs in, by when, how it is examined, open data.

`./run docs` writes it to docs/reference/disclosure.md; a test fails when it is stale.
"""

from collections.abc import Iterator

from gongzhi.core.disclosure.stages import GROUNDS, STEPS, PackStage
from gongzhi.core.terms import Said, Text
from gongzhi.papers.summary_tables import TABLES
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.rules.open_data import load_open_data
from gongzhi.rules.page import GENERATED, table
from gongzhi.words import say

KINDS = ("kind", "name", "occasion", "due", "public", "closed", "source", "verified")
VERIFIED = {True: "yes", False: "no"}
ABOUT = """\
What a unit discloses of a year, by when, and how it is examined before (clauses 4.18, 6.9, 6.10).
All of it is data: `src/gongzhi/rules/disclosure/disclosure.toml`. Fields of another class than
public never get into a pack; people's own words are looked at passage by passage."""
ABOUT_STEPS = """\
One gathers, another examines and publishes (clause 3.3). A piece in doubt is referred and stays
closed; the next version opens it only with the document that decided. What is published is never
changed: a correction is the next version, with its reason. The publication's entry in the log
states the SHA-256 of the JSON that anybody can take away (`disclosure.json` in the archive)."""
ABOUT_OPEN = """\
Each set as `/data/open/CODE.csv`, `.xlsx` and `.json`, the dictionary as
`/data/open/dictionary.json`; from `src/gongzhi/rules/open_data/open_data.toml`, where a place also
writes its licence. What is in them is what a visitor may read."""


def disclosure() -> str:
    """The page."""
    rules = load_disclosure()
    parts = [
        "# Disclosure and open data",
        GENERATED,
        ABOUT,
        "## What belongs in",
        table(KINDS, _kinds()),
        f"A count of fewer than {rules.least_people} people is withheld, with what tells it.",
        "## Steps",
        ABOUT_STEPS,
        _diagram(),
        table(("in stage", "step", "by", "leads to"), _steps()),
        "Grounds for keeping a passage back: "
        + "; ".join(f"`{ground}` {_said(said)}" for ground, said in GROUNDS.items()),
        "## Tables to report and publish",
        table(("table", "name", "columns"), _tables()),
        "## Open data",
        ABOUT_OPEN,
        table(("set", "name", "fields", "source"), _sets()),
    ]
    return "\n\n".join(parts) + "\n"


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _said(said: Said) -> str:
    return f"{say(said, 'zh')} · {say(said, 'en')}"


def _kinds() -> Iterator[tuple[str, ...]]:
    rules = load_disclosure()
    for rule in rules.kinds.values():
        days = "working days" if rule.working else "days"
        yield (
            f"`{rule.code}`",
            _both(rule.name),
            _both(rules.occasions[rule.occasion]),
            f"{rule.days} {days}, clause {rule.clause}" if rule.days else "with the rest",
            "、".join(each.title.zh for each in rule.public),
            "、".join(f"{each.title.zh} ({each.label})" for each in rule.closed),
            _both(rule.source),
            VERIFIED[rule.verified],
        )


def _diagram() -> str:
    arrows = [f"    {each.stage} --> {each.to}: {each.verb} ({_by(each.sides)})" for each in STEPS]
    ends = [f"    {stage} --> [*]" for stage in (PackStage.PUBLISHED, PackStage.WITHDRAWN)]
    first = f"    [*] --> {PackStage.DRAFT}: draft_pack (officer)"
    return "\n".join(["```mermaid", "stateDiagram-v2", first, *arrows, *ends, "```"])


def _by(sides: tuple[object, ...]) -> str:
    return ", ".join(map(str, sides))


def _steps() -> Iterator[tuple[str, ...]]:
    for each in STEPS:
        name = _said(each.name)
        yield f"`{each.stage}`", f"`{each.verb}` {name}", _by(each.sides), f"`{each.to}`"


def _tables() -> Iterator[tuple[str, ...]]:
    for each in TABLES.values():
        columns = "、".join(column.label for column in each.columns)
        yield f"`{each.code}`", each.title, columns


def _sets() -> Iterator[tuple[str, ...]]:
    for each in load_open_data().datasets.values():
        fields = ", ".join(f"`{field.code}`" for field in each.fields)
        yield f"`{each.code}`", _both(each.name), fields, _both(each.source)
