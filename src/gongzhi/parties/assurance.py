"""How surely somebody's identity is known: what their session and their contacts have shown.

An identity is known where an identity number was given with an invitation or an identity provider
answers for it. Whoever holds an office was registered by an organisation (clause 12.1), which
answers for them.
"""

from gongzhi.core.charter import Assurance
from gongzhi.parties.models import Contact
from gongzhi.parties.people import Person


def assurance_of(person: Person, *, in_office: bool, second_factor: bool) -> Assurance:
    """The level of somebody in this session; a second factor counts where the identity is known."""
    if in_office or person.human_id is not None:
        return Assurance.FACTOR if second_factor else Assurance.IDENTITY
    if Contact.objects.of(person).verified().exists():
        return Assurance.CONTACT
    return Assurance.NONE
