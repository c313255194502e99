"""The addresses of the searches through money."""

from django.urls import path

from gongzhi.web.pages.audit import contracts, findings, payees, payments, signals

urlpatterns = [
    path("audit/", payments.audit, name="audit"),
    path("audit/payees/", payees.audit_payees, name="audit-payees"),
    path("audit/contracts/", contracts.audit_contracts, name="audit-contracts"),
    path("audit/signals/", signals.audit_signals, name="audit-signals"),
    path("audit/findings/", findings.audit_findings, name="audit-findings"),
]
