"""The words of an invitation, for who is asked by phone or by letter: the same as in the mail."""

from coalface.edges.mail import words_of
from coalface.records.models import GuestInvitation, OutgoingMessage

from .coming import secret_of
from .guest_calendar import organisation


def letter_to(invitation: GuestInvitation) -> tuple[str, str]:
    """Subject and words in the customer's language, with the link of their own."""
    company = organisation()
    about = {"guest_invitation": invitation.pk, "secret": secret_of(invitation)}
    letter = OutgoingMessage(
        template="meet/come",
        customer=invitation.guest.customer,
        about=about | ({"unit": company.pk} if company else {}),
    )
    return words_of(letter, invitation.language)
