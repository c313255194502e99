"""How many of something a person may have: one is added after the other, whoever asks at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction


@contextmanager
def room_for_one(
    owned: "models.QuerySet[Any]", *, of: models.Model, at_most: int
) -> Iterator[bool]:
    """Whether one more may be added; until the end, whoever else adds one for them waits.

    Counting alone would not do: two who count at the same moment both find the last place.
    """
    with transaction.atomic():
        owner = of._meta.default_manager
        assert owner is not None, "a person is a model of ours"
        list(owner.select_for_update().filter(pk=of.pk).values_list("pk"))
        yield owned.count() < at_most
