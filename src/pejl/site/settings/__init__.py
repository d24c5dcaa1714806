"""Django's settings, split by topic.

What differs from place to place comes from the environment:

    PEJL_WORKSPACE      the folder of the workspace whose releases are shown
    PEJL_RELEASE        another release than the current one
    PEJL_BASE_URL       where the site stands: a path, or scheme, host and path; / if not given
    PEJL_HOSTS          names it may be asked by, separated by commas; this machine only if not given
    PEJL_HTTPS          1 where readers come by https through a proxy: redirects and HSTS

There is no database, no session and no cookie. The office gets settings of its own beside these.
"""

from pejl.site.settings.core import (
    ALLOWED_HOSTS,
    APPEND_SLASH,
    DATABASES,
    DEBUG,
    INSTALLED_APPS,
    LOGGING,
    MIDDLEWARE,
    PEJL_BASE_URL,
    PEJL_RELEASE,
    PEJL_WORKSPACE,
    ROOT_URLCONF,
    SECRET_KEY,
    USE_I18N,
    USE_TZ,
    WSGI_APPLICATION,
)
from pejl.site.settings.security import (
    CONTENT_SECURITY_POLICY,
    SECURE_CONTENT_TYPE_NOSNIFF,
    SECURE_CROSS_ORIGIN_OPENER_POLICY,
    SECURE_HSTS_SECONDS,
    SECURE_PROXY_SSL_HEADER,
    SECURE_REFERRER_POLICY,
    SECURE_SSL_REDIRECT,
    X_FRAME_OPTIONS,
)
from pejl.site.settings.static import (
    FORCE_SCRIPT_NAME,
    STATIC_ROOT,
    STATIC_URL,
    WHITENOISE_AUTOREFRESH,
    WHITENOISE_MAX_AGE,
)
from pejl.site.settings.templates import TEMPLATES

__all__ = [
    "ALLOWED_HOSTS",
    "APPEND_SLASH",
    "CONTENT_SECURITY_POLICY",
    "DATABASES",
    "DEBUG",
    "FORCE_SCRIPT_NAME",
    "INSTALLED_APPS",
    "LOGGING",
    "MIDDLEWARE",
    "PEJL_BASE_URL",
    "PEJL_RELEASE",
    "PEJL_WORKSPACE",
    "ROOT_URLCONF",
    "SECRET_KEY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "STATIC_ROOT",
    "STATIC_URL",
    "TEMPLATES",
    "USE_I18N",
    "USE_TZ",
    "WHITENOISE_AUTOREFRESH",
    "WHITENOISE_MAX_AGE",
    "WSGI_APPLICATION",
    "X_FRAME_OPTIONS",
]
