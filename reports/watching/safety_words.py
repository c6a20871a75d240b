"""What `check --deploy` warns of, in the words of the administrator's page; config/checks.py says it in English."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Several messages about one thing are one here.
SAME = {
    "security.W004": "leerscan.W001",
    "security.W005": "leerscan.W001",
    "security.W008": "leerscan.W001",
    # Of the sessions' cookie: which of the three depends on how Django recognises our middleware (config/office.py).
    "security.W010": "leerscan.W001",
    "security.W011": "leerscan.W001",
    "security.W012": "leerscan.W001",
    "security.W016": "leerscan.W001",
    "security.W021": "leerscan.W001",
    "security.W018": "leerscan.W002",
    "security.W009": "leerscan.W006",
}
WORDS: dict[str, Promise] = {
    "leerscan.W001": _(
        "People reach this installation without https: whoever is on the network between can read links and "
        "answers. Put a web server with a certificate in front and let LEERSCAN_BASE_URL begin with https."
    ),
    "leerscan.W002": _("LEERSCAN_DEBUG is on: pages of errors show links. Take it off."),
    "leerscan.W003": _(
        "The address is https, but LEERSCAN_BEHIND_PROXY is not set: limits would count all people as one. Set it to 1."
    ),
    "leerscan.W004": _(
        "Each machine makes keys of its own, so that links of one fail at another. Give all machines the same "
        "LEERSCAN_SECRET_KEY and LEERSCAN_SCAN_KEY."
    ),
    "leerscan.E005": _("Both keys are the same. Write other random characters for LEERSCAN_SECRET_KEY."),
    "leerscan.W006": _("A key is too easy to guess. Write at least 50 random characters."),
    "leerscan.E007": _(
        "There is a queue for several machines, but the database is SQLite, which one machine can use. Set "
        "DATABASE_URL to a PostgreSQL, or leave LEERSCAN_QUEUE_URL out."
    ),
    "leerscan.W008": _(
        "Each web process counts wrong passwords and codes by itself, so that more are let through. Set "
        "LEERSCAN_CACHE_URL."
    ),
    "leerscan.W009": _(
        "Mails come from leerscan@localhost, and most mail servers refuse those. Set LEERSCAN_FROM to an address of "
        "yours."
    ),
    "leerscan.W010": _("No mail server is named, so no mail goes out. Set LEERSCAN_SMTP_HOST and LEERSCAN_SMTP_PORT."),
    "leerscan.W011": _(
        "An organisation can send mails through your server in the name of anybody. Name the domains that it may use "
        "in LEERSCAN_SENDER_DOMAINS."
    ),
    "leerscan.W013": _(
        "The Redis of LEERSCAN_CACHE_URL saves to disk: which links were used in which hour would stand there. Switch "
        "that off."
    ),
    "leerscan.W014": _(
        "A Redis does not answer. Start it, or correct LEERSCAN_QUEUE_URL or LEERSCAN_CACHE_URL. People can go on "
        "answering."
    ),
    "leerscan.W015": _("PostgreSQL does not answer. Start it, or correct DATABASE_URL."),
    "leerscan.W016": _("This PostgreSQL is older than Leerscan is tested with. Upgrade it."),
    "leerscan.W017": _(
        "PostgreSQL writes answers, or their moments, into its log. `manage.py check --deploy` says which setting to "
        "change."
    ),
    "leerscan.W018": _(
        "The password of the mail server, and mails with links, travel in a form that anybody on the network can read. "
        "Set LEERSCAN_SMTP_TLS to 1 with port 587, or LEERSCAN_SMTP_SSL to 1 with port 465."
    ),
    "leerscan.W019": _(
        "A setting is given that Leerscan does not know, perhaps by a slip of the pen, so that it does nothing. "
        "`manage.py check --deploy` says which one."
    ),
    "security.W020": _("LEERSCAN_ALLOWED_HOSTS is empty. Name the hosts that people use."),
}
