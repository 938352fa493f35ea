"""What a program signs in with: for a person's rights, narrowed to scopes."""

from datetime import date

from django.db import models


class Tokens(models.QuerySet):
    def in_force(self, on: date) -> "Tokens":
        """Those that open something on that day."""
        return self.filter(revoked_at=None).filter(models.Q(expires_on=None) | models.Q(expires_on__gt=on))


class ApiToken(models.Model):
    """Shown once; kept as its SHA-256. It never may more than whoever it was made for."""

    name = models.CharField(max_length=80)
    person = models.ForeignKey("records.Person", models.PROTECT, related_name="api_tokens")
    hint = models.CharField(max_length=8, help_text="the first characters, to tell tokens apart")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list, help_text="such as feedback:write")
    made_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = Tokens.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name
