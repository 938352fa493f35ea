"""A till, tablet or kiosk that several people use one after another."""

import uuid_utils.compat as uuid
from django.db import models


class SharedDevice(models.Model):
    """Known by a long cookie, kept as its SHA-256: sessions on it are short, and it locks when left alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    name = models.CharField(max_length=80)
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="shared_devices")
    digest = models.CharField(max_length=64, unique=True)
    set_up_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
