"""The addresses of the use of results."""

from django.urls import path

from gongzhi.web.pages.results import allocation, chain, lists, proposal

REGION, PROPOSAL = "regions/<uuid:region>/", "results/<uuid:proposal>/"

urlpatterns = [
    path("results/", lists.results, name="results"),
    path(f"{REGION}propose_results/", lists.propose_results, name="propose_results"),
    path(f"{REGION}decide_results/", lists.decide_results, name="decide_results"),
    path("results/allocation/", allocation.allocation, name="allocation"),
    path(f"{REGION}decide_allocation/", allocation.decide_allocation, name="decide_allocation"),
    path(PROPOSAL, proposal.result_proposal, name="result-proposal"),
    path(f"{PROPOSAL}decide_result/", proposal.decide_result, name="decide_result"),
    path(f"{PROPOSAL}account_for_use/", proposal.account_for_use, name="account_for_use"),
    path("projects/<uuid:project>/results/", chain.project_results, name="project-results"),
]
