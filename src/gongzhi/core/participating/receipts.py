"""Receipt codes of anonymous remarks: nineteen random digits and a check digit, in groups of four.

The check digit (ISO 7064 Mod 11,10) finds every single wrong digit before anything is looked up.
"""

import re
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

RANDOM_DIGITS = 19
LENGTH = RANDOM_DIGITS + 1
GROUP = 4
BETWEEN = re.compile(r"[\s\-—–·.]")
DIGITS = re.compile(rf"[0-9]{{{LENGTH}}}")


def receipt_code(number: int) -> str:
    """The code that a random number below 10 to the power of RANDOM_DIGITS gives."""
    assert 0 <= number < 10**RANDOM_DIGITS, "a code has so many random digits"
    digits = f"{number:0{RANDOM_DIGITS}d}"
    return digits + mod_11_10.calc_check_digit(digits)


def plain_receipt(text: str) -> str:
    """The code as it was meant, without what stands between its groups; nothing if it is none."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    if DIGITS.fullmatch(plain) is None:
        return ""
    try:
        mod_11_10.validate(plain)
    except ValidationError:
        return ""
    return plain


def grouped(code: str) -> str:
    """The code as people read and copy it."""
    return " ".join(re.findall(rf".{{1,{GROUP}}}", code))
