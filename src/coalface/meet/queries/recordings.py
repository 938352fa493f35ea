"""Who has agreed to be recorded."""

from django.db.models import Exists, OuterRef

from coalface.records.models import Consent, Customer, Encounter, Purpose


def not_agreed_to_recording(encounter: Encounter) -> list[Customer]:
    """The guests who have given no consent to a recording, or took it back."""
    agreed = Consent.objects.filter(customer=OuterRef("pk"), purpose=Purpose.RECORDING, withdrawn_at=None)
    guests = Customer.objects.filter(visits__encounter=encounter)
    return list(guests.filter(~Exists(agreed)).order_by("name", "id"))
