"""The symbols of verdicts as small drawings: the paper's typeface has no letters for them."""

from __future__ import annotations

from pejl.publish.words import DEVELOPMENT_SYMBOLS, NO_SYMBOL, TARGET_SYMBOLS

_INK = "#1a1a1a"
_CIRCLE = f'<circle cx="6" cy="6" r="4.6" fill="#fff" stroke="{_INK}" stroke-width="1.2"/>'
_WAVE = "M.8 4.8Q3.4 .4 6 3.8T11.2 2.8M.8 9.8Q3.4 5.4 6 8.8T11.2 7.8"
_SHAPES = {
    "●": f'<circle cx="6" cy="6" r="5" fill="{_INK}"/>',
    "○": _CIRCLE,
    "◕": f'{_CIRCLE}<path d="M6 6V1.4A4.6 4.6 0 1 1 1.4 6Z" fill="{_INK}"/>',
    "◔": f'{_CIRCLE}<path d="M6 6V1.4A4.6 4.6 0 0 1 10.6 6Z" fill="{_INK}"/>',
    "◌": f'<circle cx="6" cy="6" r="4.6" fill="#fff" stroke="{_INK}" stroke-width="1.2" stroke-dasharray="1.6 1.6"/>',
    "→": f'<path d="M1 6H10M7 3L10.4 6L7 9" fill="none" stroke="{_INK}" stroke-width="1.4"/>',
    "▲": f'<path d="M6 1L11 10.6H1Z" fill="{_INK}"/>',
    "▼": f'<path d="M6 11L11 1.4H1Z" fill="{_INK}"/>',
    "≈": f'<path d="{_WAVE}" fill="none" stroke="{_INK}" stroke-width="1.2"/>',
    "=": f'<path d="M1.5 4.3H10.5M1.5 7.9H10.5" stroke="{_INK}" stroke-width="1.5"/>',
    "≠": f'<path d="M1.5 4.3H10.5M1.5 7.9H10.5M8.4 1.4L3.6 10.8" stroke="{_INK}" stroke-width="1.4" fill="none"/>',
    "▨": f'<rect x="1.2" y="1.2" width="9.6" height="9.6" fill="#fff" stroke="{_INK}" stroke-width="1.2"/>'
    f'<path d="M1.2 6L6 1.2M1.2 10.8L10.8 1.2M6 10.8L10.8 6" stroke="{_INK}" stroke-width="1"/>',
    NO_SYMBOL: f'<circle cx="6" cy="6" r="1.4" fill="{_INK}"/>',
}
_USED = {NO_SYMBOL, *TARGET_SYMBOLS.values(), *DEVELOPMENT_SYMBOLS.values()}

MARKS: dict[str, str] = {
    symbol: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">{_SHAPES[symbol]}</svg>'
    for symbol in sorted(_USED)
}
"""A drawing for every symbol a verdict may have."""
