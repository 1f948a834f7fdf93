"""A person at a real terminal: reads what is asked, types, presses Ctrl-C."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
# What makes the terminal the process's own, so that Ctrl-C reaches it as it does everywhere.
OWN = (
    "import fcntl, os, signal, sys, termios; signal.signal(signal.SIGINT, signal.SIG_DFL);"
    " fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 30.0


class Dialogue:
    def __init__(self, keyboard: int, process: "subprocess.Popen[bytes]") -> None:
        self._keyboard, self._process = keyboard, process
        self.seen = ""

    def types(self, *lines: str, encoding: str = "utf-8") -> str:
        """Type each line at the next prompt; gives what was answered up to the prompt after the last."""
        answered = "" if self.seen else self._until_prompt()
        for line in lines:
            os.write(self._keyboard, (line if line in (CTRL_C, CTRL_D) else line + "\n").encode(encoding))
            answered = self._until_prompt()
        return answered

    def ends(self) -> int:
        """The exit code; the rest of what it says is in `seen`."""
        return self._process.wait(PATIENCE)

    def _until_prompt(self) -> str:
        """Up to the next prompt, or to the end."""
        said, deadline = b"", time.monotonic() + PATIENCE
        while not said.endswith(b"\n> ") and time.monotonic() < deadline:
            if select.select([self._keyboard], [], [], 0.1)[0]:
                piece = self._read()
                if not piece:
                    break
                said += piece.replace(b"\r\n", b"\n")
        self.seen += said.decode("utf-8", "replace")
        return said.decode("utf-8", "replace")

    def _read(self) -> bytes:
        try:
            return os.read(self._keyboard, 65536)
        except OSError:  # the other side has hung up
            return b""


@contextmanager
def dialogue(*words: str, lang: str = "zh_CN.UTF-8") -> Generator[Dialogue, None, None]:
    """`lianxin WORDS` in a terminal of its own."""
    keyboard, screen = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LANG": lang}
    command = [sys.executable, "-c", OWN, sys.executable, "-m", "bot", *words]
    with subprocess.Popen(
        command, stdin=screen, stdout=screen, stderr=screen, env=environment, start_new_session=True
    ) as process:
        os.close(screen)
        try:
            yield Dialogue(keyboard, process)
        finally:
            process.kill()
            os.close(keyboard)
