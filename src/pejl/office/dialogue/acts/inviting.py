"""Sending the invitation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.links import token
from pejl.office.core.refusals import NotNowError
from pejl.office.core.who import Who
from pejl.office.dialogue.models import Meeting
from pejl.office.dialogue.rules import require_writer
from pejl.office.outbox.acts import write
from pejl.text import Language, Message, message


@transaction.atomic
def send_invitation(
    *, text: str, addresses: Sequence[str], language: Language, meetings: Sequence[Meeting], at: datetime, by: Who
) -> int:
    """Put the invitation into the outbox, one letter to each address; return to how many.

    Sent twice with the same words, nobody gets it twice.

    Raises:
        NotNowError: there is no meeting to invite to.
    """
    require_writer(by)
    if not meetings:
        raise NotNowError(message("there is no meeting to invite to"))
    which = hashlib.sha256(text.encode()).hexdigest()[:16]
    for address in addresses:
        write(
            key=f"dialogue-invitation-{token('invitation', meetings[0].pk, which + address)}",
            address=address,
            language=language,
            subject=message("Come and tell what matters to you"),
            body=Message("{text}", {"text": text}),
            about=Subject.DIALOGUE,
            about_number=meetings[0].pk,
            due_at=at,
        )
    wrote(by, Subject.DIALOGUE, [each.pk for each in meetings], "send_invitation")
    return len(addresses)
