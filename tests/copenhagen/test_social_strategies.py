"""The social strategies of 2015 and of 2018-2022: process, visions, headings, signs; and what became of each sign."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pejl.workspace.strategy_diff import diff_strategies

if TYPE_CHECKING:
    from pejl.workspace.model import Workspace
    from pejl.workspace.strategies import Strategy

NEEDS = "Flere borgere med særlige behov"
SAME = [
    "Færre borgere med særlige behov er ensomme",
    f"{NEEDS} er tilfredse med den hjælp, de får fra Socialforvaltningen",
    f"{NEEDS} er i beskæftigelse eller uddannelse",
    f"{NEEDS} deltager i foreningslivet og frivilligt arbejde",
    f"{NEEDS} oplever at være inddraget i deres egen sag",
    f"{NEEDS} har en oplevelse af sammenhæng i Socialforvaltningens indsats",
    "Andelen af sager, hvor sagsbehandlingsfristen er overholdt, stiger",
    "Sygefraværet i Socialforvaltningen falder",
    "Personaleomsætningen i Socialforvaltningen falder",
]
DRAFT_SIGNS = [
    [SAME[0], f"{NEEDS} har en god livskvalitet", SAME[1]],
    [
        "Flere udsatte unge og unge med handicap gennemfører en ungdomsuddannelse",
        "Flere udsatte børn og unge og børn og unge med handicap opnår et fagligt niveau i grundskolen, der "
        "kvalificerer dem til en ungdomsuddannelse",
        SAME[2],
        SAME[3],
    ],
    [SAME[4], SAME[5], SAME[6]],
    [SAME[7], SAME[8], "Flere medarbejdere i Socialforvaltningen oplever forbedringer i arbejdsmiljøet"],
]
ADOPTED_SIGNS = [
    [SAME[0], f"{NEEDS} oplever at have en god livskvalitet", SAME[1]],
    [
        "Flere børn og unge med særlige behov opnår et fagligt niveau i grundskolen, der kvalificerer dem til en "
        "ungdomsuddannelse",
        "Flere unge med særlige behov gennemfører en ungdomsuddannelse",
        SAME[2],
        SAME[3],
    ],
    [SAME[4], SAME[5], SAME[6]],
    [
        SAME[7],
        SAME[8],
        "Flere medarbejdere i Socialforvaltningen er stolte af deres arbejdsplads",
        "Flere medarbejdere i Socialforvaltningen oplever tryghed og sikkerhed i arbejdsmiljøet",
    ],
]
VISIONS = [
    ("Et værdigt liv", "Fordi alle skal være en del af et fællesskab"),
    ("Et selvstændigt liv", "Fordi alle skal have noget at stå op til"),
    ("En helstøbt og langsigtet løsning", "Fordi borgeren skal være centrum for vores indsats"),
    ("En sund og fagligt stærk organisation", "Fordi vi skal have en god arbejdsplads"),
]
ADOPTED_HEADINGS = [
    ["Tryghed og omsorg", "Netværk og fællesskaber"],
    ["Øget mestring og selvhjulpenhed", "En meningsfuld hverdag, uddannelse og beskæftigelse", "Bolig"],
    ["Sammen med borgeren", "I samarbejde med andre aktører"],
    [
        "Videndeling og faglig udvikling",
        "Tillidsdagsorden og arbejdsfællesskaber",
        "Et sundt og trygt arbejdsmiljø og en sikker drift",
    ],
]
DRAFT_HEADINGS = [
    ADOPTED_HEADINGS[0],
    ["Øget mestring og selvhjulpenhed", "Uddannelse og beskæftigelse", "En meningsfuld hverdag"],
    ADOPTED_HEADINGS[2],
    [*ADOPTED_HEADINGS[3][:2], "Et sundt arbejdsmiljø og en sikker drift"],
]


@pytest.fixture
def of_2015(city: Workspace) -> Strategy:
    return city.strategies_by_id["social_strategy_2015"]


@pytest.fixture
def draft(city: Workspace) -> Strategy:
    return city.strategies_by_id["social_strategy_2018_2022_draft"]


@pytest.fixture
def adopted(city: Workspace) -> Strategy:
    return city.strategies_by_id["social_strategy_2018_2022"]


def test_the_strategies_stand_in_the_order_of_their_time(city: Workspace) -> None:
    assert [strategy.id for strategy in city.strategies] == [
        "grundlagspapir_2014_2017_draft",
        "grundlagspapir_2014_2017",
        "social_strategy_2015",
        "social_strategy_2018_2022_draft",
        "social_strategy_2018_2022",
    ]


def test_the_strategies_have_their_printed_titles(city: Workspace) -> None:
    assert {strategy.id: strategy.title.da for strategy in city.strategies} == {
        "grundlagspapir_2014_2017_draft": "Grundlagspapir for SUD 2014-2017",
        "grundlagspapir_2014_2017": "Socialudvalgets grundlagspapir",
        "social_strategy_2015": "Et godt liv for alle københavnere",
        "social_strategy_2018_2022_draft": "En ny socialstrategi",
        "social_strategy_2018_2022": "En by med plads til alle",
    }


def test_one_elaborates_and_one_replaces(of_2015: Strategy, draft: Strategy, adopted: Strategy) -> None:
    assert [each.strategy for each in of_2015.elaborates] == ["grundlagspapir_2014_2017"]
    assert of_2015.replaces == ()
    for strategy in (draft, adopted):
        assert [each.strategy for each in strategy.replaces] == ["social_strategy_2015", "grundlagspapir_2014_2017"]
        assert strategy.elaborates == ()
    assert [each.strategy for each in draft.draft_of] == ["social_strategy_2018_2022"]


def test_the_way_of_the_strategy_of_2015_has_its_dates(of_2015: Strategy) -> None:
    assert [(step.kind, str(step.period), step.status) for step in of_2015.process] == [
        ("decision", "2014-08-13", "done"),
        ("discussion", "2015-Q1", "planned"),
        ("thematic_discussion", "2015-04-22", "planned"),
        ("draft", "2015-05-27", "planned"),
        ("adoption", "2015-06-24", "planned"),
        ("adoption", "2015-06-29", "no_later_than"),
    ]
    assert (of_2015.adopted_on, of_2015.adopted_by, of_2015.status) == (None, date(2015, 6, 29), "ended")


def test_two_formats_of_meetings_involved_people(of_2015: Strategy) -> None:
    dialogue, laboratory = of_2015.meeting_formats
    assert (dialogue.kind, dialogue.participants_from, dialogue.participants_to) == ("dialogue_meeting", 10, 15)
    assert [each.da for each in dialogue.participants] == ["politikere", "brugere"]
    assert dialogue.place is not None
    assert (laboratory.kind, laboratory.participants_from, laboratory.participants_to) == (
        "development_laboratory",
        30,
        30,
    )
    assert [each.da for each in laboratory.participants] == [
        "politikere",
        "brugere",
        "medarbejdere",
        "ledere",
        "pårørende- og brugerorganisationer",
    ]


def test_four_target_groups_were_to_get_a_chapter_of_facts_and_principles(of_2015: Strategy, city: Workspace) -> None:
    template = of_2015.chapter_template
    assert template is not None
    assert [section.da for section in template.sections] == [
        "Fakta om området",
        "Princip 1: Vi sætter tidligt ind",
        "Princip 2: Vi støtter borgerne i at udvikle egne kompetencer og ressourcer",
        "Princip 3: Vi arbejder sammen – med borgere pårørende, og netværk og frivillige foreninger i civilsamfundet",
        "Princip 4: Vi lytter og sørger for at borgerne får en god behandling",
    ]
    assert [city.target_groups[name].title.da for name in template.target_groups] == [
        "Børn og unge med særlige behov",
        "Borgere med sindslidelser",
        "Udsatte voksne",
        "Voksne med handicap",
    ]


def test_the_strategy_of_2015_has_no_goals_of_its_own(of_2015: Strategy) -> None:
    assert list(of_2015.goals()) == []


def test_the_strategy_of_2018_was_replaced_before_its_years_were_over(adopted: Strategy) -> None:
    assert (adopted.status, adopted.in_force_until) == ("ended", date(2022, 11, 16))
    assert (adopted.valid.from_, adopted.valid.to) == (date(2018, 1, 1), date(2022, 12, 31))
    assert adopted.in_force(date(2022, 11, 16))
    assert not adopted.in_force(date(2022, 11, 17))


@pytest.mark.parametrize("which", ["draft", "adopted"])
def test_four_visions_have_their_titles_and_the_citizens_reasons(which: str, request: pytest.FixtureRequest) -> None:
    strategy: Strategy = request.getfixturevalue(which)
    assert [(vision.title.da, vision.reason.da) for vision in strategy.visions] == VISIONS
    assert [vision.number for vision in strategy.visions] == [1, 2, 3, 4]


def test_the_headings_stand_word_for_word(draft: Strategy, adopted: Strategy) -> None:
    assert [[heading.title.da for heading in vision.headings] for vision in draft.visions] == DRAFT_HEADINGS
    assert [[heading.title.da for heading in vision.headings] for vision in adopted.visions] == ADOPTED_HEADINGS


def test_thirteen_signs_of_the_draft_stand_word_for_word(draft: Strategy) -> None:
    assert [[sign.title.da for sign in vision.signs] for vision in draft.visions] == DRAFT_SIGNS
    assert len(list(draft.goals())) == 13


def test_fourteen_legible_signs_of_fifteen_announced_stand_word_for_word(adopted: Strategy) -> None:
    assert [[sign.title.da for sign in vision.signs] for vision in adopted.visions] == ADOPTED_SIGNS
    assert len(list(adopted.goals())) == 14
    assert adopted.announced_signs == 15


def test_every_sign_is_a_direction_without_a_number(draft: Strategy, adopted: Strategy) -> None:
    for strategy, standing in ((draft, "draft"), (adopted, "adopted")):
        for sign in strategy.goals():
            assert [(target.kind, target.standing) for target in sign.targets] == [("direction", standing)]
            falls = sign.title.da.startswith("Færre") or sign.title.da.endswith("falder")
            assert sign.direction == ("decrease" if falls else "increase")


def test_the_sign_on_associations_has_no_method_and_the_administration_owes_one(
    draft: Strategy, adopted: Strategy
) -> None:
    for strategy in (draft, adopted):
        (sign,) = [sign for sign in strategy.goals() if sign.state == "no_method"]
        assert sign.title.da == SAME[3]
        assert sign.owed_by is not None
        assert sign.owed_by.da == "Socialforvaltningen"


def test_the_draft_and_the_adopted_strategy_side_by_side(draft: Strategy, adopted: Strategy) -> None:
    changes = diff_strategies(draft, adopted)
    kinds = [str(change.kind) for change in changes]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "unchanged": 9,
        "reworded": 1,
        "changed_population": 2,
        "replaced": 1,
        "heading_without_sign": 1,
    }
    told = {
        str(change.kind): ([goal.title.da for goal in change.old], [goal.title.da for goal in change.new])
        for change in changes
    }
    assert told["reworded"] == ([DRAFT_SIGNS[0][1]], [ADOPTED_SIGNS[0][1]])
    assert told["replaced"] == ([DRAFT_SIGNS[3][2]], ADOPTED_SIGNS[3][2:])
    assert [change.new[0].title.da for change in changes if change.kind == "unchanged"] == SAME
    moved = [change for change in changes if change.kind == "changed_population"]
    assert {change.old[0].title.da: change.new[0].title.da for change in moved} == {
        DRAFT_SIGNS[1][0]: ADOPTED_SIGNS[1][1],
        DRAFT_SIGNS[1][1]: ADOPTED_SIGNS[1][0],
    }
    (heading,) = [change.heading for change in changes if change.heading is not None]
    assert heading.title.da == "Bolig"
    assert not any(change.target_changed for change in changes)


def test_only_the_heading_on_homes_has_no_sign(adopted: Strategy) -> None:
    linked = {link.heading for sign in adopted.goals() for link in sign.headings}
    headings = [heading for vision in adopted.visions for heading in vision.headings]
    assert [heading.title.da for heading in headings if heading.id not in linked] == ["Bolig"]


def test_the_signs_of_the_draft_are_followed_back_to_the_guideposts(draft: Strategy) -> None:
    followed = {goal.id: list(goal.predecessors) for goal in draft.goals() if goal.predecessors}
    assert followed == {
        "sign_draft_lonely": ["goal_8_lonely"],
        "sign_draft_quality_of_life": ["goal_8_quality_of_life"],
        "sign_draft_satisfied_with_help": ["goal_9_satisfied_cooperation"],
        "sign_draft_employment_or_education": ["goal_4_self_supporting"],
    }


def test_the_target_groups_stand_in_three_versions(city: Workspace) -> None:
    versions = [version for vocabulary in city.vocabularies for version in vocabulary.target_group_versions]
    assert {version.id: [group.title.da for group in version.groups] for version in versions} == {
        "target_groups_2014": [
            "Udsatte børn og unge",
            "Borgere med sindslidelser",
            "Borgere med handicap",
            "Udsatte borgere",
        ],
        "target_groups_2015": [
            "Børn og unge med særlige behov",
            "Borgere med sindslidelser",
            "Udsatte voksne",
            "Voksne med handicap",
        ],
        "target_groups_2018": [
            "Københavnere med handicap",
            "Københavnere med sindslidelse",
            "Københavnere med misbrug",
            "Københavnere med kriminalitet",
            "Københavnere med hjemløshed",
            "Københavnere med mistrivsel",
        ],
    }


def test_every_mapping_between_target_groups_is_marked_as_ours(city: Workspace) -> None:
    mappings = [mapping for vocabulary in city.vocabularies for mapping in vocabulary.target_group_mappings]
    assert {mapping.standing for mapping in mappings} == {"ours"}
    mapped = {mapping.group for mapping in mappings}
    assert mapped == {name for name in city.target_groups if not name.endswith("2018")}


def test_citizens_with_special_needs_are_defined_in_versions_and_no_rule_is_invented(city: Workspace) -> None:
    population = city.populations["citizens_special_needs"]
    assert population.title.da == "Borgere med særlige behov"
    assert [(version.version, str(version.valid_from), version.standing) for version in population.versions] == [
        ("2014", "2014-01-01", "source"),
        ("2018", "2018-01-01", "source"),
    ]


def test_every_goal_stands_under_its_guidepost_vision_or_overall_goal(city: Workspace) -> None:
    parents = {name: parent for strategy in city.strategies for name, parent in strategy.goal_parents().items()}
    assert set(parents) == set(city.goals_by_id)
    assert parents["goal_1d_homeless"] == "guidepost_1"
    assert parents["goal_9_satisfied_cooperation"] == "guidepost_9"
    assert parents["sign_pride"] == "vision_organisation"
    assert parents["sub_evictions"] == parents["overall_fewer_vulnerable_draft"] == "overall_social_mobility_draft"
    assert parents["overall_fewer_vulnerable"] == "overall_social_mobility"
