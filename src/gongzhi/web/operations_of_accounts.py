"""What can be asked about signing in and one's own account, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, form, own, page

ACCOUNTS: tuple[Operation, ...] = (
    form("sign-in"),
    form("sign-in-factor"),
    form("sign-in-code"),
    form("enter-code"),
    page("sign-in-provider"),
    page("provider-answered"),
    form("sign-in-again", signed_in=True),
    form("forgotten"),
    form("new-password"),
    form("sign-out", only_post=True),
    form("switch-office", only_post=True),
    own("account"),
    own("public-name"),
    deed("choose_public_name", of="person", signed_in=True, form="public-name"),
    form("password", signed_in=True),
    form("new-time-code", signed_in=True),
    form("new-security-key", signed_in=True),
    form("recovery-codes", signed_in=True),
    form("remove-factor", of="factor", only_post=True, signed_in=True),
    form("end-session", only_post=True, signed_in=True),
    form("end-sessions", only_post=True, signed_in=True),
    form("new-contact", signed_in=True),
    form("verify-contact", of="contact", signed_in=True),
    form("erase-contact", of="contact", only_post=True, signed_in=True),
)
