"""Invite a colleague: the account, the role and a mail that says what it is for."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_scopes import scope

from organisations import log, mail
from organisations.links import absolute, is_new, password_link
from organisations.models import LogEntry, Membership, Organisation, Role, User
from organisations.password_tokens import end_of_invitation
from organisations.roles import Terms, described, give_role, user_with
from organisations.tree import label_of

ROLE_MEANS = {
    Role.HR_ADVISOR: _(
        "You look after the staff list, set up scans, follow the response, and read and hand out all reports."
    ),
    Role.MANAGER: _("After a scan you read the reports of your own departments."),
    Role.CONSULTANT: _("You read and compare the reports of all departments. You see no names and no addresses."),
    Role.WORKS_COUNCIL: _(
        "You see what was promised to staff in each scan, and the results of the whole organisation."
    ),
}


MOST_INVITATIONS = 3


class AdministratorError(Exception):
    """Who manages the installation has no role in an organisation: that keeps the keys and the results apart."""


class TooManyInvitationsError(Exception):
    """This address has had enough mails from us for a day."""


def invite(organisation: Organisation, email: str, name: str, terms: Terms, by: User) -> None:
    """Raises RoleExistsError, AdministratorError, TooManyInvitationsError.

    MailNotSentError when all is done but for the mail.
    """
    with transaction.atomic():
        _refuse_too_many(organisation, email)
        user = user_with(email) or User.objects.create_user(email, name=name)
        if user.is_administrator:
            raise AdministratorError
        membership = give_role(organisation, user, terms, by)
        transaction.on_commit(lambda: send_invitation(membership, by))


def invite_again(membership: Membership, by: User) -> None:
    """Raises TooManyInvitationsError, MailNotSentError."""
    with transaction.atomic():
        _refuse_too_many(membership.organisation, membership.user.email)
        log.record(membership.organisation, "invite_again", described(membership), by)
    send_invitation(membership, by)


def _refuse_too_many(organisation: Organisation, email: str) -> None:
    """Counted in the log, that stays when a role is withdrawn. Of this organisation: it learns nothing of others."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    sent = LogEntry.objects.filter(
        Q(subject__istartswith=f"{email}: ") | Q(subject__icontains=f" ({email}): "),
        organisation=organisation,
        action__in=("invite_colleague", "invite_again"),
        at__gt=timezone.now() - timedelta(days=1),
    )
    if sent.count() >= MOST_INVITATIONS:
        raise TooManyInvitationsError


def send_invitation(membership: Membership, by: User) -> None:
    organisation, user = membership.organisation, membership.user
    new = is_new(user)
    # Not from the page: what is done after the commit may come when its scope is gone.
    with scope(organisation=organisation), override(organisation.language):
        role = membership.get_role_display()
        departments = [label_of(department) for department in membership.departments.all()]
    context = {
        "by": by,
        "user": user,
        "role": role,
        "means": ROLE_MEANS[Role(membership.role)],
        "departments": departments,
        "ends_on": membership.ends_on,
        "is_new": new,
        "link": password_link(user) if new else absolute("organisation", organisation.slug),
        "code_link": absolute("account_request_login_code"),
        "until": end_of_invitation(),
        "host": settings.BASE_URL.split("//", 1)[-1],
    }
    mail.send(user.email, "colleague_invitation", organisation.language, context, organisation)
