"""For all tests: nothing is held against the clock of a machine that may be busy, and files lie in memory where there
is room, since what is tested of a disk is what a program sees of it."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

MEMORY, ROOM = Path("/dev/shm"), 2 << 30

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = str(MEMORY)
