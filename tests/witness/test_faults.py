"""A witness killed at any step signs no second history, and none of its steps makes it mute."""

from functools import partial
from itertools import product
from pathlib import Path

import pytest

from apps.trust.failpoints import Point, Side, died
from gongzhi.core.ledger.witnessing import Status
from gongzhi.witness.store import Store
from gongzhi.witness.witness import Witness
from witness.logs import ORIGIN, Log, rewritten

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
POINTS = [
    *(Point("gongzhi.witness.store.write_whole", call) for call in (1, 2)),
    *(Point("pathlib.Path.replace", call) for call in (1, 2)),
    Point("gongzhi.witness.store.Store.remember"),
    Point("gongzhi.witness.witness.Witness.add_checkpoint"),
]


def ask(store: Store, request: bytes) -> None:
    Witness(store).add_checkpoint(request)


def size_known(store: Store) -> int:
    checkpoint = store.last_checkpoint(ORIGIN)
    return checkpoint.size if checkpoint else 0


@pytest.mark.parametrize(("point", "side"), list(product(POINTS, Side)), ids=str)
def test_r02_killed_at_its_first_note_a_witness_goes_on_and_signs_one_history(
    store: Store, log: Log, point: Point, side: Side
):
    first = log.request(0, 300).content
    assert died(point, side, doing=partial(ask, store, first))

    known = size_known(store)
    assert known in {0, 300}
    again = Witness(store)
    assert again.add_checkpoint(log.request(known, 400).content).status is Status.COSIGNED
    for old, size in ((0, 300), (300, 400), (400, 400), (400, 500)):
        lie = rewritten(5).request(old, size).content
        assert again.add_checkpoint(lie).status is not Status.COSIGNED
    assert len(list(store.evidence(ORIGIN))) == 2


@pytest.mark.parametrize("side", Side)
def test_r02_killed_over_a_later_note_it_knows_the_old_one_or_the_new(
    store: Store, log: Log, side: Side, tmp_path: Path
):
    witness = Witness(store)
    size = 0
    for point in POINTS[:1] + POINTS[2:3] + POINTS[4:]:
        request = log.request(size, size + 10).content
        assert died(point, side, doing=partial(ask, store, request))
        known = size_known(store)
        assert known in {size, size + 10}
        assert known == size + 10 or side is Side.BEFORE
        size += 20
        assert witness.add_checkpoint(log.request(known, size).content).status is Status.COSIGNED
