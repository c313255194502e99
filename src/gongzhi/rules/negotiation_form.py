"""The workbook of a negotiation: its sheets and columns, and the fields that they stand for.

Names are Chinese; each has an English one, by which it is known as well.
"""

FACTS_SHEET, OPTIONS_SHEET, SIDES_SHEET = "协商", "方案", "各方"
WORTH_SHEET, CRITERIA_SHEET, SCORES_SHEET = "各方与方案", "指标", "指标评分"
JUDGEMENTS_SHEET, ROUNDS_SHEET, COSTS_SHEET = "两两比较", "协商轮次", "共同费用"
ITEM, CONTENT = "项目", "内容"
COST, NEEDS = "费用名称", "单独要花(元)"
FACTS = {
    "名称": "name", "外部补助(元)": "subsidy", "共识程度要求": "close_enough",
    "最多轮次": "rounds_most", "异议截止日": "until", "主持人": "mediator", "复核人": "reviewer",
}  # fmt: skip
OPTIONS = {"名称": "name", "编号": "code", "说明": "about"}
SIDES = {
    "名称": "name", "编号": "code", "身份": "standing", "价值单位": "measure", "底线": "limit",
    "最多支付(元)": "pays_most", "最多所得(元)": "gets_most", "同等对待组": "alike",
    "大小": "size", "协商权重": "weight", "证据": "evidence",
}  # fmt: skip
WHAT = {
    "价值": "worth", "法定补偿": "floors", "评估或法定补偿": "floors", "方案补偿": "offered",
    "可接受": "accepts",
}  # fmt: skip
SIDE, WHICH, CRITERION, POINTS = "一方", "填什么", "指标", "权重分"
FIRST, SECOND, TIMES, ROUND, DISSENT = "指标一", "指标二", "重要几倍", "轮次", "保留意见"
SHEETS_IN_ENGLISH = {
    FACTS_SHEET: "negotiation", OPTIONS_SHEET: "options", SIDES_SHEET: "sides",
    WORTH_SHEET: "sides and options", CRITERIA_SHEET: "criteria", SCORES_SHEET: "scores",
    JUDGEMENTS_SHEET: "pairs", ROUNDS_SHEET: "rounds", COSTS_SHEET: "shared costs",
}  # fmt: skip
HEADS_IN_ENGLISH = {
    ITEM: "item", CONTENT: "content", "名称": "name", "编号": "code", "说明": "about",
    "外部补助(元)": "subsidy (yuan)", "共识程度要求": "close enough", "最多轮次": "rounds at most",
    "异议截止日": "objections until", "主持人": "mediator", "复核人": "reviewer",
    "身份": "standing", "价值单位": "measure", "底线": "limit",
    "最多支付(元)": "pays at most (yuan)", "最多所得(元)": "gets at most (yuan)",
    "同等对待组": "treated alike", "大小": "size", "协商权重": "weight", "证据": "evidence",
    SIDE: "side", WHICH: "what", "价值": "worth", "法定补偿": "owed by law",
    "方案补偿": "offered", "可接受": "acceptable",
    CRITERION: "criterion", POINTS: "points", FIRST: "first criterion",
    SECOND: "second criterion", TIMES: "times as important", COST: "cost",
    NEEDS: "costs alone (yuan)", ROUND: "round", DISSENT: "dissent",
}  # fmt: skip
WORDS_IN_ENGLISH = {
    "机构": "institution", "居民": "resident", "元": "money", "评分": "points", "是": "yes",
    "否": "no",
}  # fmt: skip
