"""What the commands on tables share: opening a file, saying what is wrong with it and where."""

from pathlib import Path

from gongzhi.cli.reading import no_file
from gongzhi.cli.telling import CannotRun
from gongzhi.connectors.opening import open_source
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.intake.listing import Listing

PLACED = Said("第 {row} 行第 {column} 列：{what}")
IN_SHEET = Said("“{sheet}”第 {row} 行：{what}")


def opened(path: Path) -> Listing:
    """The file's sheets; a line says why not."""
    if not path.is_file():
        raise no_file(path)
    listing = open_source(path.name, path)
    if isinstance(listing, Problem):
        raise CannotRun(placed(listing))
    return listing


def placed(problem: Problem) -> Said:
    """What is wrong, with its place where it has one, else with what to do."""
    where = problem.where
    if where.row is None:
        return Said("{what}；{hint}", {"what": problem.what, "hint": problem.hint})
    if where.sheet:
        place: SaidValues = {"sheet": where.sheet, "row": where.row, "what": problem.what}
        return Said(IN_SHEET.text, place)
    values: SaidValues = {"row": where.row, "column": where.column or 1, "what": problem.what}
    return Said(PLACED.text, values)
