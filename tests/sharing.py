"""How the tests are shared out among workers: file by file, those that take longest first.

A long file that begins late leaves its worker running alone at the end. Where a file stands here is
by what it took; in the rest the order says nothing.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST = (
    "tests/platform/test_demo.py",
    "tests/apps/forum/test_r13_upgrading.py",
    "tests/apps/web/test_every_operation.py",
    "tests/apps/city/test_living.py",
    "tests/apps/web/test_addresses.py",
    "tests/apps/city/test_stories_lived.py",
    "tests/platform/test_postgres.py",
    "tests/apps/web/test_forms_sent.py",
    "tests/apps/web/test_nothing_leaks.py",
    "tests/apps/web/test_hidden_posts.py",
    "tests/apps/web/test_rights_here.py",
    "tests/journeys/test_centre.py",
    "tests/journeys/test_meeting.py",
    "tests/journeys/test_hostile_words.py",
    "tests/journeys/test_old_town.py",
    "tests/journeys/test_charter.py",
    "tests/journeys/test_sign_in.py",
    "tests/journeys/test_a_unit.py",
    "tests/journeys/test_market_and_joint.py",
    "tests/journeys/test_desk.py",
    "tests/journeys/test_checking.py",
    "tests/journeys/test_library.py",
    "tests/journeys/test_voices.py",
    "tests/journeys/test_charts.py",
    "tests/journeys/test_why_not.py",
)
RANKS = {name: rank for rank, name in enumerate(LONGEST)}
# What is shared out test by test fills the gaps at the end.
LAST = "tests/journeys/test_every_page.py"
# Whose tests share nothing: each of them goes to the worker that is free.
APART = frozenset(
    {
        "tests/apps/web/test_every_operation.py",
        "tests/apps/web/test_forms_sent.py",
        LAST,
    }
)


def rank(nodeid: str) -> int:
    """Where a test stands in the order of what takes longest."""
    file = nodeid.split("::", 1)[0]
    return RANKS.get(file, len(RANKS) + (file == LAST))


class Sharing(LoadFileScheduling):
    """Whole files, for their tests may share what is made for them; some test by test.

    They keep the order in which they were collected: journeys come last, for the site that they
    share leaves its rows to whatever a worker runs after them.
    """

    def __init__(self, config: pytest.Config, log: object) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return nodeid if file in APART else file
