"""What a clause means, as numbers: by these like is found among like."""

from django.db import models


class ClauseVector(models.Model):
    """Half-precision floats, normed, of one encoder; words cannot be read from it, yet it goes with them."""

    clause = models.OneToOneField("records.Clause", models.CASCADE, primary_key=True, related_name="vector")
    encoder = models.CharField(max_length=40)
    numbers = models.BinaryField()

    class Meta:
        ordering = ("clause",)

    def __str__(self) -> str:
        return f"{self.clause_id} by {self.encoder}"
