"""What is asked of a panel: who volunteered, how many are drawn, and the quotas of features."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# The values of the features that quotas name, in their order; empty where no quota names a value.
Features: TypeAlias = tuple[str, ...]
# How many of each group sit on a panel.
Composition: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """Somebody who volunteered, by a code, with the features that they stated."""

    code: str
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many with a value of a feature a panel has at least and at most."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A panel as it is sought: its size and its quotas."""

    size: int
    quotas: tuple[Quota, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """The features that quotas name, in a fixed order."""
        return tuple(sorted({quota.feature for quota in self.quotas}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Volunteers whose features are the same to the quotas, and how many they are."""

    features: Features
    count: int


def features_of(volunteer: Volunteer, *, sought: Sought) -> Features:
    """The group of a volunteer."""
    named = {(quota.feature, quota.value) for quota in sought.quotas}
    stated = ((feature, volunteer.features.get(feature, "")) for feature in sought.features)
    return tuple(value if (feature, value) in named else "" for feature, value in stated)


def groups_of(volunteers: Iterable[Volunteer], *, sought: Sought) -> tuple[Group, ...]:
    """The groups of the volunteers, in a fixed order."""
    counted = Counter(features_of(each, sought=sought) for each in volunteers)
    return tuple(Group(features=key, count=counted[key]) for key in sorted(counted))


def counting(quota: Quota, groups: Sequence[Group], *, sought: Sought) -> list[int]:
    """The places of the groups that count for a quota."""
    at = sought.features.index(quota.feature)
    return [place for place, group in enumerate(groups) if group.features[at] == quota.value]


def meets(composition: Composition, groups: Sequence[Group], *, sought: Sought) -> bool:
    """Whether a composition has the size, meets every quota, and takes nobody twice."""
    if len(composition) != len(groups) or sum(composition) != sought.size:
        return False
    if any(not 0 <= n <= group.count for n, group in zip(composition, groups, strict=True)):
        return False
    return all(
        quota.least
        <= sum(composition[at] for at in counting(quota, groups, sought=sought))
        <= quota.most
        for quota in sought.quotas
    )
