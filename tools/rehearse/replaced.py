"""What a rehearsal cannot do as it stands in the document, line by line, and what it does instead.

Only lines of blocks marked `sh real` are looked up here; all other commands run as they stand. A test fails when a line
here is not in the document.
"""

import shlex

MAIL_PASSWORD = "a password with $ and # in it"  # noqa: S105 -- of a mail server that lives for ten minutes

REPLACED = {
    # The clone of this repository that is being rehearsed, with what was committed.
    "SOURCE=https://git.example.org/leerscan.git": "SOURCE=/srv/leerscan.git",
    # What an editor would be used for.
    "editor /etc/leerscan/leerscan.env": (
        f"sed -i {shlex.quote(f's/change me/{MAIL_PASSWORD}/')} /etc/leerscan/leerscan.env"
    ),
    # Nobody outside can look at this machine to see whether the name is ours: an authority of the rehearsal's own
    # signs, which this machine believes as others believe real ones.
    "apt-get install -y certbot": ":",
    (
        'certbot certonly --webroot --webroot-path /var/www/letsencrypt --domain "$SITE" --email "$YOU" --agree-tos '
        '--no-eff-email --deploy-hook "systemctl reload nginx"'
    ): 'bash /run/rehearsal/certificate.sh "$SITE" "/etc/letsencrypt/live/$SITE"',
}
# Fetch from the internet, from which the machine is cut off otherwise. They run in the network of the host.
GO_OUTSIDE = ("apt-get", "make")


def without_what_is_not_here(commands: tuple[str, ...]) -> list[str]:
    return [REPLACED.get(line, line) for line in commands]
