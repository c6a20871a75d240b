"""What is said where invitations by mail would stand, when nobody gets one."""

from django.utils.translation import gettext as _


def without_mail(*, has_codes: bool, has_posters: bool) -> str:
    if has_codes and has_posters:
        return _("Nobody gets a mail: print the codes and hand them out, and put up the posters.")
    if has_posters:
        return _("Nobody gets a mail: print the posters and put them up.")
    return _("Nobody gets a mail: print the codes and hand them out.")
