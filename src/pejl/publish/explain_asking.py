"""How people were asked, as things to print: the instrument, the sample, who answered and how, the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pejl.publish.numbers import PERCENT, number_with_unit
from pejl.publish.words import period_label
from pejl.text import Language, Message, format_number, message

if TYPE_CHECKING:
    from rich.console import RenderableType

Record = Mapping[str, Any]
Row = tuple[Message, str]

MODE_WORDS: dict[str, Message] = {
    "self": message("by themselves: {count}"),
    "interview": message("in an interview: {count}"),
    "interpreter": message("with an interpreter: {count}"),
    "paper": message("on paper: {count}"),
}
STEP_WORDS: dict[str, Message] = {
    "design": message("Weights as drawn"),
    "non_response": message("Weights after non-response, by {columns}"),
    "calibrated": message("Weights that agree with the frame, by {columns}"),
    "trimmed": message("Weights after trimming"),
}


def asked_lines(asked: Record, account: Record, language: Language) -> Iterator[RenderableType]:
    """Yield a section on the instrument, and one on each wave."""
    yield _section(message("How people were asked"), instrument_rows(asked, account, language), language)
    for wave in account["waves"]:
        heading = message("The sample {period}", period=period_label(wave["period"], language))
        yield _section(heading, wave_rows(wave, language), language)


def instrument_rows(asked: Record, account: Record, language: Language) -> Iterator[Row]:
    """Yield what was asked, in whose words, and which answers count."""
    yield message("Survey"), f"{_in(account['title'], language)} ({account['survey']})"
    yield message("Instrument"), f"{_in(asked['title'], language)} ({asked['instrument']} {asked['version']})"
    counts = asked["cut_off"] or asked["band"]
    if counts is not None:
        yield message("Counted"), _in(counts["title"], language)
    if asked["rule"] == "top_box":
        yield message("Counted"), message("answers {boxes}", boxes=", ".join(map(str, asked["boxes"]))).render(language)
    yield message("Credit"), _in(asked["credit"], language)
    yield message("Licence"), _in(asked["licence"], language)


def wave_rows(wave: Record, language: Language) -> Iterator[Row]:
    """Yield who was drawn, who answered how, and with which weights."""
    if wave["reason"] is not None:
        yield message("Why there is no number"), str(wave["reason"][language])
    if wave["drawn"] is not None:
        yield from _drawn_rows(wave["drawn"], language)
    if wave["answers"] is not None:
        yield from _answer_rows(wave["answers"], language)
    if wave["weights"] is not None:
        yield from _weight_rows(wave["weights"], language)
    for name, digest in wave["files"].items():
        yield message("File {name}", name=name), f"sha256 {digest[:12]}…"


def _drawn_rows(drawn: Record, language: Language) -> Iterator[Row]:
    persons, rows = (format_number(drawn[name], language) for name in ("persons", "frame_rows"))
    words = message("{persons}, from a frame of {rows} on {day}", persons=persons, rows=rows, day=drawn["frame_day"])
    yield message("Drawn"), words.render(language)
    if drawn["again"]:
        yield message("Drawn before too"), format_number(drawn["again"], language)


def _answer_rows(answers: Record, language: Language) -> Iterator[Row]:
    yield (
        message("Became of them"),
        message(
            "complete: {complete}, in part: {partial}, refused: {refused}, no answer: {no_answer}, not of the "
            "population: {ineligible}",
            **{name: answers[name] for name in ("complete", "partial", "refused", "no_answer", "ineligible")},
        ).render(language),
    )
    for name, words in (
        ("rr1", message("Response rate RR1 (complete answers)")),
        ("rr2", message("Response rate RR2 (partial ones too)")),
    ):
        if answers[name] is not None:
            yield words, number_with_unit(answers[name] * 100, PERCENT, language)
    modes = [
        Message(MODE_WORDS[mode].id, {"count": count}).render(language) for mode, count in answers["modes"].items()
    ]
    if modes:
        yield message("How they answered"), ", ".join(modes)
    if answers["by_proxy"]:
        yield message("Answered by somebody else"), format_number(answers["by_proxy"], language)


def _weight_rows(weights: Record, language: Language) -> Iterator[Row]:
    for step in weights["steps"]:
        label = Message(STEP_WORDS[step["name"]].id, {"columns": ", ".join(step["columns"])})
        yield (
            label,
            message(
                "stand for {total}; largest {largest}, {medians} medians; as precise as {effective} of {n} answers",
                total=format_number(step["total"], language, 0),
                largest=format_number(step["largest"], language, 1),
                medians=format_number(step["largest_to_median"], language, 1),
                effective=format_number(step["effective_n"], language, 0),
                n=format_number(step["n"], language),
            ).render(language),
        )
    if weights["lone_strata"]:
        yield (
            message("Strata with one answer"),
            message(
                "{count}; their variance is taken to be the mean of the others'", count=weights["lone_strata"]
            ).render(language),
        )


def _in(text: Record, language: Language) -> str:
    return str(text[language] or text["da"])


def _section(heading: Message, rows: Iterator[Row], language: Language) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_header=False, title=heading.render(language), title_justify="left", expand=True)
    table.title_style = "bold"
    table.add_column(style="dim", ratio=1, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    for label, text in rows:
        table.add_row(label.render(language), Text(text))
    return table
