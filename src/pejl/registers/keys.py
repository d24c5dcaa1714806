"""The key that turns CPR numbers into pseudonyms: where it lies, how it is made, what is refused.

The key is what stands between a pseudonym and a person. It is never shown, logged or kept with the workspace; what is
shown is its id, from which it cannot be found.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pejl.text import Message, message
from pejl.workspace.model import Workspace

KEY_BYTES = 32
ENVIRONMENT = "PEJL_PSEUDONYM_KEY"
_BLOCK = 64
_ID_LENGTH = 12


class KeyRefusedError(Exception):
    """The key cannot or must not be used; `what` says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """A key of at least 32 bytes; showing it shows its id only."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the key's SHA-256: the same key, the same id."""
        return hashlib.sha256(self.secret).hexdigest()[:_ID_LENGTH]

    def pads(self) -> tuple[str, str]:
        """Return the inner and the outer block of HMAC-SHA256 (RFC 2104) with this key, in hexadecimal digits."""
        block = self.secret if len(self.secret) <= _BLOCK else hashlib.sha256(self.secret).digest()
        padded = block.ljust(_BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in padded).hex(), bytes(byte ^ 0x5C for byte in padded).hex()


def pseudonym_key(workspace: Workspace) -> PseudonymKey:
    """Return the workspace's key; make one where none was named and none is there yet.

    It is looked for at `pseudonym_key` in pejl.toml, else at the path in the environment variable
    PEJL_PSEUDONYM_KEY, else among the user's data under the workspace's id. Only the last is made when missing: a
    path somebody named and that is empty is a mistake, and a new key would give everybody a new pseudonym.

    Where all persons are invented (`synthetic`) and no key is named, the key follows from the workspace's id: there is
    nobody to protect, and samples drawn by it are the same on every machine.

    Raises:
        KeyRefusedError: the key lies inside the workspace, is missing, too short, or readable by everybody.
    """
    named = workspace.settings.pseudonym_key or os.environ.get(ENVIRONMENT)
    if not named and workspace.settings.synthetic:
        return PseudonymKey(hashlib.sha256(f"invented persons of {workspace.settings.id}".encode()).digest())
    path = Path(named).expanduser() if named else _own_path(workspace)
    if not path.is_absolute():
        path = workspace.root / path
    _refuse_inside(path, workspace.root)
    if not named:
        _make(path)
    return PseudonymKey(_read(path))


def _own_path(workspace: Workspace) -> Path:
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "pejl" / "keys" / f"{workspace.settings.id}.key"


def _refuse_inside(path: Path, root: Path) -> None:
    """A key beside the data it protects is copied, shared and published with them."""
    if path.resolve().is_relative_to(root.resolve()):
        raise KeyRefusedError(
            message("the key of the pseudonyms lies inside the workspace; move it to a folder outside")
        )


def _make(path: Path) -> None:
    """Make a key at `path` unless there is one; of two at once, the first to finish decides."""
    if path.exists():
        return
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    except OSError as error:
        raise KeyRefusedError(
            message("a key for the pseudonyms cannot be made: {reason}", reason=error.strerror or "unknown")
        ) from error


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        secret = path.read_bytes()
    except OSError as error:
        raise KeyRefusedError(
            message("the key of the pseudonyms cannot be read: {reason}", reason=error.strerror or "unknown")
        ) from error
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        raise KeyRefusedError(
            message("everybody on this machine can read or change the key of the pseudonyms; run chmod 600 on it")
        )
    if len(secret) < KEY_BYTES:
        raise KeyRefusedError(
            message("the key of the pseudonyms is shorter than {bytes} bytes; make a longer one", bytes=KEY_BYTES)
        )
    return secret
