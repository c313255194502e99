"""The addresses of the charter."""

from django.urls import path

from gongzhi.web.pages.charter import (
    adoption,
    amendments,
    clause,
    gaps,
    institutions,
    matrix,
    proposing,
    whole,
)

urlpatterns = [
    path("charter/", whole.charter, name="charter"),
    path("charter/document/model/", whole.model_document, name="charter-model"),
    path("charter/document/", whole.document, name="charter-document"),
    path("charter/clauses/<str:number>/", clause.clause, name="clause"),
    path("charter/matrix/", matrix.matrix, name="charter-matrix"),
    path("charter/institutions/", institutions.institutions, name="institutions"),
    path("charter/institutions/<slug:code>/", institutions.institution, name="institution"),
    path("charter/adoption/", adoption.adoption, name="charter-adoption"),
    path("charter/parts/<str:part>/", adoption.part, name="charter-part"),
    path("charter/parts/<str:part>/adopt_part/", adoption.adopt_part, name="adopt_part"),
    path("charter/parts/<str:part>/suspend_part/", adoption.suspend_part, name="suspend_part"),
    path("charter/gaps/", gaps.gaps, name="charter-gaps"),
    path(
        "charter/versions/<uuid:version>/propose_drafting/",
        gaps.propose_drafting,
        name="propose_drafting",
    ),
    path(
        "charter/versions/<uuid:version>/propose_amendment/",
        proposing.propose_amendment,
        name="propose_amendment",
    ),
    path("charter/amendments/", amendments.amendments, name="amendments"),
    path("charter/amendments/new/", proposing.proposing, name="proposing"),
    path("charter/amendments/<uuid:amendment>/", amendments.amendment, name="amendment"),
    path("charter/amendments/<uuid:amendment>/revising/", proposing.revising, name="revising"),
    path(
        "charter/amendments/<uuid:amendment>/revise_amendment/",
        proposing.revise_amendment,
        name="revise_amendment",
    ),
    path(
        "charter/amendments/<uuid:amendment>/withdraw_amendment/",
        amendments.withdraw_amendment,
        name="withdraw_amendment",
    ),
    path(
        "charter/amendments/<uuid:amendment>/comment_amendment/",
        amendments.comment_amendment,
        name="comment_amendment",
    ),
    path(
        "charter/amendments/<uuid:amendment>/review_amendment/",
        amendments.review_amendment,
        name="review_amendment",
    ),
    path(
        "charter/amendments/<uuid:amendment>/issue_amendment/",
        amendments.issue_amendment,
        name="issue_amendment",
    ),
]
