"""A configuration and what is printed of it: defaults, reference, example, and where it is looked for."""

import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.commands import configuration
from kiosk.config.load import load_config, parse_config
from kiosk.config.model import Config
from kiosk.config.options import REPEATED, TABLES
from kiosk.config.paths import config_path, state_dir, usual_config_path
from kiosk.config.reference import example, reference
from kiosk.config.source_options import SOURCE
from kiosk.core.policy import Trust
from kiosk.durations import written
from kiosk.errors import KioskError
from kiosk.formats import FORMATS
from kiosk.memory import scope
from kiosk.profiles import profile_path

KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
PATTERN = "pattern = 'The threat level is (?P<level>\\w+)'\n"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def without_origin(config: Config) -> Config:
    return replace(config, origin="")


def test_without_a_file_the_uk_level_is_asked_from_its_two_public_sources() -> None:
    config = load_config(None)
    assert (config.profile.id, config.area, config.venue.place) == ("uk", "UK", "")
    assert [words.language for words in config.words] == ["en"]
    assert [(source.name, source.format, written(source.every)) for source in config.sources] == [
        ("MI5", "mi5", "10 min"),
        ("GOV.UK", "govuk", "10 min"),
    ]
    assert config.trust == Trust(
        live=timedelta(minutes=30),
        stale=timedelta(hours=24),
        last_known=timedelta(days=28),
        confirm_fall=timedelta(seconds=60),
        grace=timedelta(minutes=15),
    )
    assert (config.agree, config.two_person) == (1, False)


def test_the_words_of_a_configuration_reach_the_rules_and_the_formats() -> None:
    config = parse_config(
        'area = "NI"\nlanguages = ["cy", "en", "cy"]\ntwo_person = true\n[trust]\nlive = "5 s"\ngrace = "5 min"\n'
        '[[source]]\nname = "Us"\nurl = "https://a.example/x"\nformat = "json"\nevery = "2 min"\n'
        'level = "a.b"\nchanged = "c"\nvalues = { "4" = "SEVERE" }\n',
        "k.toml",
    )
    policy, ask = config.policy(), config.ask(config.sources[0], NOW, "noted")
    assert (policy.agree, policy.two_person, policy.trust.grace) == (1, True, timedelta(minutes=5))
    assert [words.language for words in config.words] == ["cy", "en"]
    assert (policy.area, policy.trust.live, policy.live_limit("Us")) == (
        "NI",
        timedelta(seconds=5),
        timedelta(minutes=6),
    )
    assert (ask.area, ask.level_path, ask.changed_path, dict(ask.values)) == ("NI", "a.b", "c", {"4": "SEVERE"})
    assert (ask.now, ask.note) == (NOW, "noted")


# ---------------------------------------------------------------- a profile of one's own


