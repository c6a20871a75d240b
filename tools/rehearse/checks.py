"""What a rehearsal looks at between the parts of the document: whether what it promises is so."""

import re
from collections.abc import Callable
from pathlib import Path

from tools.rehearse.machine import Machine, RehearsalError
from tools.rehearse.replaced import MAIL_PASSWORD

SITE = "scan.example.org"
LINK = re.compile(r"https://\S+")
# Where a log or a page on its way could lie.
LOGS = ("/var/log", "/var/lib/nginx", "/var/lib/caddy", "/var/tmp", "/run/log", "/tmp")  # noqa: S108 -- only read


class Checks:
    def __init__(self, machine: Machine, files: Path) -> None:
        self.machine, self.files = machine, files
        self.link = ""
        self.after: dict[str, Callable[[str], None]] = {
            "Packages": self.start_mail_server,
            "Program": self.owned_by_root,
            "Services": self.units_are_hardened,
            "First organisation and first login": self.first_login,
            "Look for yourself": self.none_found,
            "With Caddy instead of nginx": self.behind_caddy,
        }

    def look(self, part: str, printed: str) -> None:
        """After the last command of a part; `printed`: what its commands said."""
        if part in self.after:
            self.after[part](printed)

    def start_mail_server(self, printed: str) -> None:
        """smtp.example.org, and the name of the site, as DNS would say."""
        self.machine.run("sh", "-c", f"echo '127.0.0.1 localhost {SITE} smtp.example.org' > /etc/hosts")
        self.machine.run("bash", "/run/rehearsal/certificate.sh", "smtp.example.org", "/root/smtp")

    def owned_by_root(self, printed: str) -> None:
        wrong = self.machine.run("find", "/opt/leerscan", "-not", "-user", "root", "-print", "-quit")
        _say("the program belongs to root", holds=not wrong)
        server = [
            "/opt/leerscan/.venv/bin/python",
            "/run/rehearsal/mail_server.py",
            "/run/rehearsal/mails",
            "/root/smtp",
        ]
        self.machine.run("systemd-run", "--quiet", "--unit=mail-server", *server, MAIL_PASSWORD.replace("$", "$$"))

    def units_are_hardened(self, printed: str) -> None:
        units = [f"/etc/systemd/system/{name}" for name in ("leerscan", "leerscan-web", "leerscan-worker")]
        self.machine.run("systemd-analyze", "verify", "--man=no", *(f"{unit}.service" for unit in units))
        owner = self.machine.run("stat", "--format=%U %a", "/var/lib/leerscan/leerscan.sqlite3").strip()
        _say("the database can be read by the user leerscan only", holds=owner == "leerscan 600")
        modes = self.machine.run("stat", "--format=%U %a", "/etc/leerscan/keys.env", "/etc/leerscan/leerscan.env")
        _say("keys and settings can be read by root only", holds=modes.split("\n")[:2] == ["root 600"] * 2)
        made = self.machine.run("find", "/var/lib/leerscan", "-name", "keys")
        _say("no keys beside the database", holds=not made)
        self._in_two_parts()

    def _in_two_parts(self) -> None:
        """The units for several machines, here on one."""
        self.machine.run("systemctl", "start", "leerscan-web", "leerscan-worker")
        self.wait()
        active = self.machine.run("systemctl", "is-active", "leerscan-web", "leerscan-worker").split()
        _say("web server and worker run as units of their own too", holds=active == ["active"] * 2)
        self.machine.run("systemctl", "stop", "leerscan-web", "leerscan-worker")
        self.machine.run("systemctl", "start", "leerscan")
        self.wait()

    def first_login(self, printed: str) -> None:
        mails = [file for file in (self.files / "mails").rglob("*") if file.is_file()]
        _say(
            "the test mail came, over TLS and with a password",
            holds=any("To: beheer@" in _text(file) for file in mails),
        )
        links = LINK.findall(printed)
        for link in links[:2]:
            page = self.machine.run("curl", "-sSfL", "--cookie", "none", link)
            _say("somebody can choose a password at the address that was printed", holds='type="password"' in page)
        self.machine.run("leerscan", "import_people", "My organisation", "/opt/leerscan/samples/staff-list.csv")
        code = 'exec(open("/run/rehearsal/open_scan.py").read())'
        said = self.machine.run("leerscan", "shell", "--verbosity", "0", "--command", code)
        self.link = LINK.findall(said)[-1]
        self.visit("nginx")

    def none_found(self, printed: str) -> None:
        _say("both lines say none", holds=printed.split() == ["none", "none"])

    def behind_caddy(self, printed: str) -> None:
        """Nobody outside gives it a certificate: it makes one itself, with an authority that only it knows."""
        self.machine.run("sed", "-i", f"s/^{SITE} {{/&\\n\\ttls internal/", "/etc/caddy/Caddyfile")
        self.machine.run("systemctl", "restart", "caddy")
        self.visit("caddy", "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt")
        self.machine.run("systemctl", "disable", "--now", "--quiet", "caddy")
        self.machine.run("systemctl", "enable", "--now", "--quiet", "nginx")

    def wait(self) -> None:
        self.machine.run("sh", "-c", f"curl -sSf {WAITING} http://127.0.0.1:8000/healthz")

    def visit(self, proxy: str, *certificate: str) -> None:
        """Pages over https; then the same while Leerscan is down; then every log, for the link."""
        self.wait()
        visitor = ["python3", "/run/rehearsal/visitor.py", SITE, self.link]
        print(self.machine.run(*visitor, "up", *certificate), end="")
        self.machine.run("systemctl", "stop", "leerscan")
        print(self.machine.run(*visitor, "down", *certificate), end="")
        self.machine.run("systemctl", "start", "leerscan")
        self.wait()
        self.machine.run("systemctl", "stop", proxy)  # writes down what it still has
        self.no_log_holds_the_link()
        self.machine.run("systemctl", "start", proxy)

    def no_log_holds_the_link(self) -> None:
        token = self.link.rstrip("/").rpartition("/")[2]
        where = " ".join(LOGS)
        files = self.machine.run("sh", "-c", f"grep -rilaE '{token}' {where} 2>/dev/null || true").split()
        _say(f"the link stands in no file of logs {files}", holds=not files)
        journal = self.machine.run("journalctl", "--no-pager", "--output=export")
        _say("the journal has lines of Leerscan", holds="leerscan.service" in journal)
        _say("and not the link", holds=token not in journal.lower())


WAITING = "--retry 90 --retry-delay 1 --retry-connrefused -H 'X-Forwarded-Proto: https'"


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _say(what: str, *, holds: bool) -> None:
    if not holds:
        raise RehearsalError(f"does not hold: {what}")
    print(f"holds: {what}", flush=True)
