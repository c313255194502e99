"""Groups that Polis published beside those found here, and what keeps them apart.

    ./run bench published_groups [ARCHIVE.tar.xz]

For each conversation: `index` is the adjusted Rand index of our groups and the published ones over
who is in both. Then the published groups alone, in the plane of everybody who was in them: `stays`
is the index with what k-means makes of them from their own middles (1: they are a way to settle
there), `apart` their silhouette and that of our way to settle in as many groups. Twice: a cell
where nothing was said takes the statement's mean, as in Polis since 2017-10-21 and here; or counts
as a pass, as in Polis before. `top 5` is how many of the five statements that unite most (product
over the groups) are the same by either grouping.
"""

import sys
import tarfile
from pathlib import Path

import numpy as np
from measuring import fingerprint, table

from gongzhi.connectors.polis import PolisStances, comments_in, stances_in
from gongzhi.core.balance.opinions.clustering import agreement, groupings, settled, silhouette
from gongzhi.core.balance.opinions.counting import counted
from gongzhi.core.balance.opinions.facts import facts_among
from gongzhi.core.balance.opinions.finding import OpinionGroups, find_groups
from gongzhi.core.balance.opinions.leaning import uniting
from gongzhi.core.balance.opinions.matrix import Numbers, Places, StanceMatrix
from gongzhi.rules.balance.facts import load_fact_rules
from gongzhi.rules.balance.groups import load_group_rules

ARCHIVE = Path(__file__).resolve().parents[2] / "shared/data/opinions/polis_dev.tar.xz"
RULES = load_group_rules()[-1]
TOP, STARTS = 5, 60


def main() -> None:
    archive = Path(sys.argv[1]) if sys.argv[1:] else ARCHIVE
    print(fingerprint(), "\n")
    heads = ["conversation", "published", "found", "index", "stays", "apart", "stays, passes",
             "apart, passes", "top 5"]  # fmt: skip
    print(table(heads, [measured(name, files) for name, files in conversations(archive)]))


def conversations(archive: Path) -> list[tuple[str, dict[str, bytes]]]:
    files: dict[str, dict[str, bytes]] = {}
    with tarfile.open(archive) as packed:
        for member in packed:
            *_, name, file = ("", *member.name.split("/"))
            if member.isfile() and file.endswith(".csv"):
                files.setdefault(name, {})[file] = packed.extractfile(member).read()
    return sorted(files.items())


def measured(name: str, files: dict[str, bytes]) -> list[str]:
    comments = comments_in(files["comments.csv"])
    out = comments.out | facts_among(comments.texts, rules=load_fact_rules()[-1])
    read = stances_in(files["participants-votes.csv"], out=out)
    found = find_groups(read.matrix, rules=RULES)
    rows, published = stated(read)
    shown = [" · ".join(map(str, sorted(np.bincount(published), reverse=True))),
             " · ".join(str(each.size) for each in found.groups) or "none"]  # fmt: skip
    index = agreement(*both(found, rows, published))
    fits = [
        figure
        for passes in (False, True)
        for figure in fit(plane(read.matrix, passes=passes)[rows], published)
    ]
    return [name, *shown, f"{index:.2f}", *fits, str(same_consensus(found, rows, published))]


def stated(read: PolisStances) -> tuple[Places, Places]:
    """The rows of who was in a published group, and the group of each, from 0 on."""
    names = read.matrix.participants
    rows = np.array([row for row, name in enumerate(names) if name in read.stated])
    groups = [read.stated[names[row]] for row in rows]
    return rows, np.unique(groups, return_inverse=True)[1]


def both(found: OpinionGroups, rows: Places, published: Places) -> tuple[Places, Places]:
    """Of who is in both the published group and ours."""
    _, ours, theirs = np.intersect1d(found.inside, rows, return_indices=True)
    return found.group[ours], published[theirs]


def plane(matrix: StanceMatrix, *, passes: bool) -> Numbers:
    """Everybody's place, from the whole table; what is out counts as a pass of everybody."""
    whole = matrix.dense()
    whole[:, list(matrix.out)] = 0
    said = np.isfinite(whole)
    filled = np.where(said, whole, 0)
    means = filled.sum(axis=0) / (len(whole) if passes else np.maximum(said.sum(axis=0), 1))
    away = np.where(said, whole - means, 0)
    _, _, axes = np.linalg.svd(filled - means if passes else away, full_matrices=False)
    scale = np.sqrt(whole.shape[1] / np.maximum(said.sum(axis=1), 1))
    return away @ axes[:2].T * scale[:, None]


def fit(points: Numbers, published: Places) -> tuple[str, str]:
    """Whether published groups are a way to settle, and how they stand apart beside our way."""
    count = int(published.max()) + 1
    middles = np.array([points[published == each].mean(axis=0) for each in range(count)])
    stays = agreement(published, settled(points, middles, weights=np.ones(len(points))).group)
    ours = groupings(points, (count,), seed=0, starts=STARTS).get(count)
    other = silhouette(points, ours.group) if ours else 0.0
    return f"{stays:.2f}", f"{silhouette(points, published):.2f} : {other:.2f}"


def same_consensus(found: OpinionGroups, rows: Places, published: Places) -> int:
    """How many of the statements that unite most are so by the published groups too."""
    counts = counted(found.matrix.of(rows), published, groups=int(published.max()) + 1)
    agree, seen = counts.agree.copy(), counts.seen.copy()
    agree[:, list(found.matrix.out)] = seen[:, list(found.matrix.out)] = 0
    theirs = {each.column for each in uniting(agree, seen)[:TOP]}
    return len(theirs & {each.column for each in found.united[:TOP]})


if __name__ == "__main__":
    main()
