"""A private Redis for one test: on a free port of the loopback, keeps nothing on disk, can be killed and started."""

import socket
import subprocess
import tempfile
import time

from tests.serving.own_process import steady_port

READY_SECONDS = 20


class PrivateRedis:
    """A port rather than a socket in a folder: that is how a fleet reaches it."""

    def __init__(self) -> None:
        self.port = steady_port()
        self._folder = tempfile.TemporaryDirectory(prefix="redis")
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: int) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Empty, for it wrote nothing down. Returns when it answers."""
        assert self._process is None
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self._folder.name]
        command += ["--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_SECONDS
        while self.ask("PING") != b"+PONG":
            assert self._process.poll() is None, "Redis stopped by itself"
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        assert self._process is not None
        process, self._process = self._process, None
        process.kill()
        process.wait(READY_SECONDS)

    def stop(self) -> None:
        """There is nothing that it could still write down."""
        if self._process is not None:
            self.kill()
        self._folder.cleanup()

    def ask(self, words: str) -> bytes:
        """The first line of its answer to this command; nothing when it does not answer."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(f"{words}\r\n".encode())
                return line.recv(200).partition(b"\r\n")[0]
        except OSError:
            return b""
