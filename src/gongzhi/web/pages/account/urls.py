"""The addresses of one's own account."""

from django.urls import path

from gongzhi.web.pages.account import (
    contacts,
    data,
    factors,
    overview,
    password,
    public_name,
    sessions,
)

urlpatterns = [
    path("account/", overview.account, name="account"),
    path("account/data/", data.my_data, name="my-data"),
    path("account/data/copy/", data.copy, name="my-data-copy"),
    path("account/data/ask_erasure/", data.ask_erasure, name="ask_erasure"),
    path("account/public-name/", public_name.public_name, name="public-name"),
    path(
        "people/<uuid:person>/choose_public_name/",
        public_name.choose_public_name,
        name="choose_public_name",
    ),
    path("account/password/", password.password, name="password"),
    path("account/time-code/", factors.time_code, name="new-time-code"),
    path("account/security-key/", factors.security_key, name="new-security-key"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery-codes"),
    path("account/factors/<uuid:factor>/remove/", factors.remove_factor, name="remove-factor"),
    path("account/sessions/end/", sessions.end_sessions, name="end-sessions"),
    path("account/sessions/<str:session>/end/", sessions.end_session, name="end-session"),
    path("account/contacts/new/", contacts.new_contact, name="new-contact"),
    path("account/contacts/<uuid:contact>/verify/", contacts.verify, name="verify-contact"),
    path("account/contacts/<uuid:contact>/erase/", contacts.erase_contact, name="erase-contact"),
]
