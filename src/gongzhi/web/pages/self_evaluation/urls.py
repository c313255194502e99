"""The addresses of self-evaluations."""

from django.urls import path

from gongzhi.web.pages.self_evaluation import batch, editor, lists, papers

urlpatterns = [
    path("self-evaluations/", lists.self_evaluations, name="self-evaluations"),
    path(
        "self-evaluations/of/<uuid:organisation>/",
        batch.self_evaluation_batch,
        name="self-evaluation-batch",
    ),
    path(
        "self-evaluations/of/<uuid:organisation>/draft_forms/",
        batch.draft_forms,
        name="draft_forms",
    ),
    path(
        "self-evaluations/of/<uuid:organisation>/publish_forms/",
        batch.publish_forms,
        name="publish_forms",
    ),
    path(
        "self-evaluations/of/<uuid:organisation>/papers/<str:ending>/",
        papers.unit_self_evaluations,
        name="unit-self-evaluations",
    ),
    path(
        "projects/<uuid:project>/self-evaluation/", editor.self_evaluation, name="self-evaluation"
    ),
    path(
        "projects/<uuid:project>/self-evaluation/draft_form/",
        editor.draft_self_evaluation,
        name="draft_self_evaluation",
    ),
    path(
        "projects/<uuid:project>/self-evaluation/paper/<str:ending>/",
        papers.self_evaluation_paper,
        name="self-evaluation-paper",
    ),
]
