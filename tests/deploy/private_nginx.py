"""The product's own nginx configuration in a process of its own: other paths and ports, and nothing else changed.

Around it stands what Debian puts around every site: gzip, and logs that take all requests and all faults.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import ROOT
from tests.serving.own_process import steady_port

NAME = "scan.example.org"
SITE = ROOT / "deploy" / "nginx" / "leerscan.conf"
WAIT_SECONDS = 20

AROUND_IT = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ }}
http {{
    include {mime};
    access_log {folder}/access.log;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
    # A site as others write it, to show that these logs do take what comes by.
    server {{
        listen 127.0.0.1:{careless};
        location / {{ proxy_pass http://leerscan; }}
    }}
}}
"""


class PrivateNginx:
    def __init__(self, folder: Path, upstream_port: int, site: str | None = None) -> None:
        """`site`: instead of the product's, to see that a test finds fault with it."""
        self.folder = folder
        self.http, self.https, self.careless = steady_port(), steady_port(), steady_port()
        folder.mkdir(mode=0o755)
        self.certificate = _certificate(folder)
        (folder / "site.conf").write_text(self._site(site or SITE.read_text(encoding="utf-8"), upstream_port))
        around = AROUND_IT.format(
            folder=folder,
            careless=self.careless,
            mime="/etc/nginx/mime.types",
            user="user root;" if os.geteuid() == 0 else "",
        )
        (folder / "nginx.conf").write_text(around, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def _site(self, text: str, upstream_port: int) -> str:
        text = re.sub(r"^\s*listen \[::\].*$", "", text, flags=re.MULTILINE)
        for old, new in (
            ("listen 80;", f"listen 127.0.0.1:{self.http};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.https} "),
            ("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream_port};"),
            ("/etc/ssl/leerscan/", f"{self.folder}/"),
            ("/opt/leerscan/", f"{ROOT}/"),
        ):
            assert old in text, old
            text = text.replace(old, new)
        return text

    def check(self) -> str:
        """What `nginx -t` says; fails when the configuration is wrong."""
        done = subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def start(self) -> None:
        with (self.folder / "output.log").open("wb") as output:
            self._process = subprocess.Popen(self._command(), stdout=output, stderr=output)
        deadline = time.monotonic() + WAIT_SECONDS
        while not _listens(self.https):
            assert self._process.poll() is None, self.logs()
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.02)

    def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)  # what is under way is finished, and written down
        try:
            self._process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(WAIT_SECONDS)
            raise
        self._process = None

    def logs(self) -> str:
        """All that it wrote, wherever that is."""
        files = [file for file in self.folder.rglob("*") if file.is_file() and file.suffix not in (".pem", ".conf")]
        return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def _command(self) -> list[str]:
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        return [nginx, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", f"{self.folder}/error.log"]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    file = folder / "fullchain.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return file
