"""Whose a deed of the forum is: the organisation in whose office somebody stands, and who."""

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


def person_of(by: Member) -> UUID:
    """The account of whoever acts, in an office or for themselves."""
    assert by.person is not None, "the charter allows this to nobody who isn't signed in"
    return UUID(by.person)
