"""The addresses of the charter."""

from django.urls import path

from gongzhi.web.pages.charter import adoption, clause, gaps, institutions, matrix, whole

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
]
