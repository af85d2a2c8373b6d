"""Whatever is put on the wire between the kiosk and its child comes off it unchanged, or not at all."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.http_wire import packed_answer, packed_request, unpacked_answer, unpacked_request
from kiosk.transports.payload import Payload, Request, Validators

validators = st.none() | st.builds(Validators, st.none() | st.text(), st.none() | st.text())
seconds = st.integers(0, 10**6).map(lambda value: timedelta(seconds=value))
payloads = st.builds(Payload, st.none() | st.binary(), validators)
requests = st.builds(
    Request,
    st.text(),
    seconds,
    st.integers(0, 2**40),
    st.lists(st.text()).map(tuple),
    st.booleans(),
    validators,
)


@given(requests)
def test_a_question_arrives_as_it_was_asked(request: Request) -> None:
    assert unpacked_request(packed_request(request)) == request


@given(payloads)
def test_a_document_arrives_as_it_was_sent(payload: Payload) -> None:
    assert unpacked_answer(packed_answer(payload)) == payload


@given(st.sampled_from(Problem), st.text(), st.none() | seconds)
def test_a_problem_arrives_as_it_was_told(problem: Problem, message: str, wait: timedelta | None) -> None:
    error = unpacked_answer(packed_answer(Unobtainable(problem, message, wait)))
    assert isinstance(error, Unobtainable)
    assert (error.problem, str(error), error.retry_after) == (problem, message, wait)


@given(st.builds(Payload, st.binary(min_size=1), validators), st.data())
def test_half_an_answer_is_none(payload: Payload, data: st.DataObject) -> None:
    whole = packed_answer(payload)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ValueError, match=r".") as caught:
        unpacked_answer(whole[:cut])
    assert caught.type is ValueError
