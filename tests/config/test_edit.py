"""A file that is changed entry by entry: what is not touched stays to the letter, and a save is whole or none."""

import tomllib
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config.edit import Draft
from kiosk.config.load import load_config
from kiosk.errors import ConfigError, KioskError

WRITTEN = """\
# The lobby's own file.

place = 'Riverside Hall'   # as on the door
languages = [ "cy",
              "en" ]  # Welsh first

# Asked in this order.
[[source]]  # the office
name = "Head office"
url="https://intranet.example/level.json"
format = "json"
level = "threat.current"  # where it is
values = { "4" = "SEVERE" }

[[source]]
# the ministry
name = "Ministry"
url = "https://ministry.example/"
format = "html"
select = "#level"

# Times.
[trust]
live = "20 min"
"""


def drafted(folder: Path, text: str = WRITTEN) -> Draft:
    (folder / "kiosk.toml").write_text(text, "utf-8")
    return Draft(folder / "kiosk.toml")


def test_one_changed_entry_changes_one_line_and_keeps_its_comment(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.put(("source", 0, "level"), "level.now")
    assert draft.text == WRITTEN.replace('"threat.current"', '"level.now"')
    draft.put(("", 0, "place"), "Old Hall")
    assert 'place = "Old Hall"   # as on the door\n' in draft.text


def test_an_entry_that_is_emptied_and_filled_again_keeps_its_place_and_its_comment(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.put(("", 0, "place"), None)
    assert "place" not in draft.text
    draft.put(("", 0, "place"), "R")
    draft.put(("", 0, "place"), "Ri")
    assert draft.text == WRITTEN.replace("'Riverside Hall'", '"Ri"')
    draft.put(("source", 1, "select"), None)
    draft.put(("", 0, "place"), "B")
    assert "select" not in draft.values()["source"][1]


def test_a_new_entry_of_the_top_stands_above_what_is_said_of_the_tables(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.put(("", 0, "area"), "NI")
    assert draft.text == WRITTEN.replace("# Welsh first\n", '# Welsh first\narea = "NI"\n')
    bare = drafted(tmp_path, '# About the file.\n\n# About the source.\n[[source]]\nname = "A"\n')
    bare.put(("", 0, "place"), "Hall")
    assert bare.text == '# About the file.\n\nplace = "Hall"\n# About the source.\n[[source]]\nname = "A"\n'


def test_sources_come_and_go_and_the_others_stay_to_the_letter(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.add("source", {"name": "C", "url": "file:///c", "format": "mi5"})
    added = '[[source]]\nname = "C"\nurl = "file:///c"\nformat = "mi5"\n'
    assert draft.text == WRITTEN.replace("\n# Times.", f"\n{added}\n# Times.")
    draft.remove("source", 2)
    assert draft.text == WRITTEN
    draft.remove("source", 0)
    begin, end = WRITTEN.index("# Asked"), WRITTEN.index("[[source]]\n# the ministry")
    assert draft.text == WRITTEN[:begin] + WRITTEN[end:]
    draft.remove("source", 0)
    assert draft.text == WRITTEN[:begin] + WRITTEN[WRITTEN.index("# Times.") :]


def test_nothing_is_unsaved_until_something_is_another(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.put(("trust", 0, "live"), "20 min")
    draft.put(("venue", 0, "logo"), None)
    assert not draft.unsaved
    assert draft.text == WRITTEN
    draft.put(("trust", 0, "live"), "10 min")
    assert draft.unsaved
    draft.save()
    assert not draft.unsaved
    assert not Draft(tmp_path / "new.toml").unsaved


def test_a_file_that_somebody_else_changed_is_noticed(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    assert not draft.changed_elsewhere
    (tmp_path / "kiosk.toml").write_text('place = "Other"\n')
    assert draft.changed_elsewhere
    draft.reload()
    assert draft.values() == {"place": "Other"}
    (tmp_path / "kiosk.toml").unlink()
    assert draft.changed_elsewhere
    new = Draft(tmp_path / "new.toml")
    (tmp_path / "new.toml").touch()
    assert new.changed_elsewhere


def test_a_save_keeps_permissions_and_links_and_leaves_nothing_beside(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    (tmp_path / "kiosk.toml").chmod(0o640)
    (tmp_path / "link.toml").symlink_to("kiosk.toml")
    draft.put(("", 0, "place"), "X")
    draft.save(tmp_path / "link.toml")
    assert (tmp_path / "link.toml").is_symlink()
    assert (tmp_path / "kiosk.toml").stat().st_mode & 0o777 == 0o640
    assert tomllib.loads((tmp_path / "kiosk.toml").read_text())["place"] == "X"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk.toml", "link.toml"]


def test_a_file_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    draft = drafted(tmp_path)
    draft.put(("", 0, "place"), "X")
    (tmp_path / "way").touch()
    with pytest.raises(KioskError, match=r"can't be written \(.*\); save it elsewhere"):
        draft.save(tmp_path / "way" / "kiosk.toml")
    assert draft.unsaved
    assert draft.path == tmp_path / "kiosk.toml"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk.toml", "way"]
    assert (tmp_path / "kiosk.toml").read_text("utf-8") == WRITTEN


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"place = ", "is not TOML"), (b"\xff", "is not UTF-8"), (b"#" * 300_000, "is larger than")],
)
def test_what_is_no_configuration_is_one_sentence(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=told):
        Draft(tmp_path / "kiosk.toml")


def test_what_was_written_from_nothing_can_be_used(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "kiosk.toml")
    draft.put(("venue", 0, "notice"), {"en": "Hello", "cy": "Helo"})
    draft.put(("", 0, "languages"), ["cy", "en"])
    draft.put(("", 0, "place"), "Hall\u2028\x7f\\\"'")
    draft.add("source", {"name": "A", "url": "file:///a", "format": "json", "level": "x"})
    draft.put(("source", 0, "values"), {"very high": "CRITICAL"})
    draft.put(("trust", 0, "live"), "1 h")
    draft.save()
    config = load_config(tmp_path / "kiosk.toml")
    assert dict(config.sources[0].values) == {"very high": "CRITICAL"}
    assert [words.language for words in config.words] == ["cy", "en"]


# ---------------------------------------------------------------- any changes of any file

KEYS = st.sampled_from(["place", "area", "level", "x-y", "a b", ""]) | st.text(max_size=5)
VALUES = (
    st.text(max_size=20)
    | st.booleans()
    | st.integers(-9, 99)
    | st.lists(st.text(max_size=8), max_size=3)
    | st.dictionaries(st.text(max_size=6), st.text(max_size=6), min_size=1, max_size=3)
)
TABLES = st.sampled_from(["", "venue", "trust", "source"])
BLOCKS = st.lists(
    st.sampled_from(
        [
            '[venue] # v\nlogo = "a.svg" # l\n',
            "# before trust\n[trust]\n# in trust\nlive = '1 h'\n",
            "venue.notice = { en = 'Hi' }\n",
        ]
    ),
    max_size=1,
)


@settings(max_examples=150)
@given(
    top=st.lists(
        st.sampled_from(["# a comment\n", "\n", 'place = "P" # p\n', "night = '22:00-06:00'\n"]),
        max_size=4,
        unique=True,
    ),
    block=BLOCKS,
    sources=st.integers(0, 2),
    acts=st.lists(st.tuples(TABLES, st.integers(0, 3), KEYS, st.none() | VALUES), max_size=8),
)
def test_every_change_does_what_it_says_and_nothing_else(
    top: list[str], block: list[str], sources: int, acts: list[tuple[str, int, str, Any]]
) -> None:
    text = "".join((*top, *(part for part in block if part.startswith("venue."))))
    text += "".join(f"\n# source {number}\n[[source]]\nname = '{number}' # n\n" for number in range(sources))
    text += "".join(part for part in block if not part.startswith("venue."))
    with TemporaryDirectory() as folder:
        draft = drafted(Path(folder), text)
        model: dict[str, Any] = deepcopy(draft.values())
        for table, index, key, value in acts:
            if table == "source":
                entries = model.setdefault("source", [])
                if index >= len(entries):
                    draft.add("source", {"name": "new"})
                    entries.append({"name": "new"})
                    continue
                if value is None and key == "":
                    draft.remove("source", index)
                    del entries[index]
                    if not entries:
                        del model["source"]
                    continue
                within = entries[index]
            else:
                within = model if not table else model.get(table, {})
                if table and value is not None:
                    within = model.setdefault(table, {})
            draft.put((table, index, key), value)
            if value is None:
                within.pop(key, None)
            else:
                within[key] = value
        model = (
            {key: value for key, value in model.items() if value != []} if not model.get("source", [1]) else model
        )
        assert tomllib.loads(draft.text) == model
        assert draft.values() == model
        for part in ("# a comment\n", "# before trust\n", "# in trust\n"):
            if part in text:
                assert part in draft.text
