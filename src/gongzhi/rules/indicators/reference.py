"""The reference page of the indicator library, made from its files (`./run docs`)."""

from collections.abc import Iterable

from gongzhi.core.goals.library import Basis, LibraryIndicator, Typical
from gongzhi.core.indicators.reach import plain
from gongzhi.rules.indicators.reading import ANY, load_classes, load_library
from gongzhi.rules.page import GENERATED, table

FOLDER = "../../src/gongzhi/rules/indicators"
BASES = {Basis.PUBLISHED_FORMS: "examples in published forms", Basis.OWN_JUDGEMENT: "our own"}
ABOUT = """\
A file for each indicator; [how to add or check one](../howto/add-an-indicator.md). The files also
hold why an indicator matters, its formula, source and evidence, and how it is written well and
badly; `gongzhi indicators CODE` shows them. **Usual targets are no norms**: they are examples from
published forms or our own judgement; the figures in examples of wording are made up. *Seen* means
that the indicator stands on a published form; without it the entry is our own."""
KEYS = """\
## What `gongzhi indicators --json` prints

One object with one key, `indicators`, a list; texts are in the language of the terminal (`--lang`).

| key | value |
|---|---|
| `code` | folder and name of the file |
| `name`, `unit`, `why`, `formula`, `source`, `evidence`, `good`, `bad` | texts |
| `level1`, `level2` | headings as Chinese forms print them, cost at level 1 |
| `classes` | functional classes; none is every class |
| `kind` | how a target is measured: `at_least`, `at_most`, `equal`, `due` … |
| `course` | how readings make up the year: `so_far`, `adds_up`, `peak`, `kept` |
| `measured` | how one will know: `directly`, `statistics`, `account`, `survey`, `trend` |
| `less_is_better` | true or false |
| `example` | a target as a form prints it |
| `typical` | usual targets, each with what it rests on |
| `seen_as` | names under which it stands on published forms |
| `checked_by`, `next_review_on` | who in the field checked it (empty: nobody), and until when |"""


def indicator_library() -> str:
    """The page."""
    library = list(load_library().values())
    checked = sum(bool(entry.checked_by) for entry in library)
    seen = sum(bool(entry.seen_as) for entry in library)
    count = f"{len(library)} indicators, {seen} of them seen on published forms, {checked} checked."
    names = {code: f"{each.name.zh} · {each.name.en}" for code, each in load_classes().items()}
    folders = dict.fromkeys(entry.code.split("-")[0] for entry in library)
    parts = [
        "# Indicator library",
        GENERATED,
        ABOUT,
        count,
        *(_folder(folder, names, library) for folder in sorted(folders, key=_any_first)),
        KEYS,
    ]
    return "\n\n".join(parts) + "\n"


def _any_first(folder: str) -> tuple[bool, str]:
    return folder != ANY, folder


def _folder(folder: str, names: dict[str, str], library: Iterable[LibraryIndicator]) -> str:
    title = "各类项目通用 · for every class" if folder == ANY else f"{folder} {names[folder]}"
    own = (entry for entry in library if entry.code.startswith(f"{folder}-"))
    heads = ("code", "name", "level 2", "example", "usual targets", "seen")
    return f"## {title}\n\n{table(heads, map(_row, own))}"


def _row(entry: LibraryIndicator) -> tuple[str, ...]:
    folder, _, name = entry.code.partition("-")
    return (
        f"[`{entry.code}`]({FOLDER}/{folder}/{name}.toml)",
        f"{entry.name.zh} · {entry.name.en}",
        entry.aspect.level2,
        entry.example,
        "; ".join(_typical(each) for each in entry.typical),
        "yes" if entry.seen_as else "",
    )


def _typical(typical: Typical) -> str:
    if typical.words is not None:
        return f"{typical.words.en} ({BASES[typical.basis]})"
    ends = ("" if end is None else plain(end) for end in (typical.low, typical.high))
    return f"{'–'.join(ends)} ({BASES[typical.basis]})"
