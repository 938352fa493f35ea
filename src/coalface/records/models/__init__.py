"""The ledger: every noun Coalface remembers, one file each, in the groups of the loop."""

from .act.cost import Cost
from .act.decision import Decided, Decision
from .act.fix import Fix, Lane
from .act.fix_offer import FixOffer
from .act.hand_over import HandOver, HandOverAnswer
from .act.insight_meeting import AgendaItem, InsightMeeting, Topic
from .act.opportunity import Adoption, AdoptionVerdict, Opportunity, Validation
from .act.published_change import PublishedChange
from .act.telling import News, Telling
from .act.why import Why
from .all.consequence import Consequence
from .all.digest import Digest
from .all.event import Event
from .all.import_run import ImportedRow, ImportRun, RefusedRow
from .all.mail_stop import MailStop
from .all.outgoing_message import OutgoingMessage
from .all.policy import Policy
from .all.saved_mapping import SavedMapping
from .all.tick import Tick
from .all.webhook import Delivery, InboundHook, SeenSignature, TakenBatch, Webhook
from .hear.feedback import Feedback
from .hear.inbound_mail import InboundMail
from .hear.receipt import Message, Receipt
from .hear.research import Finding, ReportPage, ResearchReport
from .hear.say_place import SayPlace
from .measure.indicator import Indicator, IndicatorValue
from .measure.snapshot import Snapshot
from .meet.attachment import Attachment, Refusal
from .meet.attendance import Attendance
from .meet.care_item import CareItem, CareKind
from .meet.daily_call import DailyCall
from .meet.disclosure import Disclosure
from .meet.disposition import Answer, Disposition
from .meet.encounter import ChosenBy, Encounter, Finishing, Outcome
from .meet.guest import Guest
from .meet.guest_invitation import GuestAnswer, GuestInvitation
from .meet.listened_call import CallDraw, ListenedCall
from .meet.promise import PromiseToCustomer
from .meet.question_stop import QuestionStop
from .meet.quota import RecruitmentQuota
from .meet.reflection import Reflection
from .meet.remark import ASKS_OR_PRAISES, About, Kind, Remark, Speaker
from .meet.second_version import SecondVersion
from .meet.shift import Shift
from .meet.table_seat import TableSeat
from .meet.transcript import Passage, Transcript, TranscriptSource, TranscriptSpeaker
from .meet.walk_step import WalkStep
from .plan.assignment import Assignment, Way
from .plan.calendar import Calendar, CalendarFeed, Invitation, Reply
from .plan.commitment import Commitment
from .plan.conflict import PlanConflict, PlanRemedy, RemedyKind, RemedyPart
from .plan.exemption import Exemption
from .plan.format import DIRECT, GROUPS, OBSERVATIONAL, Depth, Format, FormatKind
from .plan.plan import Plan
from .plan.programme_notice import ProgrammeNotice
from .plan.slot import Slot
from .plan.working_hours import Unavailability, WorkingHours
from .them.approach import Approach
from .them.consent import Channel, Consent, Purpose
from .them.consent_basis import ConsentBasis, LegalBasis
from .them.consent_wording import ConsentWording
from .them.customer import Customer, Stage
from .them.departure import Departure, ReasonBasis
from .them.erasure import Erasure
from .them.household import Household, HouseholdKind
from .them.merging import Merging
from .them.purchase import Purchase
from .them.referral import Referral
from .them.restriction import ContactRestriction, RestrictionKind
from .understand.awareness import Awareness
from .understand.competitor import Competitor, CompetitorMention
from .understand.handoff import Cohort, CohortCount, Handoff
from .understand.issue import Issue, IssueKind
from .understand.mention import Mention, SortedBy
from .understand.route import Route
from .understand.sighting import Sighting
from .understand.sorting_check import SortingCheck
from .understand.summary import Summary, SummaryKind, SummarySentence
from .understand.theme import Theme, ThemeClause, ThemeRun
from .understand.touchpoint import Touchpoint
from .understand.touchpoint_judgement import Moment, TouchpointJudgement
from .us.account import Account
from .us.api_token import ApiToken
from .us.grant import Grant, Role
from .us.person import Person
from .us.position import Level, Position
from .us.published_clock import PublishedClock
from .us.shared_device import SharedDevice
from .us.staff_pass import Badge, StaffPin
from .us.unit import Unit, UnitKind
from .verify.amendment import Amendment
from .verify.customer_answer import CustomerAnswer
from .verify.evaluation_plan import EvaluationPlan
from .verify.exposure import Exposure
from .verify.verdict import Basis, Ruling, Verdict
from .words.clause import Clause, Polarity
from .words.clause_vector import ClauseVector
from .words.verbatim import Verbatim

