"""What can be asked of the site: each route with its methods, its deed, and the thing it is about.

One line for each route; the sweeps over all of them (tests/apps/web) and the links from a right to
its form are made from these lines, so that a new route is tried by everybody at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

GET, POST = "GET", "POST"
ANY_KIND = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A route: `of` is the kind of the row in its address, `parameter` what names it there.

    `makes`: the deed is about a thing of that kind which isn't there yet. `lists`: the page is
    there only for whoever may view such things. `signed_in`: a visitor is led to signing in.
    `form`: where the form stands, if not on the page of the thing.
    """

    name: str
    methods: tuple[str, ...]
    verb: str | None = None
    of: str | None = None
    parameter: str | None = None
    makes: str | None = None
    lists: str | None = None
    signed_in: bool = False
    form: str = ""

    @property
    def on(self) -> str:
        """The kind of thing that the charter is asked about."""
        return self.makes or self.of or "installation"


def page(
    name: str, *, of: str | None = None, lists: str | None = None, signed_in: bool = False
) -> Operation:
    """A page to read: of a thing, of those of a kind, or of none."""
    return Operation(
        name=name,
        methods=(GET,),
        of=of,
        parameter=_parameter(of),
        lists=lists,
        signed_in=signed_in,
    )


def own(name: str) -> Operation:
    """A page about whoever is signed in."""
    return page(name, signed_in=True)


def form(
    name: str, *, of: str | None = None, only_post: bool = False, signed_in: bool = False
) -> Operation:
    """A form that is no deed: it changes nothing that a clause is needed for."""
    methods = (POST,) if only_post else (GET, POST)
    return Operation(
        name=name, methods=methods, of=of, parameter=_parameter(of), signed_in=signed_in
    )


def deed(
    name: str,
    *,
    verb: str | None = None,
    of: str | None = None,
    makes: str | None = None,
    signed_in: bool = False,
    form: str = "",
) -> Operation:
    """A deed: the route is called like its verb."""
    return Operation(
        name=name,
        methods=(POST,),
        verb=verb or name,
        of=of,
        parameter=_parameter(of),
        makes=makes,
        signed_in=signed_in,
        form=form,
    )


def _parameter(kind: str | None) -> str | None:
    """The parameter that names the row: the last word of its kind; of any kind, `thing`."""
    return "thing" if kind == ANY_KIND else kind and kind.rpartition("_")[2]


