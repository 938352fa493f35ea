"""The ledger: every noun Coalface remembers, one file each, in the groups of the loop."""

from .act.fix import Fix, Lane
from .act.hand_over import HandOver, HandOverAnswer
from .act.telling import Telling
from .all.consequence import Consequence
from .all.event import Event
from .all.import_run import ImportRun, RefusedRow
from .all.outgoing_message import OutgoingMessage
from .all.policy import Policy
from .all.tick import Tick
from .hear.feedback import Feedback
from .measure.snapshot import Snapshot
from .meet.attendance import Attendance
from .meet.disposition import Answer, Disposition
from .meet.encounter import ChosenBy, Encounter, Finishing, Outcome
from .meet.guest import Guest
from .meet.promise import PromiseToCustomer
from .meet.remark import ASKS_OR_PRAISES, Kind, Remark, Speaker
from .plan.assignment import Assignment
from .plan.commitment import Commitment
from .plan.exemption import Exemption
from .plan.format import DIRECT, OBSERVATIONAL, Depth, Format
from .them.approach import Approach
from .them.consent import Channel, Consent, Purpose
from .them.customer import Customer, Stage
from .them.restriction import ContactRestriction, RestrictionKind
from .understand.awareness import Awareness
from .understand.issue import Issue, IssueKind
from .understand.mention import Mention, SortedBy
from .understand.route import Route
from .understand.sighting import Sighting
from .understand.touchpoint import Touchpoint
from .us.account import Account
from .us.grant import Grant, Role
from .us.person import Person
from .us.position import Level, Position
from .us.published_clock import PublishedClock
from .us.unit import Unit, UnitKind
from .verify.customer_answer import CustomerAnswer
from .verify.evaluation_plan import EvaluationPlan
from .verify.exposure import Exposure
from .verify.verdict import Basis, Ruling, Verdict
from .words.clause import Clause
from .words.verbatim import Verbatim

__all__ = (
    "ASKS_OR_PRAISES",
    "DIRECT",
    "OBSERVATIONAL",
    "Account",
    "Answer",
    "Approach",
    "Assignment",
    "Attendance",
    "Awareness",
    "Basis",
    "Channel",
    "ChosenBy",
    "Clause",
    "Commitment",
    "Consent",
    "Consequence",
    "ContactRestriction",
    "Customer",
    "CustomerAnswer",
    "Depth",
    "Disposition",
    "Encounter",
    "EvaluationPlan",
    "Event",
    "Exemption",
    "Exposure",
    "Feedback",
    "Finishing",
    "Fix",
    "Format",
    "Grant",
    "Guest",
    "HandOver",
    "HandOverAnswer",
    "ImportRun",
    "Issue",
    "IssueKind",
    "Kind",
    "Lane",
    "Level",
    "Mention",
    "Outcome",
    "OutgoingMessage",
    "Person",
    "Policy",
    "Position",
    "PromiseToCustomer",
    "PublishedClock",
    "Purpose",
    "RefusedRow",
    "Remark",
    "RestrictionKind",
    "Role",
    "Route",
    "Ruling",
    "Sighting",
    "Snapshot",
    "SortedBy",
    "Speaker",
    "Stage",
    "Telling",
    "Tick",
    "Touchpoint",
    "Unit",
    "UnitKind",
    "Verbatim",
    "Verdict",
)
