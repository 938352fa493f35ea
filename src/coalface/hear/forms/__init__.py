"""What the room asks for."""

from .colleagues import AnswerForm, DepartmentForm, PraiseForm
from .feedback import FilterForm, ReportForm
from .places import PlaceForm
from .research import MarkForm, StudyForm
from .saying import AnswerMeForm, LookForm, SayForm, WordsForm

__all__ = (
    "AnswerForm",
    "AnswerMeForm",
    "DepartmentForm",
    "FilterForm",
    "LookForm",
    "MarkForm",
    "PlaceForm",
    "PraiseForm",
    "ReportForm",
    "SayForm",
    "StudyForm",
    "WordsForm",
)
