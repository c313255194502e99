"""The addresses of the charter."""

from django.urls import path

from gongzhi.web.pages.charter import clause, gaps, institutions, matrix, whole

urlpatterns = [
    path("charter/", whole.charter, name="charter"),
    path("charter/document/model/", whole.model_document, name="charter-model"),
    path("charter/document/", whole.document, name="charter-document"),
    path("charter/clauses/<str:number>/", clause.clause, name="clause"),
    path("charter/matrix/", matrix.matrix, name="charter-matrix"),
    path("charter/institutions/", institutions.institutions, name="institutions"),
    path("charter/institutions/<slug:code>/", institutions.institution, name="institution"),
    path("charter/gaps/", gaps.gaps, name="charter-gaps"),
]
