"""Private links: whoever holds one may see and change the one thing it belongs to, without an account.

The word in the link is made from the office's key, so the database holds nothing that opens it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

_BYTES = 20  # 160 bits: nobody guesses one


def new_nonce() -> str:
    """Return what is kept of a link besides the number of what it belongs to; a new one makes the old link useless."""
    return secrets.token_hex(8)


def token(kind: str, number: int, nonce: str) -> str:
    """Return the word in a link.

    Args:
        kind: of the thing it belongs to, such as `sign_up`.
        number: of the row.
        nonce: kept with the row.
    """
    said = f"{kind}:{number}:{nonce}".encode()
    made = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()[:_BYTES]
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def digest(word: str) -> str:
    """Return what a row is found by when somebody comes with a link."""
    return hashlib.sha256(word.encode()).hexdigest()
