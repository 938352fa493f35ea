"""Who works here: names, units, managers, levels and jobs, over time."""

from django.utils.translation import gettext_lazy as _

from coalface.permissions import Right
from coalface.records.models import Level

from ..recognising import Field
from ..rows import Kind
from .rows import PeopleRows

LEVELS = {
    "front line": Level.FRONT_LINE, "frontline": Level.FRONT_LINE, "staff": Level.FRONT_LINE,
    "mitarbeiter": Level.FRONT_LINE, "mitarbeiterin": Level.FRONT_LINE, "front_line": Level.FRONT_LINE,
    "supervisor": Level.SUPERVISOR, "team lead": Level.SUPERVISOR, "teamleiter": Level.SUPERVISOR,
    "teamleiterin": Level.SUPERVISOR, "teamleitung": Level.SUPERVISOR, "gruppenleitung": Level.SUPERVISOR,
    "middle": Level.MIDDLE, "manager": Level.MIDDLE, "middle management": Level.MIDDLE,
    "abteilungsleitung": Level.MIDDLE, "abteilungsleiter": Level.MIDDLE, "abteilungsleiterin": Level.MIDDLE,
    "top": Level.TOP, "board": Level.TOP, "top management": Level.TOP, "executive": Level.TOP,
    "geschäftsleitung": Level.TOP, "vorstand": Level.TOP,
}  # fmt: skip

PEOPLE = Kind(
    key="people",
    label=_("People"),
    right=Right.MANAGE_PEOPLE,
    fields=(
        Field("name", _("Name"), called=("employee", "mitarbeiter", "full name")),
        Field("first_name", _("First name"), called=("vorname", "prénom")),
        Field("last_name", _("Last name"), called=("nachname", "surname")),
        Field("email", _("E-mail"), "email", called=("mail", "e-mail")),
        Field("staff_code", _("Staff code"), "key", called=("personalnummer", "employee id")),
        Field("unit", _("Unit"), "unit", called=("department", "abteilung", "branch", "filiale")),
        Field("manager", _("Manager"), "person", called=("vorgesetzte", "reports to")),
        Field("level", _("Level"), "choice", called=("stufe", "ebene")),
        Field("job", _("Job"), called=("title", "position", "funktion")),
        Field("language", _("Language"), "choice", called=("sprache",)),
        Field("from_on", _("First day"), "day", called=("from", "von", "eintritt", "start date")),
        Field("until_on", _("Last day"), "day", called=("until", "bis", "austritt", "end date")),
    ),
    rows=PeopleRows,
    longest={
        "name": 120, "first_name": 60, "last_name": 60, "email": 254, "staff_code": 32, "job": 120,
        "language": 8,
    },
    choices={"level": LEVELS},
    reads_ahead=True,
)  # fmt: skip
