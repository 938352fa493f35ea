"""The end of live questions: from now on the page takes none."""

from django.db import models


class QuestionStop(models.Model):
    """Somebody closed the page for questions; opened again, the row stays and says when."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="question_stops")
    by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("encounter", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("encounter",), condition=models.Q(lifted_at=None), name="questions_stop_once"
            ),
        )

    def __str__(self) -> str:
        return f"no more questions at {self.encounter_id}"
