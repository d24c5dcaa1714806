"""A repository of Open SDG becomes a workspace that passes its own check, with a list of what is not as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pejl
from pejl.exchange.changes import ImportRefusedError
from pejl.exchange.open_sdg.importing import Imported, import_open_sdg
from pejl.workspace.states import State

HAVNLAND = Path(__file__).parent / "open_sdg" / "havnland"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Imported]:
    folder = tmp_path_factory.mktemp("sdg") / "havnland"
    return folder, import_open_sdg(HAVNLAND, folder, "en")


def figures(root: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((root / f"figures/{name}.csv").read_text())))


def noted(imported: Imported) -> set[tuple[str, str, str]]:
    return {(each.file, each.field, each.why.render("en")) for each in imported.left_out.entries}


def write_files(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


FRONT = (
    "---\nindicator_name: People who use the internet\nreporting_status: complete\ncomputation_units: Percent\n---\n"
)
ONLINE = "Year,Value\n2019,80.5\n2020,82\n"


def test_a_repository_may_stand_in_a_folder_and_name_its_folders_itself(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "repo",
        {
            "config_data.yml": (
                "languages: []\nsrc_dir: national/\ninputs:\n"
                "  - class: InputCsvData\n    path_pattern: figures/*-*.csv\n"
                "  - class: InputYamlMdMeta\n    path_pattern: about/*-*.md\n"
                "  - class: InputSdmxMl_Structure\n    source: https://example.org/sdmx.xml\n"
                "  - class: InputCsvData\n    path_pattern: ../../secret/*-*.csv\n"
            ),
            "national/figures/indicator_17-8-1.csv": ONLINE,
            "national/about/17-8-1.md": FRONT,
            "secret/indicator_1-1-1.csv": ONLINE,
        },
    )
    imported = import_open_sdg(source, tmp_path / "made", "en")
    assert (imported.indicators, imported.figures, imported.goals) == (1, 2, 1)
    why = "inputs of this kind are not read; figures and metadata that come from it are missing"
    assert ("config_data.yml", "inputs", why) in noted(imported)
    assert pejl.open(tmp_path / "made").check().ok


def test_metadata_may_be_in_csv_and_what_is_in_other_files_is_listed(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "repo",
        {
            "meta/17-8-1.csv": (
                "Field,Value\nindicator_name,People who use the internet\nreporting_status,complete\n"
                '"computation_units","Percent, of all"\n'
            ),
            "meta/17-8-1.json": "{}",
            "meta/3-1-1.docm": "no text",
            "meta/1-a-1-archived.md": FRONT,
            "meta/1-2-1.csv": "just one column\n",
            "data/indicator_17-8-1.csv": ONLINE,
            "data/indicator_1-a-1-old.csv": ONLINE,
            "data/map.geojson": "{}",
            "data/9-9-9.csv": 'Year,Value\n"2019',
            "translations/en/data.csv": "key,value\n",
        },
    )
    imported = import_open_sdg(source, tmp_path / "made", "en")
    assert (imported.indicators, imported.figures) == (2, 3)  # 9-9-9 has a year, and no data for it
    indicator = pejl.open(tmp_path / "made").declared().indicators_by_id["sdg_17_8_1"]
    assert indicator.title.en == "People who use the internet"
    whole_files = {(file, why) for file, field, why in noted(imported) if field == "–"}
    not_read, put_away = "files of this kind are not read", "the name of the file says that it is put away"
    assert {
        ("meta/17-8-1.json", not_read),
        ("meta/3-1-1.docm", not_read),
        ("data/map.geojson", not_read),
        ("translations/en/data.csv", not_read),
        ("meta/1-a-1-archived.md", put_away),
        ("data/indicator_1-a-1-old.csv", put_away),
    } <= whole_files
    assert pejl.open(tmp_path / "made").check().ok


def test_without_translations_and_metadata_the_figures_come_over(tmp_path: Path) -> None:
    data = "Year,Units,Sex,GeoCode,Value\n2019,Percent,,,80\n2019,Percent,F,,..\n2019,Percent,F,E01,<5\n2019,,,,x\n"
    source = write_files(tmp_path / "repo", {"data/indicator_17-8-1.csv": data})
    imported = import_open_sdg(source, tmp_path / "made", "en")
    assert imported.figures == 2  # the last row says neither unit nor number
    assert pejl.open(tmp_path / "made").check().ok


def test_the_workspace_passes_its_check_and_can_be_measured_and_judged(made: tuple[Path, Imported]) -> None:
    root, imported = made
    assert (imported.indicators, imported.figures, imported.goals) == (7, 22, 6)
    assert pejl.open(root).check().ok
    result = pejl.open(root).measure(year=2022)
    assert result.release is not None
    goals = {goal["id"]: goal for goal in pejl.open(root).status()["goals"]}
    poverty = goals["goal_sdg_1_2_1"]
    assert (poverty["target"]["kind"], poverty["target"]["value"], poverty["target"]["period"]) == (
        "at_most",
        5,
        "2030",
    )
    assert (poverty["baseline"]["value"], poverty["latest"]["value"]) == (9.5, 8.123456789012)


def test_goals_targets_and_indicators_become_visions_headings_and_signs(made: tuple[Path, Imported]) -> None:
    strategy = pejl.open(made[0]).declared().strategies[0]
    assert [vision.number for vision in strategy.visions] == [1, 3, 4, 8]
    health = strategy.visions[1]
    assert health.title.da == "Sundhed og trivsel"
    assert [heading.title.da for heading in health.headings] == [
        "3.2 Inden 2030 skal børn ikke længere dø af noget, der kan forebygges"
    ]
    assert [sign.indicator for sign in health.signs] == [
        "sdg_3_2_1_under_five_mortality_rate_per_1_000_live_births",
        "sdg_3_2_1_under_five_mortality_rate_number",
        "sdg_3_2_1_infant_mortality_rate_per_1_000_live_births",
    ]
    assert {sign.direction for sign in health.signs} == {"decrease"}
    waiting = strategy.visions[2].signs[0]
    assert (waiting.source, waiting.state) == ("none", State.NO_DATA)


def test_danish_is_used_where_there_is_danish(made: tuple[Path, Imported]) -> None:
    workspace = pejl.open(made[0]).declared()
    poverty = workspace.indicators_by_id["sdg_1_2_1"]
    assert poverty.title.as_dict() == {
        "da": "Borgere under fattigdomsgrænsen",
        "en": "People below the national poverty line",
    }
    assert poverty.versions[0].definition.en == "Share of people whose income is below the line."
    sex = workspace.dimensions["by_sex"]
    assert sex.title.da == "Køn"
    assert {code.code: code.label.da for code in sex.codes} == {"female": "Kvinder", "male": "Mænd", "f": "Female"}
    assert workspace.codes["by_region", "HA01"].code == "north"


def test_figures_keep_their_digits_and_say_which_kind_of_nothing_there_is(made: tuple[Path, Imported]) -> None:
    rows = figures(made[0], "sdg_1_2_1")
    assert [(row["period"], row["by_region"], row["by_sex"], row["value"], row["state"]) for row in rows] == [
        ("2015", "", "", "9.50", "measured"),
        ("2016", "", "", "9.1", "estimate"),
        ("2016", "", "female", "9.3", "measured"),
        ("2016", "", "male", "8.9", "measured"),
        ("2016", "north", "", "8", "measured"),
        ("2016", "south", "", "10.2", "measured"),
        ("2017", "", "", "", "no_data"),
        ("2018", "", "", "", "not_collected"),
        ("2019..2020", "", "", "8.7", "measured"),
        ("2021", "", "", "8.5", "measured"),
        ("2022", "", "", "8.123456789012", "measured"),
    ]
    assert rows[7]["note"] == "the source writes: >95"
    assert rows[0]["source"] == "havnland: data/indicator_1-2-1.csv"


def test_what_is_not_as_it_was_is_listed_with_file_field_and_reason(made: tuple[Path, Imported]) -> None:
    root, imported = made
    wanted = {
        ("data/indicator_1-2-1.csv", "Year", "this is no period that can be understood; the row is left out"),
        ("data/indicator_1-2-1.csv", "Value", "two rows say different things of the same; the first is kept"),
        ("data/indicator_3-2-1.csv", "–", "the row stands twice, and is kept once"),
        ("data/indicator_3-2-1.csv", "Quality mark", "the column has no place in a workspace"),
        ("data/indicator_16-1-1.csv", "–", "the file is not in UTF-8; it was read as Windows-1252"),
        ("indicator-config/15-1-1.yml", "–", "the file is not valid YAML and was not read"),
        ("indicator-config/14-1-1.yml", "reporting_status", "it does not apply here, so there is no goal"),
        (
            "indicator-config/12-4-2.yml",
            "progress_calculation_options",
            "nothing says which way it is to go, so no goal is made; the figures are there",
        ),
        ("indicator-config/3-2-1.yml", "indicator_name", "the words of a translation are not in the repository"),
        (
            "data/subnational/8-1-1.csv",
            "Units",
            "the unit says percent, but values lie outside 0-100; they are not taken as shares",
        ),
    }
    assert wanted - noted(imported) == set()
    report = (root / "IMPORT.md").read_text()
    assert "| Year | 13 | `soon` | this is no period that can be understood; the row is left out |" in report
    assert "| Value | 2-4, 6-7 | `4,2`, `4,1`, `3,9`, `3,1` | a decimal comma is read as one |" in report


def test_the_same_repository_gives_the_same_files(made: tuple[Path, Imported], tmp_path: Path) -> None:
    again = tmp_path / "again"
    import_open_sdg(HAVNLAND, again, "en")
    for path in again.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (made[0] / path.relative_to(again)).read_bytes(), path.name


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for target in (full, full / "mine.txt"):
        with pytest.raises(ImportRefusedError, match="is there already"):
            import_open_sdg(HAVNLAND, target, "en")
    with pytest.raises(ImportRefusedError, match="no Open SDG"):
        import_open_sdg(full, tmp_path / "new", "en")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    import_open_sdg(HAVNLAND, tmp_path / "empty", "da")
    assert pejl.open(tmp_path / "empty").check().ok


odd = st.text(st.sampled_from(list("Aaæ1209.,;-\"\n\r\t<>%… :#&*|{}[]'\u2028\x07é")), max_size=12)
cells = odd | st.sampled_from(["2015", "2016", "2015-2016", "Female", "female ", "Total", "", "12", "3.5", "..", "E"])
headers = st.lists(
    st.sampled_from(["Year", "Value", "Sex", "sex", "Age", "Units", "Series", "GeoCode", "Observation status"])
    | st.sampled_from(["COMMENT_OBS_1", "time series", "COMMENT_TS", "Source", "UNIT_MEASURE"])
    | odd,
    min_size=1,
    max_size=7,
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    header = draw(headers)
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["Year", "Value", *header])
    for _ in range(draw(st.integers(0, 6))):
        writer.writerow(draw(st.lists(cells, min_size=1, max_size=len(header) + 3)))
    return made.getvalue()


metas = st.dictionaries(
    st.sampled_from(
        [
            "indicator_name",
            "graph_title",
            "computation_units",
            "target_id",
            "sdg_goal",
            "target",
            "reporting_status",
            "computation_definitions",
            "data_non_statistical",
            "source_url_1",
            "source_url_2",
            "source_url_text_2",
            "source_organisation_2",
            "source_active_2",
            "proxy",
            "title",
        ]
    ),
    odd | st.sampled_from(["data.Sex", "3.2", "true", "notapplicable", "Percent", "https://a.example/x"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tables(), tables(), metas, st.binary(max_size=40), st.sampled_from(["positive", "negative", "sideways"]))
def test_any_repository_becomes_a_workspace_that_passes_its_check(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str, meta: dict[str, str], noise: bytes, way: str
) -> None:
    import yaml

    source = tmp_path_factory.mktemp("odd")
    for folder in ("data", "meta", "translations/en"):
        (source / folder).mkdir(parents=True)
    (source / "data/indicator_1-2-1.csv").write_text(one, encoding="utf-8", newline="")
    (source / "data/indicator_99-z-1.csv").write_text(two, encoding="utf-8", newline="")
    (source / "data/indicator_3-1-1.csv").write_bytes(noise)
    options = [{"direction": way, "target": meta.get("target_id", ""), "target_year": "2030", "base_year": "2015"}]
    text = yaml.safe_dump({**meta, "progress_calculation_options": options}, allow_unicode=True)
    (source / "meta/1-2-1.md").write_text(f"---\n{text}---\n", encoding="utf-8")
    (source / "meta/99-z-1.yml").write_text(text, encoding="utf-8")
    (source / "meta/3-1-1.yml").write_bytes(noise)
    (source / "translations/en/data.yml").write_bytes(noise)
    target = source.parent / f"{source.name}-made"
    import_open_sdg(source, target, "en")
    assert pejl.open(target).check(data=False).ok
