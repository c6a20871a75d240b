"""Follow deploy/Containerfile without podman: each step in a root of its own, then what the image would start.

Only what that file uses is understood; any other step fails.
"""

import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.rehearse.machine import PATH, STOP_SECONDS, RehearsalError

CONTAINERFILE, LEFT_OUT = Path("deploy") / "Containerfile", Path(".containerignore")
READY_SECONDS, STEP_SECONDS = 60, 420
URL = "http://127.0.0.1:8000/accounts/login/"


@dataclass
class Image:
    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "root"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def steps(text: str) -> list[tuple[str, str]]:
    """The instructions, each with the rest of its line; lines that end in a backslash go on."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in whole.splitlines()]


def follow_containerfile(root: Path, repository: Path) -> None:
    image = Image(root)
    for name, rest in steps(CONTAINERFILE.read_text(encoding="utf-8")):
        print(f"  {name} {' '.join(rest.split())}", flush=True)
        _follow(image, name, rest, repository)
    _start(image)


def _follow(image: Image, name: str, rest: str, repository: Path) -> None:
    known: dict[str, Callable[[], object]] = {
        "FROM": lambda: _from(rest),
        "ENV": lambda: image.environment.update(_pairs(rest)),
        "RUN": lambda: _in(image, ["sh", "-c", rest]),
        "COPY": lambda: _copy(image, repository, rest),
        "WORKDIR": lambda: setattr(image, "folder", rest),
        "USER": lambda: setattr(image, "user", rest),
        "ENTRYPOINT": lambda: image.entrypoint.extend(json.loads(rest)),
        "CMD": lambda: image.command.extend(json.loads(rest)),
        "VOLUME": lambda: None,
        "EXPOSE": lambda: None,
    }
    if name not in known:
        raise RehearsalError(f"{CONTAINERFILE}: the rehearsal does not know {name}")
    known[name]()


def _pairs(rest: str) -> dict[str, str]:
    split = [pair.partition("=") for pair in shlex.split(rest)]
    return {name: value for name, _, value in split}


def _from(rest: str) -> None:
    if not rest.endswith("debian:trixie-slim"):
        raise RehearsalError(f"this root is not {rest}")


def _copy(image: Image, repository: Path, rest: str) -> None:
    """`COPY . PLACE`: what is committed, without what .containerignore leaves out."""
    what, place = rest.split()
    target = image.root / place.lstrip("/")
    if what != ".":
        raise RehearsalError(f"{CONTAINERFILE}: COPY {rest}")
    target.mkdir(parents=True)
    archive = subprocess.run(["git", "-C", str(repository), "archive", "HEAD"], capture_output=True, check=True)
    subprocess.run(
        ["tar", "--extract", "--no-same-owner", "--directory", str(target)], input=archive.stdout, check=True
    )
    for line in LEFT_OUT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and "*" not in line:
            subprocess.run(["rm", "-rf", str(target / line)], check=True)


def _enter(image: Image, command: list[str]) -> list[str]:
    """In a mount and process namespace of its own, as the image's user in its folder."""
    names = [f"{name}={value}" for name, value in image.environment.items()]
    inner = f"mount -t proc proc {shlex.quote(str(image.root))}/proc && exec "
    as_user = ["chroot", f"--userspec={image.user}:{image.user}", "--groups=", str(image.root)]
    home = "/root" if image.user == "root" else "/"
    inside = ["env", "-i", f"--chdir={image.folder}", *names, f"HOME={home}", *command]
    return [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "bash",
        "-c",
        inner + shlex.join([*as_user, *inside]),
    ]


def _in(image: Image, command: list[str]) -> None:
    done = subprocess.run(_enter(image, command), capture_output=True, text=True, check=False, timeout=STEP_SECONDS)
    if done.returncode:
        raise RehearsalError(f"this step failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def _start(image: Image) -> None:
    """Migrate, then serve, as its user: in a network of its own, where nothing else answers."""
    left = [str(path) for path in image.root.glob("opt/leerscan/**/keys") if path.is_dir()]
    if left:
        raise RehearsalError(f"there are keys in the image: {left}")
    _in(image, [*image.entrypoint, "migrate", "--verbosity", "0"])
    serve = _enter(image, [*image.entrypoint, *image.command])
    inner = "ip link set lo up && exec " + shlex.join(serve)
    process = subprocess.Popen(["unshare", "--net", "bash", "-c", inner], start_new_session=True)
    try:
        _wait_for_a_page(process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(STOP_SECONDS)
    print(f"holds: what the image starts, as {image.user}, serves the login page")


def _wait_for_a_page(process: "subprocess.Popen[bytes]") -> None:
    ask = ["nsenter", f"--target={process.pid}", "--net", "curl", "--silent", "--fail", "--output", "/dev/null", URL]
    deadline = time.monotonic() + READY_SECONDS
    while subprocess.run(ask, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RehearsalError("what the image starts does not serve a page")
        time.sleep(0.5)
