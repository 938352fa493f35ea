"""Why a customer is not asked to come, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalface.customers.actions import NoConsent, Restricted, TooSoon
from coalface.meet import actions

OVER = (actions.NotAGroup, actions.AlreadyDecided, actions.Past)
REFUSALS = (Restricted, NoConsent, TooSoon, actions.Full, actions.QuotaFull, actions.StaysAway, *OVER)


def why_not(refused: Exception, name: str) -> str:
    """What stood in the way of asking this customer."""
    who = {"name": name}
    if isinstance(refused, TooSoon):
        who["day"] = date_format(refused.next_on, "j F Y")
        return _("%(name)s was approached not long ago; from %(day)s on they may be asked.") % who
    said = {
        Restricted: _("%(name)s is to be left alone for now."),
        NoConsent: _("%(name)s did not agree to be asked this way."),
        actions.StaysAway: _("%(name)s does not come."),
        actions.Full: _("Every seat is taken."),
        actions.QuotaFull: _(
            "There are enough guests like %(name)s: look for somebody who is still missing."
        ),
    }
    return said.get(type(refused), _("Nobody is invited to it any more.")) % who
