"""What an edition hangs on, and the copy of it."""

from pathlib import Path

import pytest

from kiosk.editions.begin import begin
from kiosk.editions.edition import Edition
from kiosk.editions.kept import Kept
from kiosk.editions.origin import FileOrigin
from kiosk.errors import ConfigError

BROKER = """
[[source]]
name = "Broker"
url = "mqtts://broker.example/level"
format = "mi5"
username = "lobby"
password_file = "broker.password"
"""


def read(path: Path) -> Edition:
    return FileOrigin(path).read()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "broker.password").write_text("hunter2")
    (tmp_path / "etc" / "kiosk.toml").write_text('place = "Hall"\n' + BROKER)
    return tmp_path / "etc" / "kiosk.toml"


def test_the_same_files_are_the_same_edition(path: Path) -> None:
    assert read(path).same_as(read(path))


def test_a_new_password_is_another_edition_of_that_source_and_is_neither_told_nor_copied(
    path: Path, tmp_path: Path
) -> None:
    before = read(path)
    (path.parent / "broker.password").write_text("hunter3")
    after = read(path)
    assert not after.same_as(before)
    assert after.renewed(before) == {"Broker"}
    assert "hunter" not in repr(after)
    Kept(tmp_path / "state").keep(after)
    kept = [file.read_bytes() for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert kept
    assert not any(b"hunter" in content for content in kept)


def test_the_copy_is_whole_or_none(path: Path, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state")
    kept.keep(read(path))
    found = kept.edition(str(path))
    assert found is not None
    assert found.config.venue.place == "Hall"
    assert found.config.sources[0].password_file == str(path.parent / "broker.password")
    assert kept.edition("/another.toml") is None
    (document,) = (tmp_path / "state").rglob("kiosk.toml")
    document.write_text('place = "Cell"\n' + BROKER)
    assert kept.edition(str(path)) is None, "it was changed"
    kept.keep(read(path))
    path.write_text("")
    kept.keep(read(path))
    assert len(list((tmp_path / "state" / "configuration").iterdir())) == 2, "one copy, and its name"


def test_a_start_goes_by_the_copy_and_says_all_that_is_wrong(path: Path, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state")
    path_good = path.read_text()
    path.write_text("plaice = 1\nnigth = 2\n")
    with pytest.raises(ConfigError) as caught:
        begin(FileOrigin(path), kept)
    assert len(caught.value.mistakes) == 2
    path.write_text(path_good)
    kept.keep(read(path))
    for bad in ("plaice = 1\nnigth = 2\n", "", None):
        if bad is None:
            path.unlink()
        else:
            path.write_text(bad)
        begun = begin(FileOrigin(path), kept)
        assert begun.edition.config.venue.place == "Hall"
        assert len(begun.mistakes) == (2 if bad else 1)


def test_a_disk_that_cannot_be_written_is_said_once(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    kept = Kept(tmp_path / "state")
    kept.keep(read(path))
    kept.keep(read(path))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert kept.edition(str(path)) is None
