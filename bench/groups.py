"""Groups of opinion beside PCA and k-means of scikit-learn on the whole table.

    ./run bench groups [PYTHON] [people×statements…]

PYTHON is an interpreter with scikit-learn in an environment of its own (GONGZHI_SKLEARN where it
isn't given); without one the peer's columns say so. Each side is a process of its own that makes
the same conversation from a seed: three camps, everybody answers 50 statements or a twentieth of
them. `groups` is what the peer does too (axes, k-means for 2 to 5 groups, silhouette); `all` is
`find_groups` whole, with structure, stability and what is said of the groups. Memory is the peak of
the process over what it holds once its libraries are loaded.
"""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from conversations import KB, conversation, reached, rest, say
from measuring import fingerprint, table

from gongzhi.core.balance.opinions.choosing import choose, inside
from gongzhi.core.balance.opinions.finding import find_groups
from gongzhi.core.balance.opinions.matrix import matrix_of
from gongzhi.core.balance.opinions.plane import Centred, plane_of, positions
from gongzhi.rules.balance.groups import group_rules

SIZES = ("2000×1000", "20000×1000", "100000×2000")
OWN = "--own"
PEER = Path(__file__).with_name("sklearn_groups.py")


def main() -> None:
    given = sys.argv[1:]
    python = (
        given.pop(0) if given and "×" not in given[0] else os.environ.get("GONGZHI_SKLEARN", "")
    )
    print(fingerprint(), "\n")
    heads = ["people", "statements", "stances", "groups s", "all s", "MB", "peer s", "peer MB",
             "peer ÷ groups", "MB ÷ peer", "same groups"]  # fmt: skip
    print(table(heads, [measured(size, python) for size in given or SIZES]))


def measured(size: str, python: str) -> list[str]:
    people, statements = size.split("×")
    own = told(sys.executable, __file__, OWN, people, statements)
    row = [people, statements, own["stances"], own["groups"], own["all"], own["mb"]]
    if not python or not Path(python).exists():
        return [*row, "no scikit-learn", "–", "–", "–", "–"]
    peer = told(python, str(PEER), people, statements)
    faster = float(peer["groups"]) / float(own["groups"])
    smaller = float(own["mb"]) / float(peer["mb"])
    same = "yes" if own["sizes"] == peer["sizes"] else f"{own['sizes']} : {peer['sizes']}"
    return [*row, peer["groups"], peer["mb"], f"{faster:.1f}", f"{smaller:.2f}", same]


def told(*command: str) -> dict[str, str]:
    """What a process of one side says: name=value, parted by spaces."""
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return dict(each.split("=") for each in answer)


def own(people: int, statements: int) -> None:
    rules = group_rules(on=date(2026, 1, 1))
    rows, columns, values = conversation(people, statements)
    matrix = matrix_of(
        [str(at) for at in range(people)], [str(at) for at in range(statements)],
        rows=rows, columns=columns, values=values,
    )  # fmt: skip
    del rows, columns, values
    before = rest()
    began = time.perf_counter()
    centred = Centred(matrix)
    points = positions(centred, plane_of(centred), statements=statements, out=0)
    grouping, _ = choose(points[inside(matrix, rules=rules)], rules=rules)
    first = time.perf_counter() - began
    peak = reached() - before + (matrix.cells.nbytes + matrix.starts.nbytes) / KB / KB
    began = time.perf_counter()
    find_groups(matrix, rules=rules)
    whole = time.perf_counter() - began
    say(len(matrix.cells), grouping.sizes, first, peak, whole=whole)


if __name__ == "__main__":
    if sys.argv[1:2] == [OWN]:
        own(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
