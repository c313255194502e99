"""Every published file that was met is read as docs/reference/published-files.md says."""

import re
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Tried, Wanted, try_file
from house.tree import REPOSITORY
from real_input import real_input

PAGE = REPOSITORY / "docs" / "reference" / "published-files.md"
ROW = re.compile(
    r"^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \| (\d*) \| (\d*) \| (\d*) \| ([^|]*) \|$", re.M
)
QUICK = re.compile(r"2010\.xlsx|2010-04|2019-09|-card|2015LiqGas|6jzp|SFIN-03-0001|RDIntense|tenjo")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page says of a file."""

    file: str
    layout: str
    facts: str
    rows: str
    bad: str
    twice: str


@cache
def told() -> tuple[Told, ...]:
    text = PAGE.read_text(encoding="utf-8")
    return tuple(
        Told(file=file, layout=layout, facts=facts, rows=rows, bad=bad, twice=twice)
        for file, layout, facts, rows, bad, twice, _ in ROW.findall(text)
    )


def content_of(file: str) -> tuple[str, Path | bytes]:
    """A file, or one within an archive: archive.tar.xz ‣ name."""
    outer, _, inner = file.partition(" ‣ ")
    path = real_input(outer.split("/")[0]) / Path(*outer.split("/")[1:])
    if not inner:
        return str(path), path
    with tarfile.open(path) as archive:
        member = next(each for each in archive.getmembers() if each.name == inner)
        found = archive.extractfile(member)
        assert found is not None
        return inner, found.read()


def seen(file: str) -> Told:
    """What the product makes of a file."""
    name, source = content_of(file)
    tried = try_file(name, source, Wanted(mode=Mode.KEEP_GOOD, given=GIVEN.get(file)))
    result = tried.result
    counts = () if result is None else (result.rows, result.problem_count, result.duplicates)
    rows, bad, twice = (str(each) for each in counts or ("", "", ""))
    return Told(
        file=file, layout=layout_of(tried), facts=facts_of(tried), rows=rows, bad=bad, twice=twice
    )


GIVEN = {
    "performance/brazil_mg/2023_full/relacao_indicadores_apurados.csv": {"year": "2023"},
    "performance/brazil_mg/planning_2023/acoes_planejamento.csv": {"year": "2023"},
}


def layout_of(tried: Tried) -> str:
    if not tried.mappings:
        return "—"
    return ", ".join(mapping.name or "guessed" for mapping in tried.mappings)


def facts_of(tried: Tried) -> str:
    facts = tried.result.facts if tried.result else {}
    return " · ".join(f"{kind} {count}" for kind, count in sorted(facts.items())) or "—"


def test_the_page_lists_files_of_every_source():
    assert len(told()) > 30


@pytest.mark.parametrize(
    "each", [each for each in told() if QUICK.search(each.file)], ids=lambda each: each.file
)
def test_a_published_file_is_read_as_the_page_says(each):
    assert seen(each.file) == each


@pytest.mark.deep
@pytest.mark.parametrize("each", told(), ids=lambda each: each.file)
def test_all_published_files_are_read_as_the_page_says(each):
    assert seen(each.file) == each