__all__ = (
    "ASKS_OR_PRAISES",
    "DIRECT",
    "GROUPS",
    "OBSERVATIONAL",
    "About",
    "Account",
    "Adoption",
    "AdoptionVerdict",
    "AgendaItem",
    "Amendment",
    "Answer",
    "ApiToken",
    "Approach",
    "Assignment",
    "Attachment",
    "Attendance",
    "Awareness",
    "Badge",
    "Basis",
    "Calendar",
    "CalendarFeed",
    "CallDraw",
    "CareItem",
    "CareKind",
    "Channel",
    "ChosenBy",
    "Clause",
    "ClauseVector",
    "Cohort",
    "CohortCount",
    "Commitment",
    "Competitor",
    "CompetitorMention",
    "Consent",
    "ConsentBasis",
    "ConsentWording",
    "Consequence",
    "ContactRestriction",
    "Cost",
    "Customer",
    "CustomerAnswer",
    "DailyCall",
    "Decided",
    "Decision",
    "Delivery",
    "Departure",
    "Depth",
    "Digest",
    "Disclosure",
    "Disposition",
    "Encounter",
    "Erasure",
    "EvaluationPlan",
    "Event",
    "Exemption",
    "Exposure",
    "Feedback",
    "Finding",
    "Finishing",
    "Fix",
    "FixOffer",
    "Format",
    "FormatKind",
    "Grant",
    "Guest",
    "GuestAnswer",
    "GuestInvitation",
    "HandOver",
    "HandOverAnswer",
    "Handoff",
    "Household",
    "HouseholdKind",
    "ImportRun",
    "ImportedRow",
    "InboundHook",
    "InboundMail",
    "Indicator",
    "IndicatorValue",
    "InsightMeeting",
    "Invitation",
    "Issue",
    "IssueKind",
    "Kind",
    "Lane",
    "LegalBasis",
    "Level",
    "ListenedCall",
    "MailStop",
    "Mention",
    "Merging",
    "Message",
    "Moment",
    "News",
    "Opportunity",
    "Outcome",
    "OutgoingMessage",
    "Passage",
    "Person",
    "Plan",
    "PlanConflict",
    "PlanRemedy",
    "Polarity",
    "Policy",
    "Position",
    "ProgrammeNotice",
    "PromiseToCustomer",
    "PublishedChange",
    "PublishedClock",
    "Purchase",
    "Purpose",
    "QuestionStop",
    "ReasonBasis",
    "Receipt",
    "RecruitmentQuota",
    "Referral",
    "Reflection",
    "Refusal",
    "RefusedRow",
    "Remark",
    "RemedyKind",
    "RemedyPart",
    "Reply",
    "ReportPage",
    "ResearchReport",
    "RestrictionKind",
    "Role",
    "Route",
    "Ruling",
    "SavedMapping",
    "SayPlace",
    "SecondVersion",
    "SeenSignature",
    "SharedDevice",
    "Shift",
    "Sighting",
    "Slot",
    "Snapshot",
    "SortedBy",
    "SortingCheck",
    "Speaker",
    "StaffPin",
    "Stage",
    "Summary",
    "SummaryKind",
    "SummarySentence",
    "TableSeat",
    "TakenBatch",
    "Telling",
    "Theme",
    "ThemeClause",
    "ThemeRun",
    "Tick",
    "Topic",
    "Touchpoint",
    "TouchpointJudgement",
    "Transcript",
    "TranscriptSource",
    "TranscriptSpeaker",
    "Unavailability",
    "Unit",
    "UnitKind",
    "Validation",
    "Verbatim",
    "Verdict",
    "WalkStep",
    "Way",
    "Webhook",
    "Why",
    "WorkingHours",
)
