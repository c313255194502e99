"""The addresses of the market's room."""

from django.urls import path

from gongzhi.web.pages.participation.market import project, question, room

MARKET = "participation/market/"
PROJECT = f"{MARKET}projects/<uuid:project>/"
QUESTION = f"{MARKET}questions/<uuid:question>/"
QUOTE = f"{MARKET}quotes/<uuid:quote>/"
CONSENT = f"{MARKET}consents/<uuid:consent>/"

urlpatterns = [
    path(MARKET, room.market, name="market"),
    path(PROJECT, project.project_market, name="project-market"),
    path(f"{PROJECT}ask_market/", project.ask_market, name="ask_market"),
    path(f"{PROJECT}rest_on_market/", project.rest_on_market, name="rest_on_market"),
    path(f"{PROJECT}give_market_opinion/", project.give_market_opinion, name="give_market_opinion"),
    path(f"{PROJECT}give_outlook/", project.give_outlook, name="give_outlook"),
    path(f"{PROJECT}declare_bidding/", project.declare_bidding, name="declare_bidding"),
    path(QUESTION, question.market_question, name="market-question"),
    path(f"{QUESTION}submit_cost_quote/", question.submit_cost_quote, name="submit_cost_quote"),
    path(
        f"{QUESTION}publish_market_range/",
        question.publish_market_range,
        name="publish_market_range",
    ),
    path(
        f"{QUESTION}ask_disclosure_consent/",
        question.ask_disclosure_consent,
        name="ask_disclosure_consent",
    ),
    path(
        f"{QUESTION}close_market_question/",
        question.close_market_question,
        name="close_market_question",
    ),
    path(f"{QUOTE}revise_cost_quote/", question.revise_cost_quote, name="revise_cost_quote"),
    path(f"{QUOTE}withdraw_cost_quote/", question.withdraw_cost_quote, name="withdraw_cost_quote"),
    path(
        f"{CONSENT}answer_disclosure_consent/",
        question.answer_disclosure_consent,
        name="answer_disclosure_consent",
    ),
]
