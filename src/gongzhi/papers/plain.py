"""Text from outside made fit for XML, HTML and a terminal: without control characters."""

import re

# XML 1.0 § 2.2 forbids these; bidirectional controls can make a name look like another
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def plain(text: str) -> str:
    """The text without characters that no document may hold, its lines ended the usual way."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(plain(text).split())
