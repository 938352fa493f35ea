"""What customers experience, told once however often it is heard."""

from django.db import models


class IssueKind(models.TextChoices):
    PRODUCT = "product"
    SERVICE = "service"
    PROCESS = "process"
    RULE = "rule"
    PEOPLE = "people"
    PRICE = "price"


class Issues(models.QuerySet):
    def standing(self) -> "Issues":
        """Confirmed by a person and not merged into another."""
        return self.filter(confirmed_at__isnull=False, merged_into=None)


class Issue(models.Model):
    """Proposed by anybody, confirmed by somebody, merged rather than deleted."""

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=IssueKind)
    touchpoint = models.ForeignKey(
        "records.Touchpoint", models.PROTECT, null=True, blank=True, related_name="issues"
    )
    owner = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="issues")
    proposed_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = Issues.as_manager()

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title
