"""How somebody without an e-mail address gets in: a PIN beside the staff code, or a badge with a code."""

import uuid_utils.compat as uuid
from django.db import models


class StaffPin(models.Model):
    """Kept as its slow hash; after too many wrong ones it waits for a manager."""

    person = models.OneToOneField("records.Person", models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=128)
    wrong = models.PositiveSmallIntegerField(default=0)
    must_change = models.BooleanField(default=True, help_text="a manager has seen it")
    issued_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"PIN of {self.person_id}"


class Badge(models.Model):
    """A printed code that opens the door for one person until it is revoked; kept as its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="badges")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-issued_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(revoked_at=None), name="one_badge_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"badge of {self.person_id}"
