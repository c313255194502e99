"""Numbers of a workbook as its reader sees them: a stored value and a format code → text.

Format codes as in ECMA-376 part 1, §18.8.30 and §18.8.31 (the built-in ones for zh-CN).
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

SIGNIFICANT = Context(prec=15)  # what a double holds; the 16th digit is noise of the sum
YEAR_MONTH, MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
YEAR_MONTH_DAY = 'yyyy"年"m"月"d"日"'
HOUR_MINUTE, HOUR_MINUTE_SECOND = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: YEAR_MONTH, 28: MONTH_DAY, 29: MONTH_DAY, 30: "m-d-yy", 31: YEAR_MONTH_DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: HOUR_MINUTE, 35: HOUR_MINUTE_SECOND,
    36: YEAR_MONTH, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '¥#,##0.00;¥-#,##0.00;¥"-"', 49: "@", 50: YEAR_MONTH, 51: MONTH_DAY, 52: YEAR_MONTH,
    53: MONTH_DAY, 54: MONTH_DAY, 55: HOUR_MINUTE, 56: HOUR_MINUTE_SECOND, 57: YEAR_MONTH,
    58: MONTH_DAY,
}  # fmt: skip
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<general>General|G/通用格式)"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|a{3,4})|(?P<power>E[+-])"
    r"|(?P<number>[0#?.,%])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
WEEKDAYS = "一二三四五六日"
Token = tuple[str, str]


def shown(value: float | Decimal, code: str, *, since_1904: bool = False) -> str:
    """The number as a cell with this format code displays it."""
    number = exact(value)
    tokens, absolute = _section(number, code)
    number = abs(number) if absolute else number
    kinds = {kind for kind, _ in tokens}
    if "general" in kinds or not tokens:
        return _around(tokens, "general", general(number))
    if kinds & {"date", "elapsed"}:
        return _date(tokens, number, since_1904=since_1904)
    if "text" in kinds:
        return _around(tokens, "text", general(number))
    if "number" not in kinds:
        return "".join(text for kind, text in tokens if kind == "literal")
    return _number(tokens, number)


def exact(value: float | Decimal) -> Decimal:
    """The decimal number that was meant, without the noise of binary fractions."""
    return SIGNIFICANT.create_decimal(value if isinstance(value, Decimal) else repr(value))


def general(number: Decimal) -> str:
    """The number in full, without trailing zeros and without an exponent."""
    return format(number.normalize(), "f") if number else "0"


def is_percent(code: str) -> bool:
    """Whether the format code shows a hundred times the number, and the sign for it."""
    return ("number", "%") in _sections(code)[0][1]


def _around(tokens: tuple[Token, ...], kind: str, text: str) -> str:
    if not tokens:
        return text
    return "".join(text if name == kind else part for name, part in tokens if name != "number")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    sections: list[tuple[str, tuple[Token, ...]]] = []
    condition, tokens = "", list[Token]()
    for match in TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append((condition, tuple(tokens)))
            condition, tokens = "", []
        elif match["bracket"] is not None and CONDITION.match(match["bracket"]):
            condition = match["bracket"]
        elif token := _token(match):
            tokens.append(token)
    return (*sections, (condition, tuple(tokens)))


def _token(match: re.Match[str]) -> Token | None:
    for kind in ("general", "noon", "date", "power", "number"):
        if match[kind] is not None:
            return kind, match[kind]
    if (bracket := match["bracket"]) is not None:
        if re.fullmatch(r"h+|m+|s+", bracket, re.IGNORECASE):
            return "elapsed", bracket.lower()
        return ("literal", bracket[1:].split("-")[0]) if bracket.startswith("$") else None
    literal = match["quoted"] or match["escaped"] or match["other"]
    return (("text", "@") if match["other"] == "@" else ("literal", literal)) if literal else None


def _section(number: Decimal, code: str) -> tuple[tuple[Token, ...], bool]:
    """The section of the code that holds for the number, and whether it shows the sign itself."""
    sections = _sections(code)
    if any(condition for condition, _ in sections):
        for condition, tokens in sections:
            if not condition or _holds(number, condition):
                return tokens, False
        return (("general", ""),), False
    if number < 0 and len(sections) > 1:
        return sections[1][1], True
    if number == 0 and len(sections) > 2:
        return sections[2][1], False
    return sections[0][1], False


def _holds(number: Decimal, condition: str) -> bool:
    match = CONDITION.match(condition)
    assert match, condition
    bound = Decimal(match[2])
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[match[1]]  # fmt: skip


def _number(tokens: tuple[Token, ...], number: Decimal) -> str:
    if any(token == ("literal", "/") for token in tokens):
        return general(number)  # fractions: the value says it better than ?/? does
    marks = [text for kind, text in tokens if kind == "number"]
    places = [text for text in marks if text in "0#?."]
    last = max((at for at, text in enumerate(marks) if text in "0#?."), default=-1)
    number *= Decimal(100) ** marks.count("%")
    number /= Decimal(1000) ** sum(text == "," for text in marks[last + 1 :])
    if any(kind == "power" for kind, _ in tokens):
        return f"{number:.{max(0, _decimals(places)[1])}E}"
    grouped = "," in marks[: last + 1]
    digits = _digits(number, places, grouped=grouped)
    return _filled(
        tokens, digits, negative=number < 0 and any(char in "123456789" for char in digits)
    )


def _decimals(places: list[str]) -> tuple[int, int]:
    """How many decimals a format shows at least and at most."""
    fraction = places[places.index(".") + 1 :] if "." in places else []
    fraction = [place for place in fraction if place != "."]
    return fraction.count("0"), len(fraction)


def _digits(number: Decimal, places: list[str], *, grouped: bool) -> str:
    least, most = _decimals(places)
    rounded = abs(number).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, Context(prec=60))
    whole, _, fraction = format(rounded, ",f" if grouped else "f").partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    integers = places[: places.index(".")] if "." in places else places
    whole = "" if whole == "0" and "0" not in integers and fraction else whole
    whole = whole.rjust(integers.count("0"), "0")
    return f"{whole}.{fraction}" if fraction else whole


def _filled(tokens: tuple[Token, ...], digits: str, *, negative: bool) -> str:
    out, placed = ["-"] if negative else [], False
    for kind, text in tokens:
        if kind == "literal":
            out.append(text)
        elif text == "%":
            out.append("%")
        elif kind == "number" and not placed:
            out.append(digits)
            placed = True
    return "".join(out).strip()


def _date(tokens: tuple[Token, ...], serial: Decimal, *, since_1904: bool) -> str:
    moment = _moment(serial, since_1904=since_1904)
    if moment is None:
        return general(serial)
    noon = any(kind == "noon" for kind, _ in tokens)
    out = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "date":
            minutes = text[0] in "mM" and _beside_clock(tokens, at)
            out.append(_part(moment, text.lower(), minutes=minutes, noon=noon))
        elif kind == "elapsed":
            out.append(str(int(serial * {"h": 24, "m": 1440, "s": 86400}[text[0]])))
        elif kind == "noon":
            first, second = text.split("/")
            out.append(first if moment.hour < 12 else second)
        else:
            out.append(text)
    return "".join(out).strip()


def _moment(serial: Decimal, *, since_1904: bool) -> datetime | None:
    if not 0 <= serial < 2958466:  # 9999-12-31, the last day that spreadsheets know
        return None
    # a wall clock without a zone; day 60 is 29 February 1900, which never was
    day_zero = (1904, 1, 1) if since_1904 else (1899, 12, 31 if serial < 60 else 30)
    start = datetime(*day_zero)  # noqa: DTZ001
    return start + timedelta(seconds=int((serial * 86400).to_integral_value(ROUND_HALF_UP)))


def _beside_clock(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether an m means minutes: after hours or before seconds."""
    clock = [
        (place, text[0].lower()) for place, (kind, text) in enumerate(tokens)
        if kind in {"date", "elapsed"}
    ]  # fmt: skip
    here = next(order for order, (place, _) in enumerate(clock) if place == at)
    before = clock[here - 1][1] if here else ""
    after = clock[here + 1][1] if here + 1 < len(clock) else ""
    return before == "h" or after == "s"


def _part(moment: datetime, text: str, *, minutes: bool, noon: bool) -> str:
    letter, long = text[0], len(text) > 1
    if letter in "ye":
        return (
            f"{moment.year:04d}" if letter == "e" or len(text) > 2 else f"{moment.year % 100:02d}"
        )
    if letter == "a":
        return ("星期" if len(text) == 4 else "") + WEEKDAYS[moment.weekday()]
    if letter in "md" and len(text) > 2 and not minutes:
        names = {"m": "%b" if len(text) == 3 else "%B", "d": "%a" if len(text) == 3 else "%A"}
        return moment.strftime(names[letter])
    hour = (moment.hour % 12 or 12) if noon else moment.hour
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour,
              "s": moment.second}[letter]  # fmt: skip
    return f"{number:02d}" if long else str(number)
