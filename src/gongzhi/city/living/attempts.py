"""What the lived year tries: where somebody has acted by hand before, their deed stands."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from gongzhi.city.living.happenings import Happening, When
from gongzhi.core.charter import Refused
from gongzhi.parties.unsuitable import Unsuitable

LOG = logging.getLogger(__name__)


class Vacant(Exception):
    """Nobody holds the office in which something was to be done."""


def unless_settled(deed: Callable[[], object]) -> bool:
    """Do what a day holds, unless it can't be done any more; says whether it was done.

    Whoever tries the demo may have done it already, decided otherwise, taken the right to it or
    ended the office: the year goes on without it. A fault of the program still breaks it off.
    """
    try:
        with transaction.atomic():
            deed()
    except (Refused, Unsuitable, Vacant, ObjectDoesNotExist) as reason:
        LOG.info("left out: %s", reason)
        return False
    return True


def decided_on(day: date, deed: Callable[[], object]) -> Happening:
    """A decision on its day, unless it can't be taken any more."""
    return Happening(on=day, when=When.DECISIONS, do=partial(unless_settled, deed))
