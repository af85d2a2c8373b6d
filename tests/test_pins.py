"""PINs: hashed with salt, and refused where anybody would guess them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pins import check_stored, hashed, matches, refusal


def test_only_the_same_pin_matches_and_the_hash_tells_nothing_of_it() -> None:
    one, other = hashed("258036"), hashed("258036")
    assert one != other
    assert "258036" not in one
    assert check_stored(one) is None
    assert matches("258036", one)
    assert matches("258036", other)
    assert not matches("258037", one)
    assert not matches("", one)


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "12345",
        "1234567890123",
        "25803x",
        "٢٥٨٠٣٦",
        "000000",
        "121212",
        "123123",
        "1231231",
        "123456",
        "987654",
        "890123",
    ],
)
def test_a_pin_that_is_no_secret_is_refused(pin: str) -> None:
    assert refusal(pin)


@pytest.mark.parametrize("pin", ["258036", "112358", "951753852", "123465"])
def test_another_is_taken(pin: str) -> None:
    assert refusal(pin) is None


@given(
    st.text()
    | st.from_regex(r"scrypt\$\d{1,6}\$\d{1,2}\$\d\$[A-Za-z0-9+/=]{16,40}\$[A-Za-z0-9+/=]{24,60}", fullmatch=True)
)
def test_a_stored_hash_is_refused_or_can_be_compared_with(stored: str) -> None:
    if check_stored(stored) is None and stored.split("$")[1] in {"2", "4", "8", "16"}:
        assert not matches("258036", stored)


@pytest.mark.parametrize(
    "stored",
    [
        "258036",
        "scrypt$16384$8$1$c2FsdA==$aGFzaA==",
        "scrypt$999999$8$1$" + "A" * 24 + "$" + "A" * 44,
        "scrypt$16383$8$1$" + "A" * 24 + "$" + "A" * 44,
    ],
)
def test_what_config_pin_did_not_print_is_refused(stored: str) -> None:
    assert check_stored(stored)
