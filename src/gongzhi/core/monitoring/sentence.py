"""What the two curves say in one sentence, to stand above their chart."""

from gongzhi.core.monitoring.curves import Curves
from gongzhi.core.monitoring.figures import percent
from gongzhi.core.terms import Ratio, Said, SaidValues

STEP = 1  # points that count as being in step: a chart shows no smaller difference


def said_of(curves: Curves) -> Said:
    """Money and goals as of the present month, and how far they are apart."""
    if not curves.month:
        return Said("{year} 年还没有开始", {"year": str(curves.year)})
    money, goals = curves.money_now, curves.goals_now
    if money is None:
        return _of_goals(goals)
    values: SaidValues = {"money": percent(money)}
    if goals is None:
        return Said("钱花了 {money}%，目标还没有读数", values)
    points = abs(percent(goals) - percent(money))
    values |= {"goals": percent(goals), "points": points}
    if points < STEP:
        return Said("钱花了 {money}%，目标完成 {goals}%，两者同步", values)
    if goals < money:
        return Said("钱花了 {money}%，目标完成 {goals}%，目标比资金慢 {points} 个百分点", values)
    return Said("钱花了 {money}%，目标完成 {goals}%，目标比资金快 {points} 个百分点", values)


def said_against_plan(curves: Curves) -> Said | None:
    """Money against its own plan at the end of the last month that is over; None without one."""
    if not curves.ended:
        return None
    money, planned = curves.money[curves.ended - 1], curves.money_planned[curves.ended - 1]
    if money is None or planned is None:
        return None
    points = abs(percent(money) - percent(planned))
    values: SaidValues = {"month": curves.ended, "planned": percent(planned), "points": points}
    if points < STEP:
        return Said("到 {month} 月底计划支出 {planned}%，与计划一致", values)
    if money < planned:
        return Said("到 {month} 月底计划支出 {planned}%，比计划慢 {points} 个百分点", values)
    return Said("到 {month} 月底计划支出 {planned}%，比计划快 {points} 个百分点", values)


def _of_goals(goals: Ratio | None) -> Said:
    if goals is None:
        return Said("没有预算数，目标也还没有读数")
    return Said("没有预算数，目标完成 {goals}%", {"goals": percent(goals)})
