"""pabutools counts a vote, in its own environment: one JSON object on standard output.

    PEER/bin/python bench/votes_peer.py FILE equal-shares|add1u|greedy|phragmen

pabutools is GPL-3 and never enters the product's environment (`bench/votes.py` says how to make it
one of its own).
"""

import csv
import json
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen


def main() -> None:
    path, rule = sys.argv[1:]
    csv.field_size_limit(10**8)
    sys.setrecursionlimit(100_000)
    instance, profile = parse_pabulib(path)
    began = time.process_time()
    profile = profile.as_multiprofile()
    chosen = RULES[rule](instance, profile)
    took = time.process_time() - began
    print(json.dumps({"selected": [str(each) for each in chosen], "cpu_s": took}))


def equal_shares(instance, profile):
    return method_of_equal_shares(instance, profile, sat_class=Cost_Sat)


def add1u(instance, profile):
    first = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=1)
    return greedy_utilitarian_welfare(
        instance, profile, sat_class=Cost_Sat, initial_budget_allocation=first
    )


def greedy(instance, profile):
    return greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)


RULES = {
    "equal-shares": equal_shares,
    "add1u": add1u,
    "greedy": greedy,
    "phragmen": sequential_phragmen,
}

if __name__ == "__main__":
    main()
