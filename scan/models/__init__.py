"""ASKING: rounds, units, invitations, drafts, mailings, and the ballot box's rows."""

from scan.models.answering import Draft, Invitation, Remark, Response
from scan.models.mailing import Delivery, Mailing
from scan.models.planning import LeftOut, LeftOutDepartment, OpenLink, Plan, PlannedJoin, PlannedOpenLink
from scan.models.rounds import Round, Unit

__all__ = [
    "Delivery",
    "Draft",
    "Invitation",
    "LeftOut",
    "LeftOutDepartment",
    "Mailing",
    "OpenLink",
    "Plan",
    "PlannedJoin",
    "PlannedOpenLink",
    "Remark",
    "Response",
    "Round",
    "Unit",
]
