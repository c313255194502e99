"""Votes on projects: exactness on every file, decided outcomes, speed beside pabutools, growth.

    ./run bench votes [--files FOLDER] [--peer PYTHON] [--peer-entries N] [--voters N …]

FOLDER holds `.pb` files (../shared/data/votes/pabulib_dev.tar.xz unpacked); without it the archive
is unpacked for the run. PYTHON is that of an environment with pabutools, made for example by
`python3 -m venv /tmp/pabutools && /tmp/pabutools/bin/pip install pabutools`; without it the peer is
left out. It counts approval files with at most N entries (200,000), by its own processor time;
`add1u` stops there at the first exhaustive outcome, so ours does, too, in that comparison.

The exact count uses fractions alone; where shares grow it checks the last share and the next one.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from measuring import fingerprint, run, table

from gongzhi.connectors.pabulib import Pabulib, read_pabulib
from gongzhi.connectors.pabulib_official import compared, official_method
from gongzhi.core.balance.voting import (
    BallotKind,
    Completion,
    Election,
    Outcome,
    Reason,
    Rule,
    Stop,
    count,
    method_for,
)

ARCHIVE = Path(__file__).parents[2] / "shared" / "data" / "votes" / "pabulib_dev.tar.xz"
VOTERS = (1_000, 10_000, 100_000, 1_000_000)
PROJECTS = 500
PEER_SECONDS = 120


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=Path)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--peer-entries", type=int, default=200_000)
    parser.add_argument("--voters", type=int, nargs="*", default=VOTERS)
    given = parser.parse_args()
    print(fingerprint(), "\n")
    with tempfile.TemporaryDirectory() as folder:
        files = sorted((given.files or unpacked(Path(folder))).glob("*.pb"))
        if files:
            every_file(files, given.peer, given.peer_entries)
        else:
            print("no files: ../shared/data/votes is absent")
        growth(given.voters, Path(folder))


def unpacked(folder: Path) -> Path:
    if ARCHIVE.exists():
        with tarfile.open(ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
    return folder


def every_file(files: list[Path], peer: Path | None, entries_max: int) -> None:
    decided: dict[str, Counter[bool]] = defaultdict(Counter)
    slowest: list[list[str]] = []
    ratios: dict[str, list[float]] = defaultdict(list)
    wrong = exact = asked = 0
    for path in files:
        vote = read_pabulib(path.read_bytes()).vote
        assert vote is not None, path.name
        as_decided(vote, decided)
        row, good = exactly(path, vote)
        slowest.append(row)
        exact, wrong = exact + 1, wrong + (not good)
        small = len(vote.election.ballots.places) <= entries_max
        if peer is not None and vote.election.kind is BallotKind.APPROVAL and small:
            asked += 1
            for rule, ratio in beside_peer(path, vote, peer):
                ratios[rule].append(ratio)
    print(f"{exact} files against fractions: {wrong} differ in outcome or order\n")
    heads = ["decided by", "as decided", "otherwise"]
    print(table(heads, [[n, str(c[True]), str(c[False])] for n, c in sorted(decided.items())]))
    slowest.sort(key=lambda row: -float(row[6]))
    heads = ["slowest", "voters", "ballots", "projects", "greedy s", "shares s", "add1u s"]
    print("\n" + table([*heads, "steps", "looked at"], slowest[:12]))
    if peer is None:
        print("\nno peer: give --peer the python of an environment with pabutools")
    for rule, found in ratios.items():
        same = sum(ratio > 0 for ratio in found)
        middle = statistics.median(abs(ratio) for ratio in found)
        least, most = min(map(abs, found)), max(map(abs, found))
        print(
            f"\n{rule} beside pabutools: {same} of {len(found)} the same projects; "
            f"it takes {middle:.0f} times as long (median; {least:.0f} … {most:.0f})"
        )


def as_decided(vote: Pabulib, decided: dict[str, Counter[bool]]) -> None:
    method = official_method(vote.meta, vote.election.kind)
    if method is not None:
        beside = compared(vote, count(vote.election, method))
        if beside is not None:
            decided[vote.meta["rule"]][beside.same] += 1


def timed(election: Election, **how: object) -> tuple[float, Outcome]:
    began = time.process_time()
    outcome = count(election, method_for(election.kind, **how))
    return time.process_time() - began, outcome


def exactly(path: Path, vote: Pabulib) -> tuple[list[str], bool]:
    election = vote.election
    greedy_s, _ = timed(election, rule=Rule.GREEDY)
    shares_s, plain = timed(election, completion=Completion.NONE)
    filled_s, grown = timed(election)
    ids = [each.id for each in election.candidates]
    good = [ids[at] for at in by_fractions(election, plain.share)] == list(plain.selected)
    last = by_fractions(election, grown.share)
    bought = [each.project for each in grown.rounds if each.reason is Reason.SHARES]
    good &= [ids[at] for at in last] == bought
    following = by_fractions(election, grown.share + 1)
    spent = sum(election.candidates[at].cost for at in following)
    wanted = sum(1 for at, votes in enumerate(election.votes()) if votes)
    good &= spent > election.budget or len(last) == wanted
    row = [
        path.stem[:40], f"{election.voters:,}", f"{election.ballots.size:,}", str(len(ids)),
        f"{greedy_s:.3f}", f"{shares_s:.3f}", f"{filled_s:.3f}", str(grown.steps),
        str(grown.looked_at),
    ]  # fmt: skip
    return row, good


def by_fractions(election: Election, share: Fraction) -> list[int]:
    """Equal Shares with nothing but fractions; voters with the same budget are summed first."""
    costs = [each.cost for each in election.candidates]
    ballots, points = election.ballots, election.ballots.points
    supporters: list[list[tuple[int, int]]] = [[] for _ in costs]
    for ballot, (first, last) in enumerate(zip(ballots.starts, ballots.starts[1:], strict=False)):
        for k in range(first, last):
            worth = 1 if points is None else int(points[k])
            supporters[ballots.places[k]].append((ballot, worth))
    counts = ballots.counts.tolist()
    money = [share] * ballots.size
    divisors = costs if points is None else [Fraction(1)] * len(costs)
    low = {
        at: costs[at] / sum(counts[v] * u for v, u in those) / divisors[at]
        for at, those in enumerate(supporters)
        if those and costs[at] > 0
    }
    order: list[int] = []
    while True:
        best: tuple[Fraction, str, int] | None = None
        for at in sorted(low, key=lambda at: low[at]):
            if best is not None and low[at] > best[0]:
                break
            price = price_of(costs[at], supporters[at], counts, money)
            if price is None:
                del low[at]
                continue
            low[at] = price / divisors[at]
            key = (low[at], election.candidates[at].id, at)
            best = key if best is None else min(best, key)
        if best is None:
            return order
        at = best[2]
        paid = best[0] * divisors[at]
        for ballot, worth in supporters[at]:
            money[ballot] -= min(money[ballot], paid * worth)
        del low[at]
        order.append(at)


def price_of(
    cost: Fraction, those: list[tuple[int, int]], counts: list[int], money: list[Fraction]
) -> Fraction | None:
    groups: dict[tuple[Fraction, int], int] = {}
    for ballot, worth in those:
        key = (money[ballot], worth)
        groups[key] = groups.get(key, 0) + counts[ballot]
    if sum(each * voters for (each, _), voters in groups.items()) < cost:
        return None
    rest, weight = cost, sum(worth * voters for (_, worth), voters in groups.items())
    for (each, worth), voters in sorted(groups.items(), key=lambda item: item[0][0] / item[0][1]):
        if each >= rest / weight * worth:
            break
        rest -= each * voters
        weight -= worth * voters
    return rest / weight


def beside_peer(path: Path, vote: Pabulib, peer: Path) -> list[tuple[str, float]]:
    """How much longer the peer takes; below zero where it funds other projects."""
    ours = {
        "equal-shares": {"completion": Completion.NONE},
        "add1u": {"completion": Completion.ADD1U, "stop": Stop.EXHAUSTIVE},
        "greedy": {"rule": Rule.GREEDY},
        "phragmen": {"rule": Rule.PHRAGMEN},
    }
    found = []
    for rule, how in ours.items():
        script = str(Path(__file__).with_name("votes_peer.py"))
        command = [str(peer), "-I", script, str(path), rule]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, timeout=PEER_SECONDS
            )
        except subprocess.TimeoutExpired:
            print(f"{path.name} {rule}: the peer was ended after {PEER_SECONDS} s")
            continue
        except subprocess.CalledProcessError as failed:
            print(f"{path.name} {rule}: the peer failed: {failed.stderr[-200:]}")
            continue
        theirs = json.loads(done.stdout)
        took, outcome = min(
            (timed(vote.election, **how) for _ in range(3)), key=lambda each: each[0]
        )
        same = sorted(theirs["selected"]) == sorted(outcome.selected)
        if not same:
            print(f"{path.name} {rule}: other projects")
        found.append((rule, theirs["cpu_s"] / max(took, 1e-6) * (1 if same else -1)))
    return found


def growth(sizes: list[int], folder: Path) -> None:
    rows = []
    for voters in sizes:
        found = folder / f"{voters}.pb"
        write_city(found, voters)
        command = [sys.executable, "-m", "gongzhi", "vote", str(found), "--json"]
        plain = run([*command, "--completion", "none"])
        whole = run(command)
        rows.append(
            [
                f"{voters:,}", f"{plain.cpu_s:.2f}", f"{whole.cpu_s:.2f}",
                f"{whole.wall_s:.2f}", f"{whole.peak_mb:.0f}",
            ]
        )  # fmt: skip
        found.unlink()
    print(f"\ngenerated voters, {PROJECTS} projects, reading included, a new process each")
    print(table(["voters", "shares cpu s", "add1u cpu s", "add1u wall s", "peak MB"], rows))


def write_city(path: Path, voters: int) -> None:
    """Projects of unequal cost and fame; each voter likes some of a quarter of the city."""
    chance = random.Random(voters)
    costs = [round(voters * 10 ** chance.uniform(-1, 1)) for _ in range(PROJECTS)]
    fame = [1 / (1 + at % 125) for at in range(PROJECTS)]
    quarters = [list(range(q * 125, q * 125 + 125)) for q in range(4)]
    shares = [[fame[at] for at in quarter] for quarter in quarters]
    with path.open("w") as file:
        file.write(f"META\nkey;value\nbudget;{sum(costs) // 8}\nvote_type;approval\n")
        file.write("PROJECTS\nproject_id;cost\n")
        file.writelines(f"p{at};{cost}\n" for at, cost in enumerate(costs))
        file.write("VOTES\nvoter_id;vote\n")
        for voter in range(voters):
            quarter = chance.randrange(4)
            liked = set(chance.choices(quarters[quarter], shares[quarter], k=8))
            liked.add(chance.randrange(PROJECTS))
            file.write(f"{voter};{','.join(f'p{at}' for at in sorted(liked))}\n")


if __name__ == "__main__":
    main()