def test_the_path_of_a_profile_is_meant_from_where_the_configuration_is(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    own = tmp_path / "profiles" / "ours.toml"
    own.write_text(profile_path("uk").read_text("utf-8").replace("United Kingdom", "Ours"), "utf-8")
    for written_as in ("profiles/ours.toml", "./profiles/ours.toml", str(own)):
        config = parse_config(f"profile = '{written_as}'", "k.toml", tmp_path)
        assert config.profile.name == "Ours"


def test_two_profiles_that_share_a_file_name_do_not_share_a_memory(tmp_path: Path) -> None:
    (tmp_path / "uk.toml").write_bytes(profile_path("uk").read_bytes())
    own = parse_config('profile = "uk.toml"', "k.toml", tmp_path)
    assert scope(own) != scope(load_config(None))


# ---------------------------------------------------------------- config show

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
hosts = st.sampled_from(["a.example", "b.example:8443", "127.0.0.1:1", "[::1]"])
times = st.integers(60_000, 86_400_000).map(lambda milliseconds: written(timedelta(milliseconds=milliseconds)))


def toml(text: str) -> str:
    """A TOML string of any text, spelled by numbers so that nothing depends on the escapes under test."""
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Any configuration without a mistake."""
    lines = [f"place = {toml(draw(texts))}", f'area = "{draw(st.sampled_from(["UK", "NI"]))}"']
    lines.append("languages = " + draw(st.sampled_from(["[]", '["cy"]', '["cy", "en"]'])))
    for number in range(draw(st.integers(0, 3))):
        style = draw(st.sampled_from(sorted(FORMATS)))
        lines += ["[[source]]", f"name = {toml(f'{number} {draw(texts)}')}", f'format = "{style}"']
        lines += [f'url = "https://{draw(hosts)}/{number}"', f'every = "{draw(times)}"']
        lines += [f"redirect_hosts = [{toml(draw(texts))}]", f"insecure = {str(draw(st.booleans())).lower()}"]
        if style == "json":
            lines += ['level = "a.b[0]"', f"values = {{ {toml(draw(texts))} = 'LOW' }}"]
        if style == "rss":
            lines += [PATTERN, f"values = {{ {toml(draw(texts))} = 'LOW' }}"]
        if style == "signed":
            lines += [f'public_keys = ["{KEY}"]']
        if style == "html":
            lines += [f"select = {toml('p > b')}"]
        if style == "cap":
            lines += [f"parameter = {toml('x' + draw(texts))}", f"areas = [{toml(draw(texts))}]"]
            lines += [f'expires_after = "{draw(times)}"', f"values = {{ {toml(draw(texts))} = 'LOW' }}"]
    for number in range(draw(st.integers(0, 2))):
        lines += [
            "[[screen]]",
            f"name = {toml(f'{number} {draw(texts)}')}",
            f"rotation = {90 * draw(st.integers(0, 3))}",
        ]
    if draw(st.booleans()):
        opened = draw(st.sampled_from(['"07:00-22:00"', '["Mon-Fri 07:00-19:00", "Sat,Mon 09:00-24:00"]']))
        lines += ["[power]", f"on = {opened}", f'rise = "{draw(times)}"']
    lines += ["[trust]", f'live = "{draw(times)}"', 'stale = "2 d"', f'confirm_fall = "{draw(times)}"']
    return "\n".join(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_what_is_shown_of_a_configuration_is_the_same_configuration(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = parse_config(document, "k.toml")
    configuration.show(config)
    again = parse_config(capsys.readouterr().out, "k.toml")
    assert without_origin(again) == without_origin(config)


def test_a_profile_of_ones_own_is_shown_by_the_path_that_finds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours.toml").write_bytes(profile_path("uk").read_bytes())
    config = parse_config('profile = "ours.toml"', "a\nb.toml", tmp_path)
    configuration.show(config)
    again = parse_config(capsys.readouterr().out, "elsewhere.toml", Path("/"))
    assert without_origin(again) == without_origin(config)


def test_a_password_in_an_address_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    source = '[[source]]\nname = "A"\nurl = "https://user:secret@a.example/x"\nformat = "mi5"\n'
    config = parse_config(source, "k.toml")
    configuration.show(config)
    shown = capsys.readouterr().out
    assert 'url = "https://a.example/x"' in shown
    assert "secret" not in shown
    assert config.sources[0].url == "https://user:secret@a.example/x", "it is used, and only not shown"


# ---------------------------------------------------------------- config init and reference


def test_the_example_changes_nothing_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kiosk.toml"
    configuration.init(path)
    assert without_origin(load_config(path)) == without_origin(load_config(None))


def test_a_file_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("place = 'Hall'")
    with pytest.raises(KioskError, match="exists and is left as it is"):
        configuration.init(path)
    assert path.read_text() == "place = 'Hall'"
    with pytest.raises(KioskError, match="can't be written"):
        configuration.init(path / "below" / "kiosk.toml")


def test_every_option_of_the_example_is_accepted_when_its_sign_is_taken_away() -> None:
    lines = example().splitlines()
    taken = [line[1:] if line.startswith("#") and not line.startswith("# ") else line for line in lines]
    entries = tomllib.loads("\n".join(taken))
    others = {
        option.key for option in SOURCE if option.schemes or (option.formats and "json" not in option.formats)
    }
    others.add("source")  # of [presence], where a url stands beside it
    document = "\n".join(line for line in taken if line.partition(" =")[0] not in others)
    for table, options in TABLES.items():
        found = entries[table][0] if table in REPEATED else entries[table] if table else entries
        assert {option.key for option in options} <= found.keys()
    taken_whole = parse_config(document, "k.toml")
    assert taken_whole.sources[0].name == "Head office"
    assert taken_whole.endpoint
    assert taken_whole.presence


PARTNERS = {
    "contact": 'contact_number = "1"\n',
    "contact_number": 'contact = "Desk"\n',
    "qr": 'qr_label = "Scan"\n',
    "password_file": 'username = "a"\n',
    "qr_label": 'qr = "https://a.example/"\n',
}
"""What an option can't stand without."""


@pytest.mark.parametrize("table", sorted(TABLES.keys() - {"presence"}))
def test_each_option_of_the_example_is_accepted_by_itself(table: str) -> None:
    needs = {"json": 'level = "a"\n', "cap": 'parameter = "a"\n', "rss": PATTERN, "html": 'select = "p"\n'}
    needs["signed"] = f'public_keys = ["{KEY}"]\n'
    for option in TABLES[table]:
        name = option.formats[0] if option.formats else "json"
        scheme = option.schemes[-1] if option.schemes else "https"
        whole = f'name = "A"\nurl = "{scheme}://a.example/x"\nformat = "{name}"\n{needs[name]}'
        needed = "".join(
            line for line in whole.splitlines(keepends=True) if not line.startswith(f"{option.key} =")
        )
        partner = PARTNERS.get(option.key, "")
        header = {"source": f"[[source]]\n{needed}{partner}", "trust": "[trust]\n", "venue": f"[venue]\n{partner}"}
        header["endpoint"] = "[endpoint]\n"
        header |= {"lock": "[lock]\n", "power": "[power]\n"}
        header["screen"] = "[[screen]]\n" + ("" if option.key == "name" else 'name = "A"\n')
        parse_config(f"{header.get(table, '')}{option.key} = {option.example}\n", "k.toml")


def test_the_reference_names_every_option_with_its_default_and_its_meaning() -> None:
    sections = reference().split("\n## ")[1:]
    for text, options in zip(sections, TABLES.values(), strict=True):
        for option in options:
            rows = [line for line in text.splitlines() if line.startswith(f"| `{option.key}` |")]
            (row,) = [row for row in rows if option.help in row]
            assert row.count("|") == 5
            assert ("required" in row) == option.required
            if isinstance(option.default, str) and option.default:
                assert f'`"{option.default}"`' in row


# ---------------------------------------------------------------- where things are


def test_a_path_on_the_command_line_comes_before_the_environment_and_that_before_the_usual_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = usual_config_path()
    assert usual.name == "kiosk.toml"
    assert config_path(None) == (usual if usual.is_file() else None)
    monkeypatch.setenv("THREAT_LEVEL_KIOSK_CONFIG", "/env.toml")
    assert config_path(None) == Path("/env.toml"), "also where it does not exist: that is a mistake to tell"
    assert config_path(Path("given.toml")) == Path("given.toml")


@pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux")
def test_the_state_is_kept_where_it_is_asked_for_or_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert state_dir(Path("given")) == Path("given")
    monkeypatch.setenv("THREAT_LEVEL_KIOSK_STATE_DIR", "/env")
    assert state_dir(None) == Path("/env")
    monkeypatch.delenv("THREAT_LEVEL_KIOSK_STATE_DIR")
    if not Path("/var/lib/threat-level-kiosk").is_dir():
        monkeypatch.setenv("XDG_STATE_HOME", "/xdg")
        assert state_dir(None) == Path("/xdg/threat-level-kiosk")
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.setenv("HOME", "/home/ann")
        assert state_dir(None) == Path("/home/ann/.local/state/threat-level-kiosk")
