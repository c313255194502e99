"""Policies, as files, of the log and the witnesses that tests sign as."""

from core.ledger.signers import LOG, WITNESSES

LOG_LINE = f"log {LOG.verifier.text}\n"
WITNESS_LINES = "".join(
    f"witness {letter} {witness.verifier.text}\n" for letter, witness in WITNESSES.items()
)
KNOWN = LOG_LINE + WITNESS_LINES
FOUR_OF_FIVE = KNOWN + "group parties 4 A B C D E\nquorum parties\n"
NESTED = KNOWN + "group X 2 A B C\ngroup Y any D E\ngroup all all X Y\nquorum all\n"
