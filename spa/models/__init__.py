"""The tables of the store."""

from spa.models.audit import AuditEntry
from spa.models.base import Base
from spa.models.conversation import Channel, Conversation, ConversationState, OptOut
from spa.models.escalation import Escalation, EscalationLevel, EscalationState, EscalationStep, StepAction
from spa.models.fact import IntroductionFact, IntroductionSearch
from spa.models.handover import Handover, HandoverState
from spa.models.identity import ProviderIdentity, RecoveryCode, SecondFactor
from spa.models.introduction import (
    Destination,
    Introduction,
    IntroductionAction,
    IntroductionEvent,
    IntroductionStatus,
)
from spa.models.message import AssessmentRow, Author, Message, MessageEvent, MessageKind, MessageState
from spa.models.outbox import DeliveryStatus, OutboxItem, OutboxKind, OutboxState, Purpose, TextPace
from spa.models.saved import BirthDateTry, SavedCode
from spa.models.staff import Login, Role, Staff
from spa.models.takeover import Takeover, TakeoverEnd

__all__ = [
    "AssessmentRow",
    "AuditEntry",
    "Author",
    "Base",
    "BirthDateTry",
    "Channel",
    "Conversation",
    "ConversationState",
    "DeliveryStatus",
    "Destination",
    "Escalation",
    "EscalationLevel",
    "EscalationState",
    "EscalationStep",
    "Handover",
    "HandoverState",
    "Introduction",
    "IntroductionAction",
    "IntroductionEvent",
    "IntroductionFact",
    "IntroductionSearch",
    "IntroductionStatus",
    "Login",
    "Message",
    "MessageEvent",
    "MessageKind",
    "MessageState",
    "OptOut",
    "OutboxItem",
    "OutboxKind",
    "OutboxState",
    "ProviderIdentity",
    "Purpose",
    "RecoveryCode",
    "Role",
    "SavedCode",
    "SecondFactor",
    "Staff",
    "StepAction",
    "Takeover",
    "TakeoverEnd",
    "TextPace",
]
