"""Addresses of pages, worked out once: pages of many lines ask for the same few of them."""

from functools import lru_cache

from django.urls import reverse

KEPT = 20_000


@lru_cache(maxsize=KEPT)
def address_of(route: str, *things: object) -> str:
    """The address of a page, by the name of its route and what it is about."""
    return reverse(route, args=[str(each) for each in things])
