"""Where everybody sits at a matchmaking event, round by round."""

from django.db import models


class TableSeat(models.Model):
    """One of us or a guest, at a table in a round; nobody meets the same person twice."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="table_seats")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    attendance = models.ForeignKey(
        "records.Attendance", models.CASCADE, null=True, blank=True, related_name="table_seats"
    )
    guest = models.ForeignKey(
        "records.Guest", models.CASCADE, null=True, blank=True, related_name="table_seats"
    )

    class Meta:
        ordering = ("encounter", "round", "table", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(attendance=None, guest__isnull=False)
                | models.Q(attendance__isnull=False, guest=None),
                name="a_seat_is_of_one_of_us_or_a_guest",
            ),
            models.UniqueConstraint(fields=("round", "attendance"), name="one_table_a_round_for_each"),
            models.UniqueConstraint(fields=("round", "guest"), name="one_table_a_round_for_a_guest"),
        )

    def __str__(self) -> str:
        return f"round {self.round}, table {self.table}"
