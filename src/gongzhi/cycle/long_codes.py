"""Keys that a file's codes become where they are too long to be kept whole."""

from functools import partial
from hashlib import blake2b

DIGEST_BYTES = 6


def shortened(code: str, *, most: int) -> str:
    """The code itself; of a longer one its beginning, and a digest that tells it from its like."""
    if len(code) <= most:
        return code
    digest = blake2b(code.encode(), digest_size=DIGEST_BYTES).hexdigest()
    return f"{code[: most - len(digest) - 1]}~{digest}"


# By which key a file's indicator is followed, as readings and lines of goals keep it.
indicator_key = partial(shortened, most=40)

# By which code a file's unit is registered, as organisations keep it.
unit_key = partial(shortened, most=30)
