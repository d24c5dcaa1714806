"""The reference page is what the columns and schemas would make now."""

from __future__ import annotations

from tools.open_data_pages import PAGE, PARTS, page


def test_the_page_of_open_data_is_made_from_the_columns_and_the_schemas() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run python -m tools.open_data_pages"
    assert all(f"<!-- open data: {name} -->" in text for name in PARTS)
