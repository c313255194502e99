"""Votes on projects, before they are counted: what a ballot may say, who opens the box, receipts.

How ballots are counted is `core/balance/voting`.
"""

from gongzhi.core.participating.voting.ballots import (
    BallotKind,
    BallotRules,
    Choice,
    Listed,
    Way,
    choice_from_record,
    choice_of,
)
from gongzhi.core.participating.voting.keepers import keys_needed, rejoined, split
from gongzhi.core.participating.voting.receipts import receipt_digest, receipt_of, tidy_receipt

__all__ = [
    "BallotKind",
    "BallotRules",
    "Choice",
    "Listed",
    "Way",
    "choice_from_record",
    "choice_of",
    "keys_needed",
    "receipt_digest",
    "receipt_of",
    "rejoined",
    "split",
    "tidy_receipt",
]
