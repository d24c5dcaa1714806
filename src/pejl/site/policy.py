"""The content security policy of every page: everything from this site, nothing inline, nothing from elsewhere.

It is sent as a header by the served site and stands in each page as well, because a frozen page has no headers of its
own. `frame-ancestors` works in a header only.
"""

from __future__ import annotations

POLICY: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
}
META_POLICY = "; ".join(f"{name} {' '.join(sources)}" for name, sources in POLICY.items())
HEADER_POLICY = {**POLICY, "frame-ancestors": ["'none'"]}
