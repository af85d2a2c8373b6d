"""The file with the endpoint's token: what is taken, and why it is not."""

from pathlib import Path

import pytest

from kiosk.afar.token import Token, read_secret
from kiosk.errors import ConfigError
from tests.commands import command

SECRET = "0123456789abcdef"  # noqa: S105 - of a throw-away file


def token_file(folder: Path, content: str, mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_text(content)
    path.chmod(mode)
    return path


def test_what_it_holds_opens_and_nothing_else_does(tmp_path: Path) -> None:
    token = Token(read_secret(str(token_file(tmp_path, f"\ufeff{SECRET}\r\n", 0o640))))
    for right in (f"Bearer {SECRET}", f"bearer  {SECRET} "):
        assert token.opens(right)
    for wrong in (
        None,
        "",
        SECRET,
        "Bearer",
        "Bearer ",
        f"Bearer {SECRET}x",
        f"Bearer{SECRET}",
        f"Basic {SECRET}",
    ):
        assert not token.opens(wrong)
    assert SECRET not in repr(vars(token))


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        ("", 0o600, "is empty; make one with: openssl rand -hex 32."),
        ("short", 0o600, "is no token of 16 or more letters and digits on one line; make one with"),
        (f"{SECRET}\n{SECRET}\n", 0o600, "is no token of 16 or more"),
        ("a sentence with blanks", 0o600, "is no token of 16 or more"),
        (SECRET, 0o644, "can be read by every user of this machine; take that away with: chmod o-rwx."),
        (SECRET, 0o602, "can be read by every user of this machine"),
    ],
)
def test_one_that_is_no_secret_is_a_mistake(tmp_path: Path, content: str, mode: int, reason: str) -> None:
    path = token_file(tmp_path, content, mode)
    with pytest.raises(ConfigError) as refused:
        read_secret(str(path))
    assert str(refused.value).startswith(f"token_file {path} {reason}")
    assert content not in str(refused.value) or not content


def test_config_check_tells_it_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('[endpoint]\ntoken_file = "token"\n')
    missing = command("--config", config, "config", "check").refused(2)
    assert missing.startswith(
        f"token_file {tmp_path / 'token'} can't be read (No such file or directory); make one"
    )
    token_file(tmp_path, SECRET, 0o644)
    assert "can be read by every user" in command("--config", config, "config", "check").refused(2)
    token_file(tmp_path, SECRET)
    assert command("--config", config, "config", "check").code == 0
