"""Going back to who raised something."""

from django.db import models


class News(models.TextChoices):
    SHIPPED = "shipped"
    DECLINED = "declined"
    VERDICT = "verdict"
    REOPENED = "reopened"


class Telling(models.Model):
    """A customer or one of us was told what became of a fix: by a message or, without one, on their page.

    One message may tell of several fixes.
    """

    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="tellings")
    customer = models.ForeignKey(
        "records.Customer", models.CASCADE, null=True, blank=True, related_name="tellings"
    )
    person = models.ForeignKey(
        "records.Person", models.CASCADE, null=True, blank=True, related_name="tellings"
    )
    news = models.CharField(max_length=8, choices=News, default=News.VERDICT)
    message = models.ForeignKey(
        "records.OutgoingMessage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tellings",
        help_text="empty: one of us without an address reads it on their own page",
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(customer=None, person__isnull=False)
                | models.Q(customer__isnull=False, person=None),
                name="a_customer_or_one_of_us_is_told",
            ),
            models.CheckConstraint(
                condition=models.Q(customer=None) | models.Q(message__isnull=False),
                name="a_customer_is_told_by_a_message",
            ),
            models.UniqueConstraint(
                fields=("fix", "customer", "news"),
                condition=models.Q(customer__isnull=False),
                name="a_customer_is_told_once",
            ),
            models.UniqueConstraint(
                fields=("fix", "person", "news"),
                condition=models.Q(person__isnull=False),
                name="one_of_us_is_told_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer_id or self.person_id} about {self.fix_id}"
