"""Files of every sort where a file of a workspace should be: each gets one clear sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pejl.workspace.folder import WorkspaceNotFoundError
from pejl.workspace.loading import load_workspace

if TYPE_CHECKING:
    from tests.conftest import MakeWorkspace
    from tests.workspace.conftest import Check

PLAN = "strategy/plan.yaml"
NOT_READ = "strategy/more.yaml"


def lines(root: Path) -> list[str]:
    _, problems = load_workspace(root)
    return [
        f"{each.location} [{each.code}] {each.what.render('en')}. {each.mend.render('en')}"
        for each in problems.sorted()
    ]


def refusal(root: Path) -> tuple[str, str, str, str]:
    with pytest.raises(WorkspaceNotFoundError) as caught:
        load_workspace(root)
    problem = caught.value.problem
    return str(problem.location), problem.code, problem.what.render("en"), problem.mend.render("en")


def test_the_minimal_workspace_has_nothing_to_mend(check: Check) -> None:
    assert check().lines == []


def test_a_missing_folder_is_no_workspace(tmp_path: Path) -> None:
    root = tmp_path / "nowhere"
    assert refusal(root) == (str(root), "missing_folder", "there is no such folder", "Check the path.")
    assert not root.exists()


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    root = tmp_path / "lilleby"
    root.write_text("id = 'x'")
    assert refusal(root) == (
        str(root),
        "not_a_folder",
        "this is not a folder",
        "Name the folder that holds pejl.toml.",
    )


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        str(tmp_path),
        "not_a_workspace",
        "the folder holds no pejl.toml",
        "Name the folder that holds pejl.toml.",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", " \n\t\n", "\r\n\r\n"])
@pytest.mark.parametrize("file", ["pejl.toml", NOT_READ, "figures/more.csv"])
def test_an_empty_file_is_called_empty(make_workspace: MakeWorkspace, file: str, content: str) -> None:
    assert lines(make_workspace({file: content})) == [
        f"{file}:1:1 [empty_file] the file is empty. Write a declaration, or delete the file."
    ]


@pytest.mark.parametrize("file", [NOT_READ, "vocabulary/more.yaml", "indicators/more.yaml", "figures/more.csv"])
def test_a_folder_where_a_file_should_be_is_called_a_folder(make_workspace: MakeWorkspace, file: str) -> None:
    root = make_workspace()
    (root / file).mkdir()
    assert lines(root) == [f"{file} [not_a_file] a file is expected here, but this is a folder. Rename or move it."]


def test_settings_that_are_a_folder_are_called_a_folder(make_workspace: MakeWorkspace) -> None:
    root = make_workspace({"pejl.toml": None})
    (root / "pejl.toml").mkdir()
    assert lines(root) == ["pejl.toml [not_a_file] a file is expected here, but this is a folder. Rename or move it."]


@pytest.mark.parametrize("folder", ["strategy", "vocabulary", "indicators", "figures"])
def test_a_file_where_a_folder_should_be_is_called_a_file(make_workspace: MakeWorkspace, folder: str) -> None:
    root = make_workspace()
    for path in (root / folder).iterdir():
        path.unlink()
    (root / folder).rmdir()
    (root / folder).write_text("x")
    assert lines(root) == [
        f"{folder} [not_a_folder] a folder is expected here, but this is a file. "
        f"Make '{folder}' a folder and put the file into it."
    ]


@pytest.mark.parametrize("kind", ["broken link", "pipe"])
def test_what_is_no_ordinary_file_is_not_opened(make_workspace: MakeWorkspace, kind: str) -> None:
    root = make_workspace()
    if kind == "pipe":
        os.mkfifo(root / NOT_READ)
    else:
        (root / NOT_READ).symlink_to(root / "nowhere")
    assert lines(root) == [
        f"{NOT_READ} [not_a_file] a file is expected here, but this is no ordinary file. Rename or move it."
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("id: more\ntitle:\n  da: Bedre mål\n".encode("latin-1"), "3:14"),
        (b"\xe6: 1\n", "1:1"),
        ("æøå ".encode() + b"\xf8\n", "1:5"),
        ("id: more\n# æ\n".encode("windows-1252"), "2:3"),
    ],
)
def test_latin_1_is_named_with_the_place_of_the_first_letter(
    make_workspace: MakeWorkspace, content: bytes, place: str
) -> None:
    root = make_workspace({NOT_READ: content})
    _, problems = load_workspace(root)
    (problem,) = problems.sorted()
    assert (str(problem.location), problem.code) == (f"{NOT_READ}:{place}", "not_utf8")
    assert problem.what.render("en") == "the file is not in UTF-8; it may be in Latin-1 or Windows-1252"
    assert problem.mend.render("en") == "Save it again as UTF-8."


def test_the_byte_that_is_not_utf_8_is_shown(make_workspace: MakeWorkspace) -> None:
    _, problems = load_workspace(make_workspace({NOT_READ: "id: æ\n".encode("latin-1")}))
    assert [problem.value for problem in problems.sorted()] == ["0xE6"]


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x14\x00", "id: æ\n".encode("utf-16"), b"id: x\x00\n"]
)
@pytest.mark.parametrize("file", [NOT_READ, "figures/more.csv", "pejl.toml"])
def test_a_binary_file_is_no_text(make_workspace: MakeWorkspace, file: str, content: bytes) -> None:
    assert lines(make_workspace({file: content})) == [
        f"{file} [binary_file] this is not a text file. Move it away, or save it as plain text in UTF-8."
    ]


@pytest.mark.parametrize(
    ("file", "limit"), [("pejl.toml", 5), (NOT_READ, 5), ("indicators/more.yaml", 5), ("figures/more.csv", 150)]
)
def test_a_file_of_200_megabytes_is_not_read(make_workspace: MakeWorkspace, file: str, limit: int) -> None:
    root = make_workspace({file: "x"})
    os.truncate(root / file, 200_000_000)
    assert lines(root) == [
        f"{file} [too_large] the file is 200 MB; at most {limit} MB are read. "
        "Split it, or move what does not belong here."
    ]


def test_a_file_that_may_not_be_read_says_so(make_workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_workspace({NOT_READ: "id: more\n"})
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == root / NOT_READ:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert lines(root) == [
        f"{NOT_READ} [unreadable] the file cannot be read: Permission denied. "
        "Check that it is there and that you may read it."
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(make_workspace: MakeWorkspace) -> None:
    root = make_workspace({NOT_READ: "id: more\n"})
    (root / NOT_READ).chmod(0)
    assert [line.split(" ")[1] for line in lines(root)] == ["[unreadable]"]


@pytest.mark.parametrize(
    ("file", "suffix"), [("strategy/more.yml", ".yaml"), ("strategy/plan.YAML", ".yaml"), ("figures/2017.xlsx", ".csv")]
)
def test_a_file_of_another_kind_is_not_passed_over_in_silence(
    make_workspace: MakeWorkspace, file: str, suffix: str
) -> None:
    folder = file.split("/")[0]
    assert lines(make_workspace({file: "id: more\n"})) == [
        f"{file} [wrong_suffix] files in '{folder}' end in {suffix}; this one is not read. Rename or move it."
    ]


def test_notes_and_hidden_files_may_lie_beside_definitions(make_workspace: MakeWorkspace) -> None:
    root = make_workspace(
        {
            "strategy/README.md": "# notes",
            "figures/notes.txt": "notes",
            "strategy/.plan.yaml.swp": b"\x00",
            "figures/.old/more.csv": "x",
            ".git/config": "x",
            "data/extract.parquet": b"\x00",
            "remarks/README.md": "x",
        }
    )
    assert lines(root) == []


def test_definitions_may_lie_in_folders_below(make_workspace: MakeWorkspace) -> None:
    root = make_workspace({"figures/2017/more.csv": "x"})
    assert [line.split(" ")[0] for line in lines(root)] == ["figures/2017/more.csv:1:1"]


def test_a_slip_in_the_name_of_a_folder_is_a_warning_with_the_name_meant(check: Check) -> None:
    assert check({"strategi/more.yaml": "x"}).lines == [
        "strategi warning: the folder 'strategi' is not read. Did you mean 'strategy'?"
    ]


def test_another_folder_is_a_warning_with_the_known_names(check: Check) -> None:
    assert check({"zzz/more.yaml": "x"}).lines == [
        "zzz warning: the folder 'zzz' is not read. "
        "Known folders: data, doing, figures, indicators, instruments, models, office, registers, releases, remarks, "
        "site, strategy, surveys, vocabulary."
    ]


@pytest.mark.parametrize("folder", ["strategy", "vocabulary", "indicators", "figures"])
def test_a_missing_folder_is_one_problem_and_causes_no_others(make_workspace: MakeWorkspace, folder: str) -> None:
    root = make_workspace()
    for path in (root / folder).iterdir():
        path.unlink()
    (root / folder).rmdir()
    assert lines(root) == [
        f"{folder} [missing_folder] the folder '{folder}' is missing. Make it, even if it stays empty."
    ]


def test_a_name_that_is_not_utf_8_can_still_be_reported(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    Path(os.fsdecode(os.fsencode(root / "strategy") + b"/bolig\xf8.yaml")).write_text("id: more\n")
    Path(os.fsdecode(os.fsencode(root) + b"/strat\xe6gy")).mkdir()
    found = lines(root)
    assert found == [
        "strategy/bolig\N{REPLACEMENT CHARACTER}.yaml [bad_name] the name of the file is not in UTF-8. "
        "Rename or move it.",
        "strat\N{REPLACEMENT CHARACTER}gy [unknown_folder] the folder 'strat\N{REPLACEMENT CHARACTER}gy' is not read. "
        "Did you mean 'strategy'?",
    ]


def test_the_hash_of_every_file_read_is_kept(make_workspace: MakeWorkspace) -> None:
    workspace, _ = load_workspace(make_workspace({"figures/figures.csv": "abc"}))
    assert list(workspace.file_hashes) == [
        "figures/figures.csv",
        "indicators/homeless.yaml",
        "pejl.toml",
        PLAN,
        "vocabulary/words.yaml",
    ]
    assert (
        workspace.file_hashes["figures/figures.csv"]
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