OPERATIONS: tuple[Operation, ...] = (
    # ── everybody's pages ──
    page("home"),
    page("forms"),
    page("rules"),
    page("indicator-library"),
    page("search"),
    page("components"),
    page("about"),
    page("accessibility"),
    page("privacy"),
    form("display", only_post=True),
    # ── checking a file ──
    form("check"),
    form("check-again"),
    form("check-download", only_post=True),
    deed("check-share", verb="share_result", form="check"),
    form("shared"),
    # ── projects and their forms ──
    page("projects"),
    page("project", of="project"),
    deed("draft_form", of="project"),
    form("self-evaluation", of="project"),
    deed("draft_self_evaluation", verb="draft_form", of="project", form="self-evaluation"),
    page("self-evaluation-paper", of="project"),
    page("self-evaluations"),
    page("unit-self-evaluations", of="organisation"),
    deed("redact_draft", verb="draft_form", of="form_version"),
    deed("publish_form", of="form_version"),
    deed("correct_form", of="form_version"),
    deed("withdraw_draft", of="form_version"),
    deed("explain_finding", of="form_version", form="#findings"),
    deed("accept_finding", of="form_version", form="#findings"),
    # ── projects, their goals and their budget ──
    page("goals"),
    page("project-goals", of="project"),
    form("drafting-goals", of="project"),
    deed("draft_goals", of="project", form="drafting-goals"),
    deed("describe_project", of="project", form="project-goals"),
    deed("add_partner", of="project", form="project-goals"),
    deed("end_partner", of="project", form="project-goals#about"),
    deed("appraise_project", of="project", form="project-goals"),
    page("goal-version", of="goal_version"),
    page("goal-declaration", of="goal_version"),
    page("unit-declarations", of="organisation"),
    form("adjusting-goals", of="goal_version"),
    deed("adjust_goals", of="goal_version", form="adjusting-goals"),
    deed("submit_goals", of="goal_version"),
    deed("withdraw_goals", of="goal_version"),
    deed("forward_goals", of="goal_version"),
    deed("ask_about_goals", of="goal_version"),
    deed("return_goals", of="goal_version"),
    deed("approve_goals", of="goal_version"),
    form("reading-budget", of="organisation", only_post=True, signed_in=True),
    deed("draft_budget", of="organisation", form="goals"),
    deed("submit_budget", of="organisation", form="goals"),
    deed("forward_budget", of="organisation", form="goals"),
    deed("hand_back_budget", of="organisation", form="goals"),
    deed("return_budget", of="organisation", form="goals"),
    deed("approve_budget", of="organisation", form="goals"),
    page("aims"),
    deed("announce_aim", of="region", form="aims"),
    # ── monitoring ──
    page("monitoring"),
    page("monitoring-rules"),
    page("project-monitoring", of="project"),
    page("monitoring-sheet", of="project"),
    page("unit-sheets", of="organisation"),
    page("project-payments", of="project"),
    page("alerts"),
    page("forecasts"),
    page("suspensions"),
    page("suspensions-table"),
    page("alert", of="alert"),
    deed("answer_alert", of="alert"),
    deed("decide_suspension", of="alert"),
    deed("withdraw_alert", of="alert"),
    deed("accept_answer", of="alert"),
    deed("return_answer", of="alert"),
    deed("file_plan", of="alert"),
    deed("return_plan", of="alert"),
    deed("report_done", of="alert"),
    deed("pass_check", of="alert"),
    deed("fail_check", of="alert"),
    deed("order_visit", of="alert"),
    deed("record_visit", of="alert"),
    # ── evaluation by many ──
    page("evaluations"),
    page("project-evaluation", of="project"),
    deed("choose_evaluation", of="project", makes="evaluation"),
    deed("start_evaluation", of="project", makes="evaluation"),
    form("evaluation", of="evaluation"),
    page("score-sheet-paper", of="evaluation"),
    deed("accept_assignment", of="evaluation"),
    deed("decline_assignment", of="evaluation"),
    deed("withdraw_evaluation", of="evaluation"),
    deed("draft_sheet", of="evaluation"),
    deed("file_working_paper", of="evaluation"),
    deed("hand_in_evaluation", of="evaluation"),
    deed("send_evaluation", of="evaluation"),
    deed("object_to_evaluation", of="evaluation"),
    deed("acknowledge_evaluation", of="evaluation"),
    deed("answer_objection", of="evaluation"),
    deed("conclude_evaluation", of="evaluation"),
    # ── how figures came about ──
    page("project-figure", of="project"),
    page("monitoring-figure"),
    page("goal-figure", of="goal_version"),
    page("reading", of="reading"),
    # ── a project's budget ──
    page("project-budget", of="project"),
    deed("record_budget_act", of="project", form="project-budget"),
    deed("record_grant", of="project", form="project-budget"),
    # ── readings and calls for them ──
    own("collections"),
    deed("open_collection", makes="collection", signed_in=True, form="collections"),
    page("collection", of="collection"),
    deed("close_collection", of="collection"),
    page("answering", of="collection", signed_in=True),
    page("collection-table", of="collection", signed_in=True),
    form("filled-table", of="collection", only_post=True, signed_in=True),
    deed("submit_readings", of="collection", makes="submission", signed_in=True),
    page("project-readings", of="project"),
    form("reading-sheet", of="project", only_post=True, signed_in=True),
    deed("add_reading", makes="reading", signed_in=True),
    deed("correct_reading", of="reading"),
    deed("add_evidence", of="reading", signed_in=True),
    deed("settle_readings", of="reading"),
    # ── facts that files bring ──
    own("deliveries"),
    page("delivery", of="delivery", signed_in=True),
    deed("hand_in_file", makes="delivery", signed_in=True, form="deliveries"),
    form("arriving", of="delivery", signed_in=True),
    deed("deliver_facts", of="delivery", signed_in=True, form="arriving"),
    deed("collect_facts", of="delivery", signed_in=True, form="arriving"),
    deed("save_mapping", of="delivery", makes="saved_mapping", signed_in=True, form="deliveries"),
    # ── looking through the money ──
    page("deputies"),
    own("audit"),
    own("audit-payees"),
    own("audit-contracts"),
    own("audit-signals"),
    # ── the charter ──
    page("charter"),
    page("charter-document"),
    page("charter-model"),
    page("clause"),
    page("charter-matrix"),
    page("institutions"),
    page("institution"),
    page("charter-gaps"),
    page("charter-adoption"),
    page("charter-part", of="charter_part"),
    deed("adopt_part", of="charter_part"),
    deed("suspend_part", of="charter_part"),
    deed("propose_drafting", of="charter_version", form="charter-gaps"),
    deed("propose_amendment", of="charter_version", form="proposing"),
    page("amendments"),
    form("proposing"),
    page("amendment", of="amendment"),
    form("revising", of="amendment"),
    deed("revise_amendment", of="amendment", form="revising"),
    deed("withdraw_amendment", of="amendment"),
    deed("comment_amendment", of="amendment"),
    deed("review_amendment", of="amendment"),
    deed("issue_amendment", of="amendment"),
    page("why", of=ANY_KIND),
    page("why-here"),
    # ── the log ──
    page("verify"),
    page("verify-offline"),
    page("verify-words"),
    page("log-checkpoint"),
    page("log-pending"),
    page("log-policy"),
    page("log-tile"),
    page("ledger"),
    page("ledger-entry"),
    page("ledger-chain"),
    page("anchor-statement"),
    own("ledger-mine"),
    page("ledger-witnesses"),
    deed("admit_witness", form="ledger-witnesses"),
    deed("retire_witness", form="ledger-witnesses"),
    deed("move_witness", form="ledger-witnesses"),
    deed("set_quorum", form="ledger-witnesses"),
    page("ledger-rows"),
    page("ledger-row"),
    page("row-proof-file"),
    page("checkpoint"),
    page("policy"),
    form("cosignatures", only_post=True),
    page("proof-file"),
    page("record-file"),
    form("sealed-copy"),
    # ── the desk ──
    own("desk"),
    own("late"),
    own("tasks"),
    deed("assign_task", makes="task", signed_in=True, form="tasks#give"),
    page("task", of="task", signed_in=True),
    deed("finish_task", of="task", signed_in=True, form="#deeds"),
    own("notices"),
    deed("read_notice", of="notice", signed_in=True, form="notices#notices"),
    deed("order_digest", makes="digest", signed_in=True, form="notices#digest"),
    deed("cancel_digest", of="digest", signed_in=True, form="notices#digest"),
    own("saved-views"),
    deed("save_view", makes="saved_view", signed_in=True, form="saved-views#saved"),
    deed("rename_view", of="saved_view", signed_in=True, form="saved-views#saved"),
    deed("delete_view", of="saved_view", signed_in=True, form="saved-views#saved"),
    own("openings"),
    page("opening-proof", of="opening", signed_in=True),
    deed("follow_thing", of=ANY_KIND, makes="follow", signed_in=True),
    deed("unfollow_thing", of="follow", signed_in=True),
    page("attachments", of=ANY_KIND),
    deed("attach_file", of=ANY_KIND, form="attachments#attach"),
    page("attachment", of="attachment"),
    page("attachment-download", of="attachment"),
    deed("withdraw_attachment", of="attachment", form="#deeds"),
    deed("order_export", of=ANY_KIND, makes="export", signed_in=True),
    page("export", of="export", signed_in=True),
    page("export-download", of="export", signed_in=True),
    # ── what has happened ──
    page("activity"),
    page("activity-atom"),
    own("activity-mine"),
    page("activity-of-party", of="organisation"),
    page("activity-of-party-atom", of="organisation"),
    page("activity-about", of=ANY_KIND),
    page("activity-about-atom", of=ANY_KIND),
    # ── signing in and one's own account ──
    form("sign-in"),
    form("sign-in-factor"),
    form("sign-in-again", signed_in=True),
    form("forgotten"),
    form("new-password"),
    form("sign-out", only_post=True),
    form("switch-office", only_post=True),
    own("account"),
    form("password", signed_in=True),
    form("new-time-code", signed_in=True),
    form("new-security-key", signed_in=True),
    form("recovery-codes", signed_in=True),
    form("remove-factor", of="factor", only_post=True, signed_in=True),
    form("end-session", only_post=True, signed_in=True),
    form("end-sessions", only_post=True, signed_in=True),
    form("new-contact", signed_in=True),
    form("verify-contact", of="contact", signed_in=True),
    form("erase-contact", of="contact", only_post=True, signed_in=True),
    # ── who takes part, and how one gets in ──
    page("organisations"),
    page("organisation", of="organisation"),
    page("apply"),
    deed("apply_for_admission", form="apply"),
    deed("assign_office", of="organisation", makes="office"),
    own("admissions"),
    page("admission", of="admission"),
    deed("admit_organisation", of="admission"),
    deed("decline_admission", of="admission"),
    own("my-offices"),
    deed("end_office", of="office", signed_in=True, form="#offices"),
    deed("delegate_office", of="office", signed_in=True, form="my-offices"),
    deed("end_delegation", of="office", signed_in=True, form="#offices"),
    own("people"),
    page("person", of="person"),
    deed("suspend_person", of="person"),
    deed("restore_person", of="person"),
    deed("reset_factors", of="person"),
    own("invitations"),
    deed("invite_person", makes="invitation", form="invitations"),
    deed("withdraw_invitation", of="invitation", form="invitations"),
    form("accept_invitation"),
    own("my-data"),
    own("my-data-copy"),
    deed("ask_erasure", makes="erasure", signed_in=True, form="my-data"),
    own("erasures"),
    deed("erase_values", of="erasure", signed_in=True, form="erasures"),
    deed("decline_erasure", of="erasure", signed_in=True, form="erasures"),
    own("conflicts"),
    deed("declare_conflict", makes="conflict", signed_in=True, form="conflicts"),
    deed("lift_conflict", of="conflict", signed_in=True, form="conflicts"),
    # ── what administrators look after; the demo's inbox ──
    page("alarms", lists="alarm"),
    page("unsent-messages", lists="outgoing_message"),
    page("inbox"),
)


@cache
def operations() -> Mapping[str, Operation]:
    """The operations by the name of their route."""
    return {each.name: each for each in OPERATIONS}


@cache
def deeds_by_verb() -> Mapping[str, Operation]:
    """The operation of each verb; the first, where a deed has several addresses."""
    return {each.verb: each for each in reversed(OPERATIONS) if each.verb}


@cache
def making() -> frozenset[str]:
    """The verbs that are about a thing which isn't there yet."""
    return frozenset(each.verb for each in OPERATIONS if each.verb and each.makes)
