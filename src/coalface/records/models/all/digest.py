"""One person's week in a mail: numbers and ids, rendered when it is sent."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models


class Digest(models.Model):
    """At most one a week for each person."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="digests")
    week_of = models.DateField(help_text="its Monday")
    made_at = models.DateTimeField()
    figures = models.JSONField(default=dict, help_text="numbers and ids, no words")
    next_encounter = models.ForeignKey(
        "records.Encounter", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-week_of", "-id")
        constraints = (models.UniqueConstraint(fields=("person", "week_of"), name="one_digest_a_week"),)

    def __str__(self) -> str:
        return f"{self.person_id}, week of {self.week_of}"

    def as_of_now(self) -> dict[str, Any]:
        """The figures with a record, as it is now, wherever a name of the ledger stands before an id.

        An entry whose record is gone since is left out, so that erased words cannot leave the house.
        """
        nouns = {model._meta.model_name: model for model in apps.get_app_config("records").get_models()}
        wanted = defaultdict(set)
        for noun, pk in _ids(self.figures, nouns):
            wanted[noun].add(pk)
        found = {
            noun: {str(pk): row for pk, row in nouns[noun].objects.in_bulk(pks).items()}
            for noun, pks in wanted.items()
        }
        return {key: _in_place(value, found) for key, value in self.figures.items()}


def _ids(figures: object, nouns: dict[str, Any]) -> Iterator[tuple[str, object]]:
    if isinstance(figures, list):
        for entry in figures:
            yield from _ids(entry, nouns)
    elif isinstance(figures, dict):
        for key, value in figures.items():
            if key in nouns and value is not None:
                yield key, value
            else:
                yield from _ids(value, nouns)


def _in_place(figures: object, found: dict[str, dict[str, models.Model]]) -> Any:
    if isinstance(figures, list):
        return [entry for one in figures if (entry := _in_place(one, found)) is not None]
    if not isinstance(figures, dict):
        return figures
    named = {noun for noun in found if figures.get(noun) is not None}
    if any(str(figures[noun]) not in found[noun] for noun in named):
        return None
    return {
        key: found[key][str(value)] if key in named else _in_place(value, found)
        for key, value in figures.items()
    }
