"""How surely it is known who one is, level by level, and how to get to the next (clause 5.13)."""

from dataclasses import dataclass

from django.urls import reverse

from gongzhi.core.charter import Assurance
from gongzhi.core.charter.wording import LEVELS
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.openid.providers import provider_here

HOW = {
    Assurance.CONTACT: Said("增加一个手机号或者邮箱，填对发过去的验证码"),
    Assurance.IDENTITY: Said("用身份认证平台登录一次，或者接受所在单位的邀请"),
    Assurance.FACTOR: Said("设置动态码或者安全密钥，并用它登录"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level, whether it is reached, and where the next step is taken."""

    name: Said
    reached: bool
    how: Said | None
    address: str


def levels_for(request: MemberRequest) -> list[Level]:
    """The levels above none, the lowest first."""
    order = list(Assurance)
    own = order.index(request.member.assurance)
    provider = provider_here()
    addresses = {
        Assurance.CONTACT: reverse("new-contact"),
        Assurance.IDENTITY: reverse("sign-in-provider") if provider and provider.verifies else "",
        Assurance.FACTOR: reverse("new-time-code"),
    }
    return [
        Level(
            name=LEVELS[each],
            reached=place <= own,
            how=None if place <= own else HOW[each],
            address=addresses.get(each, ""),
        )
        for place, each in enumerate(order)
        if place
    ]
