"""The page on which an organisation chooses its own words."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations import log
from organisations.access import Right
from organisations.models import Organisation, User
from organisations.pages import member_page, user_of
from scan.words.forms import WordsForm
from scan.words.own_words import Words, given_words


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ORGANISATION)
def organisation_words(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = WordsForm(organisation.words, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        save_words(organisation, form.words, user_of(request))
        messages.success(request, _("Your words have been saved. Scans launched from now on use them."))
        return redirect("organisation_words", organisation.slug)
    context = {"organisation": organisation, "form": form, "sections": form.sections()}
    return render(request, "scan/words.html", context, status=422 if form.errors else 200)


def save_words(organisation: Organisation, words: Words, by: User) -> None:
    old, new = given_words(organisation.words), given_words(words)
    changed = sorted(
        new[language].get(key) or old[language][key]
        for language in new
        for key in {*new[language], *old[language]}
        if new[language].get(key) != old[language].get(key)
    )
    if not changed:
        return
    with transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(words=new)
        log.record(organisation, "change_words", ", ".join(changed), by)
