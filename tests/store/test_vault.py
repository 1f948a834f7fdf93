"""What members wrote is sealed, bound to its place and unreadable without the key file."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CannotStart, LianxinError
from bot.store.vault import AesVault, open_vault

VAULT = AesVault(bytes(range(32)))
OTHER = AesVault(bytes(32))
PLACE = "report|r1|life"


@given(place=st.text(), text=st.text())
def test_what_is_sealed_opens_again(place: str, text: str):
    assert VAULT.open(place, VAULT.seal(place, text)) == text


def test_nothing_written_is_nothing_sealed():
    assert VAULT.seal(PLACE, "") == ""
    assert VAULT.open(PLACE, "") == ""


def test_the_same_words_are_sealed_differently_each_time():
    once, again = VAULT.seal(PLACE, "胃不舒服"), VAULT.seal(PLACE, "胃不舒服")
    assert once != again
    assert once.startswith("k1:")


@pytest.mark.parametrize("place", ["report|r2|life", "report|r1|study", "need|r1|life", ""])
def test_words_moved_to_another_place_do_not_open(place: str):
    with pytest.raises(LianxinError, match="wrong_key"):
        VAULT.open(place, VAULT.seal(PLACE, "胃不舒服"))


@pytest.mark.parametrize("sealed", ["胃不舒服", "k1:", "k1:AAAA", "k1:" + "A" * 40, "k2:" + "A" * 80, "k1:é", "k1:A"])
def test_what_was_never_sealed_does_not_open(sealed: str):
    with pytest.raises(LianxinError, match="wrong_key"):
        VAULT.open(PLACE, sealed)


def test_a_changed_letter_does_not_open():
    sealed = VAULT.seal(PLACE, "一切正常")
    changed = sealed[:20] + ("B" if sealed[20] == "A" else "A") + sealed[21:]
    with pytest.raises(LianxinError, match="wrong_key"):
        VAULT.open(PLACE, changed)


def test_another_key_does_not_open():
    with pytest.raises(LianxinError, match="wrong_key"):
        OTHER.open(PLACE, VAULT.seal(PLACE, "一切正常"))


def test_a_digest_is_the_same_for_the_same_text_and_key_only():
    assert VAULT.digest("webchat:1") == VAULT.digest("webchat:1")
    assert len({VAULT.digest("webchat:1"), VAULT.digest("webchat:2"), OTHER.digest("webchat:1")}) == 3
    assert len(VAULT.digest("")) == 32


def test_a_digest_is_not_a_signature():
    assert VAULT.sign("wang") == AesVault(bytes(range(32))).sign("wang")
    assert len({VAULT.sign("wang"), VAULT.digest("wang"), OTHER.sign("wang"), VAULT.check_value()}) == 4


def test_a_database_that_belongs_to_another_key_is_noticed():
    assert VAULT.matches(VAULT.check_value())
    assert not VAULT.matches(OTHER.check_value())
    assert not VAULT.matches("钥匙")


def test_the_first_start_makes_a_key_that_later_starts_use(tmp_path: Path):
    key_file = tmp_path / "keys" / "lianxin.key"
    sealed = open_vault(key_file).seal(PLACE, "一切正常")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert open_vault(key_file).open(PLACE, sealed) == "一切正常"


def test_each_key_made_is_another(tmp_path: Path):
    assert open_vault(tmp_path / "a").check_value() != open_vault(tmp_path / "b").check_value()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_file_that_others_can_touch_is_refused(tmp_path: Path, mode: int):
    open_vault(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(CannotStart, match="key_readable_by_others"):
        open_vault(tmp_path / "key")


@pytest.mark.parametrize("written", [b"", b"\n", b"short", b"A" * 43, b"A" * 48, bytes(32), "钥匙".encode()])
def test_a_broken_key_file_is_refused_and_kept(tmp_path: Path, written: bytes):
    key_file = tmp_path / "key"
    key_file.touch(mode=0o600)
    key_file.write_bytes(written)
    with pytest.raises(CannotStart, match="key_broken"):
        open_vault(key_file)
    assert key_file.read_bytes() == written


def test_a_key_file_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="unwritable"):
        open_vault(tmp_path / "file" / "key")
