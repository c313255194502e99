"""The operations of costs, the market and joint projects."""

from gongzhi.web.operation import Operation, deed, page

MARKET: tuple[Operation, ...] = (
    # ── costs and the market ──
    page("market"),
    page("project-market", of="project"),
    deed("ask_market", of="project", form="project-market"),
    deed("rest_on_market", of="project", form="project-market"),
    deed("give_market_opinion", of="project", form="project-market"),
    deed("give_outlook", of="project", form="project-market"),
    deed("declare_bidding", of="project", form="project-market"),
    page("market-question", of="market_question"),
    deed("submit_cost_quote", of="market_question"),
    deed("publish_market_range", of="market_question"),
    deed("ask_disclosure_consent", of="market_question"),
    deed("close_market_question", of="market_question"),
    deed("revise_cost_quote", of="cost_quote"),
    deed("withdraw_cost_quote", of="cost_quote"),
    deed("answer_disclosure_consent", of="disclosure_consent"),
    # ── projects carried together ──
    page("joint-projects"),
    page("project-joint", of="project"),
    deed("start_joint_project", of="project", form="project-joint"),
    page("charity-licences", of="organisation"),
    deed("record_charity_licence", of="organisation", form="charity-licences"),
    page("joint-project", of="joint_project"),
    *(
        deed(verb, of="joint_project")
        for verb in (
            *("join_joint_project", "leave_joint_project", "state_need", "offer_supply"),
            *("accept_offer", "confirm_delivery", "pledge_contribution", "confirm_contribution"),
            *("set_joint_task", "report_joint_task", "log_volunteers", "reconcile_joint_month"),
        )
    ),
)
