"""The old town: five sides, three plans; figures that a person can follow on paper."""

from decimal import Decimal

from gongzhi.core.balance.negotiating import Case, Option, Side, Standing

WAN = 10_000


def wan(**amounts: int) -> dict[str, Decimal]:
    return {code: Decimal(amount * WAN) for code, amount in amounts.items()}


HOME = Side(
    code="home",
    name="房主",
    standing=Standing.RESIDENT,
    worth=wan(rebuild=-1200, repair=80, together=150),
    limit=Decimal(0),
    floors=wan(rebuild=1260),
    offered=wan(rebuild=1300, together=30),
    evidence="评估报告",
)
SHOP = Side(
    code="shop",
    name="铺主",
    worth=wan(rebuild=-300, repair=20, together=-60),
    limit=Decimal(0),
    floors=wan(rebuild=240),
    evidence="停产停业损失评估",
)
TENANT = Side(
    code="tenant",
    name="租户",
    standing=Standing.RESIDENT,
    worth=wan(rebuild=-40, repair=10, together=-12),
    limit=Decimal(0),
    offered=wan(rebuild=60, together=18),
    evidence="租约",
)
DISTRICT = Side(
    code="district",
    name="区政府",
    worth=wan(rebuild=900, repair=100, together=600),
    limit=Decimal(0),
    pays_most=Decimal(2000 * WAN),
    evidence="可行性研究",
)
BUILDER = Side(
    code="builder",
    name="开发企业",
    worth=wan(rebuild=1600, repair=30, together=500),
    limit=Decimal(50 * WAN),
    pays_most=Decimal(1200 * WAN),
    evidence="测算表",
)
OLD_TOWN = Case(
    name="老城更新",
    options=(
        Option(code="rebuild", name="征收重建"),
        Option(code="repair", name="修缮保留"),
        Option(code="together", name="合作更新"),
    ),
    sides=(HOME, SHOP, TENANT, DISTRICT, BUILDER),
)
