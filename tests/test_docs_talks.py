"""The transcripts in the handbooks are what the program says now."""

from pathlib import Path

import pytest

from tests.docs_talks import handbooks, written_anew


@pytest.mark.parametrize("file", handbooks(), ids=lambda file: file.name)
def test_every_transcript_is_current(file: Path) -> None:
    assert written_anew(file) == file.read_text("utf-8"), "python -m tests.docs_talks writes them anew"
