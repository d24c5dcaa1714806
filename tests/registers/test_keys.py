"""The key of the pseudonyms: found, made once, refused where it would protect nobody, never shown."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import MakeWorkspace, Swaps

from pejl.registers import KeyRefusedError, PseudonymKey, pseudonym_key
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a key is made when none is named."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PEJL_PSEUDONYM_KEY", raising=False)
    return tmp_path / "home" / "pejl" / "keys" / "lilleby.key"


def loaded(make_workspace: MakeWorkspace, named: str | None = None) -> Workspace:
    swap: Swaps = {"pejl.toml": ("own = true", f'own = true\npseudonym_key = "{named}"' if named else "own = true")}
    return load_workspace(make_workspace(swap=swap))[0]


def test_invented_persons_have_the_same_pseudonyms_on_every_machine(make_workspace: MakeWorkspace, own: Path) -> None:
    swap: Swaps = {"pejl.toml": ("own = true", "own = true\nsynthetic = true")}
    workspace = load_workspace(make_workspace(swap=swap))[0]
    assert pseudonym_key(workspace).secret == hashlib.sha256(b"invented persons of lilleby").digest()
    assert not own.exists()


def test_a_key_is_made_once_and_is_private(make_workspace: MakeWorkspace, own: Path) -> None:
    workspace = loaded(make_workspace)
    key = pseudonym_key(workspace)
    assert pseudonym_key(workspace) == key
    assert own.read_bytes() == key.secret
    assert len(key.secret) == 32
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700
    assert list(own.parent.iterdir()) == [own]


def test_the_first_of_two_that_make_a_key_at_once_decides(
    make_workspace: MakeWorkspace, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = bytes(range(100, 132))
    real = Path.hardlink_to

    def too_late(self: Path, target: Path) -> None:
        self.write_bytes(other)
        self.chmod(0o600)
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", too_late)
    assert pseudonym_key(loaded(make_workspace)).secret == other
    assert list(own.parent.iterdir()) == [own]


def test_the_named_key_comes_before_the_environment(
    make_workspace: MakeWorkspace, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, byte in (("named", b"n"), ("environment", b"e")):
        (tmp_path / name).write_bytes(byte * 32)
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("PEJL_PSEUDONYM_KEY", str(tmp_path / "environment"))
    assert pseudonym_key(loaded(make_workspace)).secret == b"e" * 32
    monkeypatch.setenv("HOME", str(tmp_path))
    assert pseudonym_key(loaded(make_workspace, "~/named")).secret == b"n" * 32
    assert pseudonym_key(loaded(make_workspace, "../named")).secret == b"n" * 32
    assert not own.exists()


@pytest.mark.parametrize(
    ("content", "mode", "what"),
    [
        (None, 0o600, "the key of the pseudonyms cannot be read: No such file or directory"),
        (b"x" * 31, 0o600, "the key of the pseudonyms is shorter than 32 bytes; make a longer one"),
        (
            b"x" * 32,
            0o604,
            "everybody on this machine can read or change the key of the pseudonyms; run chmod 600 on it",
        ),
    ],
)
def test_a_named_key_that_protects_nobody_is_refused(
    make_workspace: MakeWorkspace, own: Path, tmp_path: Path, content: bytes | None, mode: int, what: str
) -> None:
    path = tmp_path / "named"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(KeyRefusedError) as caught:
        pseudonym_key(loaded(make_workspace, str(path)))
    assert caught.value.what.render("en") == what
    assert path.exists() == (content is not None)


@pytest.mark.parametrize("named", ["data/key", "../lilleby/key", "link/key"])
def test_a_key_inside_the_workspace_is_refused(make_workspace: MakeWorkspace, own: Path, named: str) -> None:
    workspace = loaded(make_workspace, named)
    (workspace.root / "link").symlink_to(workspace.root)
    with pytest.raises(KeyRefusedError) as caught:
        pseudonym_key(workspace)
    assert caught.value.what.render("en") == (
        "the key of the pseudonyms lies inside the workspace; move it to a folder outside"
    )


def test_showing_a_key_shows_its_id_at_most() -> None:
    key = PseudonymKey(b"secret of thirty-two bytes......")
    assert "secret of" not in repr(key)
    assert key.id == hashlib.sha256(key.secret).hexdigest()[:12]


@given(secret=st.binary(min_size=32, max_size=100), text=st.binary(max_size=20))
def test_the_pads_are_those_of_hmac(secret: bytes, text: bytes) -> None:
    inner, outer = (bytes.fromhex(pad) for pad in PseudonymKey(secret).pads())
    mine = hashlib.sha256(outer + hashlib.sha256(inner + text).digest()).digest()
    assert mine == hmac.digest(secret, text, "sha256")
