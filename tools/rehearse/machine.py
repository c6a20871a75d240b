"""An empty Debian that boots its own systemd: a root made by debootstrap, in namespaces of its own.

It has a network of its own too, with nothing in it but the loopback interface: ports of this computer stay free, and
what is started in there reaches nobody. Killing its first process ends all that was started in it, and unmounts all.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMESPACES = ("--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup")
INCLUDED = "systemd,systemd-sysv,dbus,ca-certificates"
CERTIFICATES = Path("/usr/local/share/ca-certificates")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BOOT_SECONDS, STOP_SECONDS = 60, 20


class RehearsalError(Exception):
    """The text says what failed."""


def make_root(root: Path, suite: str) -> None:
    """As small as Debian gets. How this computer reaches packages is not the document's matter: it is copied."""
    missing = [tool for tool in ("debootstrap", "unshare", "nsenter", "setpriv", "ip") if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        raise RehearsalError(
            f"This runs as root, with the Debian packages debootstrap and iproute2. Missing: {missing}"
        )
    command = ["debootstrap", "--variant=minbase", f"--include={INCLUDED}", suite, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RehearsalError(f"debootstrap failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    for file in (Path("/etc/resolv.conf"), Path("/etc/pip.conf")):
        if file.exists():
            shutil.copyfile(file, root / file.relative_to("/"))
    for file in CERTIFICATES.glob("*.crt"):
        shutil.copy(file, root / CERTIFICATES.relative_to("/"))
    in_root(root, "update-ca-certificates")


def in_root(root: Path, *command: str) -> None:
    """Without a machine: for what is done before it boots."""
    clean = ["env", "-i", f"PATH={PATH}", "HOME=/root", "LANG=C.UTF-8"]
    done = subprocess.run(["chroot", str(root), *clean, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RehearsalError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def remove_root(root: Path) -> None:
    subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=True)


class Machine:
    """`files` is to be found in there as /run/rehearsal."""

    def __init__(self, root: Path, files: Path) -> None:
        self._root, self._files = root, files
        self._outer: subprocess.Popen[bytes] | None = None
        self._init = 0

    def start(self) -> None:
        outside = f"/proc/{os.getpid()}/ns/net"
        enter = ["bash", str(HERE / "enter.sh"), str(self._root), str(self._files), outside]
        with (self._files / "boot.log").open("wb") as log:
            self._outer = subprocess.Popen(
                ["unshare", *NAMESPACES, "--fork", "--kill-child", *enter],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + BOOT_SECONDS
        while not self._is_up(self._outer.pid):
            if self._outer.poll() is not None or time.monotonic() > deadline:
                said = (self._files / "boot.log").read_text(encoding="utf-8", errors="replace")
                raise RehearsalError(f"The machine did not boot:\n{said[-2000:]}")
            time.sleep(0.2)

    def _is_up(self, outer: int) -> bool:
        """Some of it may have failed: a machine without a kernel of its own loads no modules."""
        children = Path(f"/proc/{outer}/task/{outer}/children").read_text(encoding="ascii").split()
        if not children:
            return False
        self._init = int(children[0])
        if Path(f"/proc/{self._init}/comm").read_text(encoding="ascii").strip() != "systemd":
            return False
        state = subprocess.run([*self.inside(), "systemctl", "is-system-running"], capture_output=True, text=True)  # noqa: PLW1510
        return state.stdout.strip() in ("running", "degraded")

    def inside(self) -> list[str]:
        """What to put before a command, to run it in there as root."""
        enter = ["nsenter", "--target", str(self._init), "--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup"]
        environment = [f"PATH={PATH}", "HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
        return [*enter, "--root", "--wdns=/root", "env", "-i", *environment]

    def run(self, *command: str) -> str:
        """What it printed. Raises RehearsalError when it fails."""
        done = subprocess.run([*self.inside(), *command], capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            raise RehearsalError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def stop(self) -> None:
        if self._outer is None:
            return
        if self._init:
            os.kill(self._init, signal.SIGKILL)
        else:
            self._outer.kill()
        self._outer.wait(STOP_SECONDS)
        self._outer = None
