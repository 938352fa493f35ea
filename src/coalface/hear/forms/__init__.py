"""What the room asks for."""

from .colleagues import AnswerForm, DepartmentForm, PraiseForm
from .feedback import FilterForm, ReportForm
from .places import PlaceForm
from .saying import AnswerMeForm, LookForm, SayForm, WordsForm

__all__ = (
    "AnswerForm",
    "AnswerMeForm",
    "DepartmentForm",
    "FilterForm",
    "LookForm",
    "PlaceForm",
    "PraiseForm",
    "ReportForm",
    "SayForm",
    "WordsForm",
)
