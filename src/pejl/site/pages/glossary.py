"""The words of the pages, each with a plain explanation, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.page import Here, Page
from pejl.site.pages.collation import sort_key
from pejl.text import LANGUAGES, Language, Message, message


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means.

    Attributes:
        id: its anchor on the page.
        word: the word itself.
        meaning: what it means, in plain words.
        see: ids of words it belongs with.
    """

    id: str
    word: Message
    meaning: Message
    see: tuple[str, ...] = ()


TERMS: tuple[Term, ...] = (
    Term(
        "strategy",
        message("strategy"),
        message("A political text that says what the city wants for people who need help, and in which years."),
        ("goal",),
    ),
    Term(
        "guidepost",
        message("guidepost"),
        message(
            "One of the headings a strategy can be divided into, such as “more have a home”. Under each there are "
            "goals that can be measured."
        ),
        ("vision", "goal"),
    ),
    Term(
        "vision",
        message("vision"),
        message("A heading that says how life should be. Under it there are signs one looks for."),
        ("sign",),
    ),
    Term(
        "goal",
        message("goal"),
        message("What is to be reached, for whom, and which way the number should go."),
        ("target", "indicator"),
    ),
    Term(
        "sign",
        message("sign of success"),
        message("A goal without a number. It says which way things should go, and one looks whether they do."),
        ("goal",),
    ),
    Term(
        "target",
        message("target"),
        message("The number that is to be reached, and by when. Some goals have none: nobody has set one yet."),
        ("baseline",),
    ),
    Term(
        "baseline",
        message("baseline"),
        message("The figure one starts from. Later figures are compared with it."),
    ),
    Term(
        "verdict",
        message("verdict"),
        message(
            "What the figures say of a goal. It has two halves: is the target reached, and do things go the right way? "
            "A goal can be missed although things go the right way."
        ),
        ("target", "development"),
    ),
    Term(
        "development",
        message("development"),
        message(
            "Which way the figures have gone since the baseline. We only say that something has changed when chance "
            "alone can hardly explain it."
        ),
        ("interval",),
    ),
    Term(
        "principle",
        message("principle"),
        message("A rule for how the work is to be done, such as helping early."),
        ("theme",),
    ),
    Term(
        "theme",
        message("theme"),
        message("Something the committee looks at closely for a time. It serves one or more goals."),
        ("focus-area",),
    ),
    Term("focus-area", message("focus area"), message("What the committee pays special attention to within a theme.")),
    Term(
        "target-group",
        message("target group"),
        message("The people a strategy is for. One person can belong to several groups."),
        ("special-needs",),
    ),
    Term(
        "special-needs",
        message("citizens with special needs"),
        message(
            "People who need support for a time or all their lives, for example because of a disability, a mental "
            "illness or substance use. Each strategy says whom it means."
        ),
        ("target-group",),
    ),
    Term(
        "indicator",
        message("indicator"),
        message("What is counted or asked about to see how a goal goes."),
        ("definition",),
    ),
    Term(
        "definition",
        message("definition"),
        message(
            "The exact rule of counting: who counts, when, and how. When it changes, the figures before and after "
            "cannot always be compared."
        ),
        ("break",),
    ),
    Term(
        "proposal",
        message("proposal"),
        message("A rule or a number that nobody has decided yet. It is marked wherever it is used."),
    ),
    Term(
        "measurement",
        message("measurement"),
        message("One figure, for one year, with its uncertainty."),
        ("interval",),
    ),
    Term(
        "break",
        message("break in the series"),
        message("From here on it was counted in another way. Figures on either side cannot be compared."),
        ("definition",),
    ),
    Term(
        "estimate",
        message("estimate"),
        message("A figure that its own source calls uncertain. We say so wherever we use it."),
    ),
    Term(
        "interval",
        message("confidence interval"),
        message(
            "Two numbers on either side of a figure. They show how much of it may be chance. If one could do it all "
            "over again many times, the interval would be right 95 times in 100."
        ),
        ("uncertainty",),
    ),
    Term(
        "uncertainty",
        message("uncertainty"),
        message(
            "No figure is exact. Numbers of people go up and down a little from year to year although nothing has "
            "changed, and a sample never knows what everybody would have said."
        ),
        ("interval", "sample"),
    ),
    Term(
        "no-data",
        message("no data"),
        message("The source has no figure for that year. It does not mean zero."),
        ("not-due", "no-method", "not-collected"),
    ),
    Term(
        "not-due",
        message("not measured in this period"),
        message("It is only measured in some years. Nothing is missing."),
    ),
    Term(
        "no-method",
        message("cannot be measured yet"),
        message("The strategy wants it, and nobody has found a way to measure it yet."),
    ),
    Term(
        "not-collected",
        message("not fetched for this presentation"),
        message("There may be a figure somewhere. It was not fetched for these pages. That is our lack."),
    ),
    Term(
        "withheld",
        message("not shown, to protect people's anonymity"),
        message(
            "There is a figure, but so few people are behind it that it could point at somebody. So it is not shown."
        ),
    ),
    Term(
        "register",
        message("register"),
        message("A list that an authority keeps to do its work, such as a list of homes it has assigned."),
    ),
    Term(
        "survey",
        message("survey"),
        message(
            "Questions sent to many people. The answers tell what no register knows, such as whether one is lonely."
        ),
        ("sample", "response-rate"),
    ),
    Term("sample", message("sample"), message("Some people, chosen at random, who are asked on behalf of everybody.")),
    Term(
        "response-rate",
        message("response rate"),
        message("How many of those who were asked have answered."),
    ),
    Term("district", message("district"), message("A part of the city.")),
    Term(
        "unit",
        message("unit"),
        message("A place where the administration works. Figures for a single unit are not shown here."),
    ),
    Term(
        "rate",
        message("rate"),
        message("A number seen against how many people live here. When a city grows, a count can grow for that alone."),
    ),
    Term(
        "outside-factor",
        message("outside factor"),
        message("Something that moves a figure and that the strategy does not decide, such as rents or the law."),
    ),
    Term(
        "remarks",
        message("the administration's remarks"),
        message("What those who work with it say of a goal: why it stands where it stands, and what is done now."),
    ),
    Term("committee", message("committee"), message("Politicians who decide in one field, here the social one.")),
    Term(
        "social-mobility",
        message("social mobility"),
        message(
            "That life can change. Some leave a vulnerable life behind, some come to manage more themselves, and some "
            "get a stable life with the care they need. All three are good."
        ),
    ),
    Term(
        "mastering",
        message("mastering one's own life"),
        message("Managing as much as possible of everyday life by oneself."),
    ),
    Term(
        "release",
        message("release"),
        message(
            "All figures as they were published on one occasion. A release never changes; a correction is a new one."
        ),
    ),
)
"""Every word that is explained."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A term in the language of a page: its anchor, the word, its meaning, the other language's word, and see also."""

    id: str
    word: str
    meaning: str
    other: str
    see: tuple[tuple[str, str], ...]


def select(language: Language) -> tuple[Explained, ...]:
    """Return every word that is explained, in the order of the alphabet."""
    words = {term.id: term.word.render(language) for term in TERMS}
    other = next(each for each in LANGUAGES if each != language)
    found = (
        Explained(
            term.id,
            words[term.id],
            term.meaning.render(language),
            term.word.render(other),
            tuple((name, words[name]) for name in term.see),
        )
        for term in TERMS
    )
    return tuple(sorted(found, key=lambda each: sort_key(each.word, language)))


def page(here: Here) -> Page:
    """Return the page of words."""
    return Page(
        "pages/glossary.html",
        here.t("Words explained"),
        here.t("The words on these pages, each explained in a sentence or two."),
        values={"terms": select(here.language), "other": next(each for each in LANGUAGES if each != here.language)},
    )
