"""Telling other systems what happened, and letting them tell us."""

import uuid_utils.compat as uuid
from django.db import models


class Webhook(models.Model):
    """An address that is told of events of these kinds, signed with the secret."""

    name = models.CharField(max_length=80)
    address = models.URLField(max_length=500)
    kinds = models.JSONField(default=list, help_text="events such as fix.judged")
    secret = models.CharField(max_length=64)
    made_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Deliveries(models.QuerySet):
    def due(self, now) -> "Deliveries":
        """Waiting to be sent."""
        return self.filter(sent_at=None, gave_up_at=None, due_at__lte=now)


class Delivery(models.Model):
    """One event for one address; the body is built when it is sent, from ids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    webhook = models.ForeignKey("records.Webhook", models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("records.Event", models.CASCADE, related_name="deliveries")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="what the other side answered")
    error = models.CharField(max_length=40, blank=True)

    objects = Deliveries.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(fields=("webhook", "event"), name="an_event_is_delivered_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} to {self.webhook_id}"


class InboundHook(models.Model):
    """An address of ours that another system may send feedback to, signed with its secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="+")
    secret = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, help_text="which field of the body means what")
    made_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class SeenSignature(models.Model):
    """A signed message that came in; the same one again is a replay. Swept once it is too old to be taken."""

    hook = models.ForeignKey("records.InboundHook", models.CASCADE, related_name="seen")
    signature = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("hook", "signature"), name="a_signature_counts_once"),)

    def __str__(self) -> str:
        return f"{self.hook_id} at {self.at:%Y-%m-%d %H:%M}"


class TakenBatch(models.Model):
    """A batch that a program sent under a key of its own: sent again it gets the same answer."""

    token = models.ForeignKey("records.ApiToken", models.CASCADE, related_name="batches")
    key = models.CharField(max_length=120)
    body = models.CharField(max_length=64, help_text="SHA-256 of what was sent")
    status = models.PositiveSmallIntegerField(default=0, help_text="0 while it is being taken in")
    answer = models.JSONField(default=dict, help_text="counts, ids and codes; never words")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        verbose_name_plural = "taken batches"
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="a_batch_is_taken_once"),)

    def __str__(self) -> str:
        return self.key
