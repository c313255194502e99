"""A deed with many things at once needs the right for each of them."""

from collections.abc import Sequence

from gongzhi.core.charter import Member
from gongzhi.parties.deeds import refuse
from gongzhi.parties.rights import On, may_all, refusal, thing_of


def each_allowed(by: Member, verb: str, rows: Sequence[On]) -> None:
    """Refuse the whole where the charter doesn't allow the deed with one of them."""
    answers = may_all(by, [(verb, row) for row in rows])
    for row, answer in zip(rows, answers, strict=True):
        if not answer.allowed:
            thing = thing_of(row)
            refuse(by, thing, refusal(verb, answer, thing=thing))
