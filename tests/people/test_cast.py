"""The cast stands."""

from coalface.records.models import Consent


def test_everybody_can_sign_in_and_every_customer_can_be_asked(cast):
    assert cast.olga.account.email == "olga@lindner.example"
    assert cast.olga.account.check_password("a long password")
    assert cast.north.path == f"{cast.root.pk}/{cast.north.pk}/"
    assert Consent.objects.filter(customer=cast.petra).count() == 2
