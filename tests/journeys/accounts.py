"""Citizens who open an account by telephone, with the demo's inbox page."""

import re

from journeys.conftest import Come
from journeys.reader import Reader, follow


def newest(come: Come, pattern: str) -> str:
    """What the newest message says, on the page where a demo shows what it would have sent."""
    inbox = come().open("/inbox/").inner_text("main")
    found = re.findall(pattern, inbox)
    assert found, inbox
    return str(found[0])


def code_for(come: Come) -> str:
    """The newest code to sign in with."""
    return newest(come, r"登录验证码是 (\d{6})")


def ask_for_code(reader: Reader, telephone: str) -> None:
    """Have a code sent."""
    reader.open("/sign-in/")
    follow(reader.page.get_by_role("link", name="市民：用手机号或者邮箱的验证码登录"))
    reader.page.fill("#address", telephone)
    follow(reader.page.get_by_role("button", name="发送验证码"))


def enter(reader: Reader, code: str) -> None:
    """Sign in with a code."""
    reader.page.fill("#code", code)
    follow(reader.page.locator("main button.primary"))


def registered(come: Come, telephone: str, *, name: str, width: int) -> Reader:
    """Somebody new, under a public name of their own."""
    reader = come(width=width)
    ask_for_code(reader, telephone)
    enter(reader, code_for(come))
    reader.page.fill("#name", name)
    follow(reader.page.get_by_role("button", name="选定"))
    return reader
