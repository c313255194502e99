"""Checkpoints: three lines, written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.merkle import EMPTY_ROOT
from gongzhi.core.ledger.rejected import Reason, RejectedError

EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def test_the_example_of_the_specification_is_read_and_written():
    checkpoint = read_checkpoint(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text == EXAMPLE


def test_an_empty_tree_has_the_hash_of_nothing():
    empty = Checkpoint(origin="a", size=0, root=EMPTY_ROOT)
    assert read_checkpoint(empty.text) == empty


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_what_was_written_is_read_back(size, root):
    checkpoint = Checkpoint(origin="日志.example", size=size, root=root)
    assert read_checkpoint(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        EXAMPLE[:-1],
        EXAMPLE + "an extension\n",
        EXAMPLE + "\n",
        EXAMPLE.replace("example.com/behind-the-sofa", ""),
        EXAMPLE.replace("20852163", "020852163"),
        EXAMPLE.replace("20852163", "-1"),
        EXAMPLE.replace("20852163", "+1"),
        EXAMPLE.replace("20852163", "1_0"),
        EXAMPLE.replace("20852163", " 1"),
        EXAMPLE.replace("20852163", "１"),
        EXAMPLE.replace("20852163", str(2**63)),
        EXAMPLE.replace("20852163", "0"),
        EXAMPLE.replace("q2I=", "q2J="),
        EXAMPLE.replace("q2I=", "q2I"),
        EXAMPLE.replace("CsUY", ""),
        Checkpoint(origin="a", size=1, root=EMPTY_ROOT).text,
    ],
)
def test_a_checkpoint_written_in_any_other_way_is_refused(text):
    with pytest.raises(RejectedError) as caught:
        read_checkpoint(text)
    assert caught.value.rejected.reason is Reason.CHECKPOINT
