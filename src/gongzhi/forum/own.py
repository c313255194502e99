"""Whose a deed of the forum is: the organisation in whose office somebody stands."""

from uuid import UUID

from gongzhi.core.charter import Member


def own_of(by: Member) -> UUID:
    """The organisation of whoever acts in an office."""
    assert by.organisation is not None, "the charter allows this in an office alone"
    return UUID(by.organisation)


def office_of(by: Member) -> UUID:
    """The office in which somebody acts."""
    assert by.office is not None, "the charter allows this in an office alone"
    return UUID(by.office)
