"""A command that is killed just before it touches a file, as a power cut would: no clean-up runs."""

import os
import signal
import sys

from bot.__main__ import main


def die_before(event: str, path: str, times: int) -> None:
    """At the n-th time that Python reports `event` (open, os.rename, …) for something with `path` in its name."""
    left = times

    def reported(found: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if found == event and path in str(args):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(reported)


if __name__ == "__main__":
    die_before(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    sys.exit(main(sys.argv[4:]))
