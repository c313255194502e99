"""What groups of opinion are computed by: the numbers of the method, and the limits of size."""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.terms import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRules:
    """The numbers of the method (rules/balance/groups.toml says where each comes from).

    answers_least, people_least: who is in the conversation. groups_most, people_of_a_group: how
    many groups there may be. share_least, members_least: what is too small to be a group. gain:
    by how much the silhouette must rise for one group more. certain: the z-value from which a
    share counts as significant. resamples, shuffles: rounds of the bootstrap and of the test
    whether there is any structure. stable_from: the stability from which groups are called
    stable. renew_from: after how many further stances an open topic's map is drawn anew.
    """

    answers_least: int
    people_least: int
    groups_most: int
    people_of_a_group: int
    share_least: float
    members_least: int
    gain: float
    certain: float
    resamples: int
    shuffles: int
    stable_from: float
    listed_most: int
    renew_from: int
    seed: int
    since_on: date
    source: Text
    verified: bool


PEOPLE_MAX, STATEMENTS_MAX, STANCES_MAX = 1_000_000, 20_000, 50_000_000
