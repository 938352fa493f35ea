"""Where people work and customers are served: one tree from the organisation down to a desk."""

from django.db import models


class UnitKind(models.TextChoices):
    ORGANISATION = "organisation"
    REGION = "region"
    SITE = "site"
    DEPARTMENT = "department"


class Units(models.QuerySet):
    def inside(self, unit: "Unit") -> "Units":
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A part of the organisation; `path` lists the ids from the root, so a prefix is a subtree."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166, for its public holidays; blank: as the unit above"
    )
    subdivision = models.CharField(
        max_length=8, blank=True, help_text="state or canton, where holidays differ; as in ISO 3166-2"
    )

    objects = Units.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(fields=("kind",), condition=models.Q(parent=None), name="one_root_unit"),
        )

    def __str__(self) -> str:
        return self.name

    def contains(self, other: "Unit") -> bool:
        """Whether the other unit is this one or lies below it."""
        return other.path.startswith(self.path)
