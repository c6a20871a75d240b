"""My account: name, language, password, second step."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisations.account_forms import AccountForm
from organisations.models import User
from organisations.pages import user_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def account_page(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    # A copy of the user: a name with a fault in it should not stand in the header.
    form = AccountForm(request.POST if request.method == "POST" else None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        with override(saved.language or None):
            messages.success(request, _("Your account has been saved."))
        return redirect("account")
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "has_passkeys": Authenticator.Type.WEBAUTHN in kinds,
        "passkeys": settings.PASSKEYS,
    }
    return render(request, "account/account.html", context, status=422 if form.errors else 200)
