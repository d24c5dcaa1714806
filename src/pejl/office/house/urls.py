"""The addresses of the office's own pages."""

from __future__ import annotations

from pejl.office.audit.subjects import Subject
from pejl.office.core.roles import EVERYONE, Role
from pejl.office.house import keeping, views
from pejl.office.web.routing import route

_BOTH = ("GET", "POST")
_POST = ("POST",)
_ADMINISTRATOR = {Role.ADMINISTRATOR}

urlpatterns = [
    route("", views.desk, "desk", roles=EVERYONE),
    route("sign-in/", views.sign_in, "sign_in", everybody=True, methods=_BOTH),
    route("demo/", views.demo, "demo", everybody=True, methods=_BOTH),
    route("sign-out/", views.sign_out, "sign_out", roles=EVERYONE, methods=_POST),
    route("language/", views.language, "language", roles=EVERYONE, methods=_POST),
    route("letters/", views.outbox, "outbox", roles=_ADMINISTRATOR, reads={Subject.LETTER}),
    route("audit/", views.audit, "audit", roles={Role.AUDITOR}, reads={Subject.AUDIT}),
    route("accounts/", keeping.accounts, "accounts", roles=_ADMINISTRATOR, methods=_BOTH, reads={Subject.ACCOUNT}),
    route("accounts/new/", keeping.account_new, "account_new", roles=_ADMINISTRATOR, methods=_BOTH),
    route(
        "accounts/<int:account>/",
        keeping.account,
        "account",
        roles=_ADMINISTRATOR,
        methods=_BOTH,
        reads={Subject.ACCOUNT},
    ),
    route("accounts/<int:account>/close/", keeping.account_close, "account_close", roles=_ADMINISTRATOR, methods=_POST),
    route("posts/<int:post>/end/", keeping.post_end, "post_end", roles=_ADMINISTRATOR, methods=_POST),
    route(
        "organisation/",
        keeping.organisation,
        "organisation",
        roles={Role.ADMINISTRATOR, Role.SECRETARIAT},
        reads={Subject.ORGANISATION},
    ),
    route("organisation/new/", keeping.unit_new, "unit_new", roles=_ADMINISTRATOR, methods=_BOTH),
    route(
        "organisation/<int:unit>/",
        keeping.unit,
        "unit",
        roles=_ADMINISTRATOR,
        methods=_BOTH,
        reads={Subject.ORGANISATION},
    ),
]
