"""Loading Django into a process that stays, and telling the collector what stays with it."""

import gc

import django

# Thousands of rows laid out as values are no garbage; looking for it at every 700 of them costs a
# quarter of the time of watching 3,000 projects (`./run bench watching`).
VALUES_BETWEEN_LOOKS = 50_000


def load_django() -> None:
    """Set Django up for as long as the process lives."""
    django.setup()
    keep_loaded()


def keep_loaded() -> None:
    """What is loaded by now stays to the end: the collector needn't look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(VALUES_BETWEEN_LOOKS)
