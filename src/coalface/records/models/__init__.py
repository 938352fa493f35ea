"""The ledger: every noun Coalface remembers, one file each, in the groups of the loop."""

from .act.fix import Fix, Lane
from .act.hand_over import HandOver, HandOverAnswer
from .act.telling import Telling
from .all.consequence import Consequence
from .all.digest import Digest
from .all.event import Event
from .all.import_run import ImportRun, RefusedRow
from .all.mail_stop import MailStop
from .all.outgoing_message import OutgoingMessage
from .all.policy import Policy
from .all.tick import Tick
from .hear.feedback import Feedback
from .hear.inbound_mail import InboundMail
from .measure.snapshot import Snapshot
from .meet.attachment import Attachment, Refusal
from .meet.attendance import Attendance
from .meet.care_item import CareItem, CareKind
from .meet.disclosure import Disclosure
from .meet.disposition import Answer, Disposition
from .meet.encounter import ChosenBy, Encounter, Finishing, Outcome
from .meet.guest import Guest
from .meet.listened_call import CallDraw, ListenedCall
from .meet.promise import PromiseToCustomer
from .meet.question_stop import QuestionStop
from .meet.quota import RecruitmentQuota
from .meet.reflection import Reflection
from .meet.remark import ASKS_OR_PRAISES, About, Kind, Remark, Speaker
from .meet.second_version import SecondVersion
from .meet.shift import Shift
from .meet.transcript import Passage, Transcript, TranscriptSource, TranscriptSpeaker
from .meet.walk_step import WalkStep
from .plan.assignment import Assignment
from .plan.commitment import Commitment
from .plan.exemption import Exemption
from .plan.format import DIRECT, GROUPS, OBSERVATIONAL, Depth, Format, FormatKind
from .plan.programme_notice import ProgrammeNotice
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
    "GROUPS",
    "OBSERVATIONAL",
    "About",
    "Account",
    "Answer",
    "Approach",
    "Assignment",
    "Attachment",
    "Attendance",
    "Awareness",
    "Basis",
    "CallDraw",
    "CareItem",
    "CareKind",
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
    "Digest",
    "Disclosure",
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
    "FormatKind",
    "Grant",
    "Guest",
    "HandOver",
    "HandOverAnswer",
    "ImportRun",
    "InboundMail",
    "Issue",
    "IssueKind",
    "Kind",
    "Lane",
    "Level",
    "ListenedCall",
    "MailStop",
    "Mention",
    "Outcome",
    "OutgoingMessage",
    "Passage",
    "Person",
    "Policy",
    "Position",
    "ProgrammeNotice",
    "PromiseToCustomer",
    "PublishedClock",
    "Purpose",
    "QuestionStop",
    "RecruitmentQuota",
    "Reflection",
    "Refusal",
    "RefusedRow",
    "Remark",
    "RestrictionKind",
    "Role",
    "Route",
    "Ruling",
    "SecondVersion",
    "Shift",
    "Sighting",
    "Snapshot",
    "SortedBy",
    "Speaker",
    "Stage",
    "Telling",
    "Tick",
    "Touchpoint",
    "Transcript",
    "TranscriptSource",
    "TranscriptSpeaker",
    "Unit",
    "UnitKind",
    "Verbatim",
    "Verdict",
    "WalkStep",
)
