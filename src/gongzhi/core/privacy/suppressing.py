"""Counts of people that are too small to be published: they might point to somebody."""


def suppressed(count: int | None, *, least: int) -> int | None:
    """The count, or None where it is of fewer people than may be published; nobody is nobody."""
    return None if count is None or 0 < count < least else count


def suppressed_together(
    whole: int | None, part: int | None, *, least: int
) -> tuple[int | None, int | None]:
    """A count and a part of it: neither the part nor what is left of the whole is too small.

    Where it is, both are withheld, so that neither follows from the other.
    """
    if whole is None or part is None:
        return suppressed(whole, least=least), suppressed(part, least=least)
    cells = (whole, part, whole - part)
    if any(suppressed(each, least=least) is None for each in cells):
        return None, None
    return whole, part
