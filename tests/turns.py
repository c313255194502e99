"""Whose turn it is when everything is run: the full numbers take seven times as long.

What is quick, what guards secrets (it cites an S of the quality list in its name) and what the
commit has touched runs each time; the rest at one commit of so many. A part that is named runs
whole.
"""

import re
import subprocess
from collections.abc import Set

from machine import REPOSITORY
from sampling import Sample

# Minutes long: one row at each commit.
LONG = (
    ("tests/apps/city/test_stories_lived.py",),
    ("tests/apps/city/test_living.py", "tests/apps/city/test_votes_told.py"),
    ("tests/apps/forum/test_r13_upgrading.py",),
    ("tests/platform/test_demo.py", "tests/platform/test_postgres.py"),
    (
        "tests/journeys/test_centre.py",
        "tests/journeys/test_library.py",
        "tests/journeys/test_old_town.py",
        "tests/journeys/test_schools.py",
    ),
    (
        "tests/journeys/test_common_ground.py",
        "tests/journeys/test_community_vote.py",
        "tests/journeys/test_finding.py",
        "tests/journeys/test_hostile_words.py",
        "tests/journeys/test_meeting.py",
        "tests/journeys/test_pictures.py",
        "tests/journeys/test_survey_offline.py",
    ),
    (
        "tests/journeys/test_a_unit.py",
        "tests/journeys/test_charter.py",
        "tests/journeys/test_desk.py",
        "tests/journeys/test_joining.py",
        "tests/journeys/test_sign_in.py",
    ),
    (
        "tests/journeys/test_charts.py",
        "tests/journeys/test_checking.py",
        "tests/journeys/test_citizen_account.py",
        "tests/journeys/test_evaluating.py",
        "tests/journeys/test_market_and_joint.py",
        "tests/journeys/test_remarks.py",
        "tests/journeys/test_voices.py",
        "tests/journeys/test_why_not.py",
    ),
)
# The same for each of many addresses: one of so many, whatever it cites.
SWEEPS = {
    "tests/apps/web/test_addresses.py": 4,
    "tests/journeys/test_every_page.py": 10,
}
# Of the other tests in a room, one of so many. The core, which reckons with money, isn't among
# them.
ROOMS = {
    "tests/apps/city/": 4,
    "tests/apps/cycle/": 8,
    "tests/apps/desk/": 8,
    "tests/apps/forum/": 8,
    "tests/apps/parties/": 4,
    "tests/apps/trust/": 4,
    "tests/apps/web/": 8,
    "tests/cli/": 3,
    "tests/papers/": 3,
}
GUARD = re.compile(r"::test_(?:[a-z]\d\d_|\d+_\d+_)*s\d\d_")


def has_turn(nodeid: str, *, sample: Sample, touched: Set[str] = frozenset()) -> bool:
    """Whether a test runs where everything is run."""
    file = nodeid.split("::", 1)[0]
    if file in touched:
        return True
    for row, files in enumerate(LONG):
        if file in files:
            return sample.comes_to(row, of=len(LONG))
    if file in SWEEPS:
        return sample.takes(nodeid, one_of=SWEEPS[file])
    if GUARD.search(nodeid):
        return True
    for room, one_of in ROOMS.items():
        if file.startswith(room):
            return sample.takes(nodeid, one_of=one_of)
    return True


def touched_by(word: str) -> frozenset[str]:
    """The files that a commit has touched, and those that aren't committed yet."""
    committed = _told("diff-tree", "--no-commit-id", "--name-only", "-r", word)
    waiting = _told("status", "--porcelain", "--untracked-files=all")
    return frozenset([*committed, *(line[3:] for line in waiting)])


def _told(*question: str) -> list[str]:
    asked = ["git", "-C", str(REPOSITORY), *question]
    try:
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    return found.stdout.splitlines()
