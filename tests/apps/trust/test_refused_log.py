"""The worker beside a log that refuses to go on."""

import asyncio

import pytest

from gongzhi.cli.working import keep_sequencing
from gongzhi.core.terms import Said
from gongzhi.trust.publishing import REWRITTEN
from gongzhi.trust.refusing import LogRefused


def test_a_log_that_refuses_says_why_once_and_ends_nothing(capsys):
    asked = []

    def refusing():
        asked.append(1)
        raise LogRefused(Said(REWRITTEN, {"published": 7}))

    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(keep_sequencing(refusing), timeout=0.2))
    assert asked == [1]
    assert capsys.readouterr().err.count("7") == 1
