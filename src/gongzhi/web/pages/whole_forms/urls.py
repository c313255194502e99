"""The addresses of what units state of their whole spending."""

from django.urls import path

from gongzhi.web.pages.whole_forms import editor, papers, version

OF_UNIT = "self-evaluations/whole/of/<uuid:organisation>/"
OF_FORM = "self-evaluations/whole/<uuid:form>/"

urlpatterns = [
    path(OF_UNIT, editor.whole_forms, name="whole-forms"),
    path(f"{OF_UNIT}paper/<str:ending>/", papers.whole_form_paper, name="whole-form-paper"),
    path(f"{OF_UNIT}draft_whole_form/", editor.draft_whole_form, name="draft_whole_form"),
    path(OF_FORM, version.whole_form, name="whole-form"),
    path(f"{OF_FORM}publish_whole_form/", version.publish_whole_form, name="publish_whole_form"),
]
