"""The formats' own validators accept the whole folder, and refuse it when something is broken."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from jsonstat_validator import JSONStatValidationError, validate_jsonstat  # type: ignore[import-untyped]  # ships no types
from tests.publish.open_data.worlds import MADE, cell, public_folder

from pejl.publish.open_data import write_open_data
from pejl.publish.open_data.schemas import SCHEMAS

SHAPES = Path(__file__).with_name("dcat_ap_3_0_1.ttl")
LICENCE = {"id": "CC-BY-4.0", "title": {"da": "CC BY 4.0"}, "url": "https://creativecommons.org/licenses/by/4.0/"}
CONTACT = {"name": {"da": "Lilleby", "en": "Small Town"}, "email": "data@lilleby.example", "phone": "12 34 56 78"}
CELLS = [
    cell("2019", value=12.5, low=10.0, high=15.0, n=400.0, numerator=50.0, denominator=400.0),
    cell("2020", "not_due", next_due="2021"),
    cell("2019", "withheld", [("district", "=1+1")]),
    cell("2019", value=11.0, dimensions=[("district", "north")], source="=kilde", note="-a"),
    cell("2019", "no_data", [("sex", "1-5")], n=0.0),
]
POINT = {"period": "2019", "value": 12.5, "low": 10.0, "high": 15.0, "state": "measured", "n": 400, "unit": "percent"}
NOTHING = POINT | dict.fromkeys(("period", "value", "low", "high", "n")) | {"state": "no_data"}
GOAL = {
    "id": "fewer_late",
    "code": "1A",
    "strategy": "plan",
    "group": None,
    "title": {"da": "Færre sene sager", "en": "Fewer late cases"},
    "indicator": "late",
    "direction": "decrease",
    "scope": "city",
    "target_status": "not_set",
    "development": "unknown",
    "reasons": [
        {"code": "not_set", "half": "target", "latest": "2019"},
        {"code": "no_figure", "half": "development", "latest": "2019", "state": "no_data"},
    ],
    "latest": POINT,
    "baseline": NOTHING,
    "target": {"kind": "not_set", "period": None, "value": None, "due": None, "standing": "adopted", "level": None},
    "difference": dict.fromkeys(("value", "low", "high", "ratio", "ratio_low", "ratio_high", "p", "p_adjusted")),
    "context": [POINT | {"kind": "afterwards"}],
    "series": [POINT],
}
STRATEGY = {
    "id": "plan",
    "title": {"da": "Planen", "en": "The plan"},
    "status": "adopted",
    "from": "2016-01-01",
    "to": None,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("release")
    site = {"address": None, "contact": CONTACT, "licence": LICENCE}
    release = public_folder(root, CELLS, workspace={"site": site}, status={"goals": [GOAL], "strategies": [STRATEGY]})
    data = tmp_path_factory.mktemp("data")
    address = "https://small.example/town/"
    write_open_data(
        release, data, base_url=address, draft=True, made=MADE, page_of=lambda each: f"{address}indikatorer/{each}/"
    )
    return data


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_json_stat_is_valid_for_each_indicator_and_for_all(folder: Path) -> None:
    files = sorted(folder.glob("*.jsonstat.json"))
    assert [file.name for file in files] == [
        "all-figures.da.jsonstat.json",
        "all-figures.en.jsonstat.json",
        "late.da.jsonstat.json",
        "late.en.jsonstat.json",
    ]
    for file in files:
        assert validate_jsonstat(_json(file))
    assert _json(files[0])["link"]["item"] == [_json(files[2])]


def test_the_validator_of_json_stat_refuses_a_dimension_too_few(folder: Path) -> None:
    broken = _json(folder / "late.da.jsonstat.json")
    broken["size"].pop()
    with pytest.raises(JSONStatValidationError):
        validate_jsonstat(broken)


@pytest.mark.parametrize(
    ("schema", "document"), [("index", "index.json"), ("goals", "goals.json"), ("indicator", "indicators/late.json")]
)
def test_static_json_follows_the_schema_beside_it(folder: Path, schema: str, document: str) -> None:
    published = _json(folder / f"v1/schema/{schema}.json")
    Draft202012Validator.check_schema(published)
    told = _json(folder / "v1" / document)
    assert (folder / "v1" / document).parent.joinpath(told["$schema"]).resolve() == (
        folder / f"v1/schema/{schema}.json"
    ).resolve()
    assert [error.message for error in Draft202012Validator(published).iter_errors(told)] == []
    assert set(told) == set(published["properties"]), "every key is documented"


@pytest.mark.parametrize(
    ("schema", "document", "pick"),
    [
        ("goals", "goals.json", lambda told: ("#/properties/goals/items", told["goals"][0])),
        ("indicator", "indicators/late.json", lambda told: ("#/$defs/figure", told["figures"][0])),
        ("index", "index.json", lambda told: ("#/properties/indicators/items", told["indicators"][0])),
    ],
)
def test_every_key_of_what_is_listed_is_documented(
    folder: Path, schema: str, document: str, pick: Callable[[Any], tuple[str, Any]]
) -> None:
    where, told = pick(_json(folder / "v1" / document))
    found: Any = SCHEMAS[schema]()
    for step in where.removeprefix("#/").split("/"):
        found = found[step]
    assert list(told) == list(found["properties"])


def test_the_schema_refuses_a_withheld_figure_with_a_number(folder: Path) -> None:
    told = _json(folder / "v1/indicators/late.json")
    figure = next(each for each in told["figures"] if each["state"] == "withheld")
    figure["n"] = 3
    errors = list(Draft202012Validator(SCHEMAS["indicator"]()).iter_errors(told))
    assert [list(error.absolute_path)[-1] for error in errors] == ["n"]


def _frictionless(package: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the validator's own imports
        import frictionless

        return frictionless.validate(str(package))


def test_frictionless_accepts_the_data_package(folder: Path) -> None:
    report = _frictionless(folder / "datapackage.json")
    assert report.flatten(["name", "type", "note"]) == []
    assert report.valid
    paths = {each["path"] for each in _json(folder / "datapackage.json")["resources"]}
    assert paths == {str(file.relative_to(folder)) for file in folder.rglob("*.csv")}, "every CSV file has a schema"


def test_frictionless_refuses_a_code_that_is_not_listed(folder: Path, tmp_path: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    lines = (tmp_path / "codes/dimension-district.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "codes/dimension-district.csv").write_bytes(b"".join(each for each in lines if b"north" not in each))
    types = {each[0] for each in _frictionless(tmp_path / "datapackage.json").flatten(["type"])}
    assert types == {"hash-count", "byte-count", "foreign-key"}


def _graph(file: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the reader's own imports
        import rdflib

        return rdflib.Graph().parse(file)


def _conforms(graph: Any) -> tuple[bool, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the validator's own imports
        import pyshacl

        conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    return conforms, text


def test_the_catalogue_conforms_to_dcat_ap(folder: Path) -> None:
    conforms, text = _conforms(_graph(folder / "catalog.ttl"))
    assert conforms, text


def test_the_catalogue_says_the_same_in_both_notations(folder: Path) -> None:
    from rdflib.compare import isomorphic

    assert isomorphic(_graph(folder / "catalog.ttl"), _graph(folder / "catalog.jsonld"))


@pytest.mark.parametrize("missing", ["title", "description", "publisher"])
def test_the_shapes_refuse_a_catalogue_that_lacks_what_is_mandatory(folder: Path, missing: str) -> None:
    from rdflib import URIRef
    from rdflib.namespace import DCTERMS, RDF

    graph = _graph(folder / "catalog.ttl")
    catalog = next(graph.subjects(RDF.type, URIRef("http://www.w3.org/ns/dcat#Catalog")))
    graph.remove((catalog, DCTERMS[missing], None))
    conforms, text = _conforms(graph)
    assert not conforms
    assert missing in text
