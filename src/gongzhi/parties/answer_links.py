"""Links by text message or e-mail: who has no account answers one thing once (clause 5.18).

    token = make_answer_link(purpose="survey", about="survey:0193…", channel="sms",
                             address="13800000000", expires_at=…)
    if token: send(channel="sms", address=…, text=… + reverse("…", args=[token]))

    link = open_answer_link(purpose="survey", token=token)       # the page: None if it is over
    voice = use_answer_link(purpose="survey", token=token)       # the deed: raises AnswerLinkOver
    SurveyAnswer(survey=…, respondent=voice.respondent)          # unique with the survey

`respondent` is a digest that is the same for the same human being, account or contact on the same
thing, and another on every other thing; `respondent_of` gives it for somebody who is signed in. So
a unique constraint over thing and respondent lets one person answer once, whichever way they come.
Its key belongs to the thing alone: `forget_respondents` destroys it once nobody can answer any
more, and then nothing leads from an answer to who gave it, for nobody.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from gongzhi.parties.contact_digests import contact_digest
from gongzhi.parties.contacts import Contact
from gongzhi.parties.invitations import digest_of, new_token
from gongzhi.parties.people import Person
from gongzhi.parties.subject_keys import SubjectKey, keys_for

PURPOSE_MAX, ABOUT_MAX, DIGEST_CHARACTERS = 20, 80, 64


class AnswerLinkOver(Exception):
    """The link is no longer good: used, replaced by a newer one, or too old."""


class AnswerLink(models.Model):
    """That a contact may answer a thing once; the token stands only in the message."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # tells no time
    purpose = models.CharField(max_length=PURPOSE_MAX)
    about = models.CharField(max_length=ABOUT_MAX)
    contact = models.CharField(max_length=DIGEST_CHARACTERS)
    token = models.BinaryField(max_length=32, unique=True, null=True)
    as_account = models.BooleanField(default=False)  # used while the contact was an account's
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_answer_link_a_contact", fields=["purpose", "about", "contact"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def used(self) -> bool:
        """Whether it was answered; when, nobody notes."""
        return self.token is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkVoice:
    """Who answers by a link: on what thing, and as which respondent of it."""

    about: str
    respondent: str


def make_answer_link(
    *, purpose: str, about: str, channel: str, address: str, expires_at: datetime
) -> str | None:
    """A token for a link to this thing; None where that contact has answered it already.

    The address is one that `plain_address` made. A newer link makes the one before worthless.
    """
    token = new_token()
    contact = contact_digest(channel, address)
    with transaction.atomic():
        link, is_new = AnswerLink.objects.select_for_update().get_or_create(
            purpose=purpose,
            about=about,
            contact=contact,
            defaults={"token": digest_of(token), "expires_at": expires_at},
        )
        if link.used:
            return None
        if not is_new:
            link.token, link.expires_at = digest_of(token), expires_at
            link.save(update_fields=["token", "expires_at"])
    return token


def open_answer_link(*, purpose: str, token: str) -> AnswerLink | None:
    """The link behind a token while it is good: for the page, which uses nothing up."""
    return _good(purpose).filter(token=digest_of(token)).first()


def use_answer_link(*, purpose: str, token: str) -> LinkVoice:
    """Use the link up, in the transaction that keeps the answer; raises AnswerLinkOver.

    Of several who come with it at once, one gets through. Where the transaction is undone, the
    link is good as before.
    """
    with transaction.atomic():
        held = _good(purpose).select_for_update()
        link = held.filter(token=digest_of(token)).first()
        if link is None:
            raise AnswerLinkOver
        account = Contact.objects.filter(digest=link.contact).verified().first()
        link.token, link.as_account = None, account is not None
        link.save(update_fields=["token", "as_account"])
        who = account.person.who if account else link.contact
        return LinkVoice(about=link.about, respondent=_respondent(link.about, who))


def respondent_of(person: Person, *, about: str) -> str:
    """The respondent that somebody with an account is on a thing, by link or signed in."""
    contacts = [each.digest for each in Contact.objects.of(person).verified() if each.digest]
    used = AnswerLink.objects.filter(about=about, contact__in=contacts, token=None)
    before = used.filter(as_account=False).values_list("contact", flat=True)
    answered = before.order_by("contact").first()
    return _respondent(about, answered if answered else person.who)


def forget_respondents(*, about: str) -> None:
    """Destroy what leads from contacts and people to respondents of a thing that is closed."""
    AnswerLink.objects.filter(about=about).delete()
    SubjectKey.objects.filter(subject=_subject(about)).delete()


def _good(purpose: str) -> models.QuerySet[AnswerLink]:
    return AnswerLink.objects.filter(
        Q(expires_at__gt=timezone.now()), purpose=purpose, token__isnull=False
    )


def _respondent(about: str, who: str) -> str:
    subject = _subject(about)
    return hmac.new(keys_for([subject])[subject], who.encode(), sha256).hexdigest()


def _subject(about: str) -> str:
    return f"respondents:{about}"
