"""The addresses of who takes part."""

from django.urls import path

from gongzhi.web.pages.people import (
    accepting,
    admission,
    conflicts,
    erasures,
    invitations,
    offices,
    organisations,
    persons,
)

urlpatterns = [
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/apply/", admission.apply, name="apply"),
    path(
        "organisations/apply_for_admission/",
        admission.apply_for_admission,
        name="apply_for_admission",
    ),
    path("organisations/<uuid:organisation>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<uuid:organisation>/assign_office/",
        organisations.assign_office,
        name="assign_office",
    ),
    path("admissions/", admission.admissions, name="admissions"),
    path("admissions/<uuid:admission>/", admission.admission, name="admission"),
    path(
        "admissions/<uuid:admission>/admit_organisation/",
        admission.admit_organisation,
        name="admit_organisation",
    ),
    path(
        "admissions/<uuid:admission>/decline_admission/",
        admission.decline_admission,
        name="decline_admission",
    ),
    path("offices/", offices.my_offices, name="my-offices"),
    path("offices/<uuid:office>/end_office/", offices.end_office, name="end_office"),
    path("offices/<uuid:office>/delegate_office/", offices.delegate_office, name="delegate_office"),
    path("offices/<uuid:office>/end_delegation/", offices.end_delegation, name="end_delegation"),
    path("people/", persons.people, name="people"),
    path("people/<uuid:person>/", persons.person, name="person"),
    path("people/<uuid:person>/suspend_person/", persons.suspend_person, name="suspend_person"),
    path("people/<uuid:person>/restore_person/", persons.restore_person, name="restore_person"),
    path("people/<uuid:person>/reset_factors/", persons.reset_factors, name="reset_factors"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/invite_person/", invitations.invite_person, name="invite_person"),
    path(
        "invitations/<uuid:invitation>/withdraw_invitation/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "invitations/<str:token>/accept_invitation/",
        accepting.accept_invitation,
        name="accept_invitation",
    ),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:erasure>/erase_values/", erasures.erase_values, name="erase_values"),
    path(
        "erasures/<uuid:erasure>/decline_erasure/",
        erasures.decline_erasure,
        name="decline_erasure",
    ),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/declare_conflict/", conflicts.declare_conflict, name="declare_conflict"),
    path("conflicts/<uuid:conflict>/lift_conflict/", conflicts.lift_conflict, name="lift_conflict"),
]
