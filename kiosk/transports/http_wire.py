"""What the kiosk and its fetching child process say to each other.

The question is one JSON object on the child's standard input. The answer is one line of JSON on its
standard output, followed by the document's bytes. The line carries the document's size, so that the
output of a child that died in mid-sentence is never taken for a document.
"""

import json
from datetime import timedelta

from msgspec.structs import asdict

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.payload import Payload, Request, Validators


def packed_request(request: Request) -> bytes:
    """The question."""
    fields = asdict(request) | {
        "deadline": request.deadline.total_seconds(),
        "validators": request.validators and asdict(request.validators),
        "broker": None,  # servers have none
    }
    return json.dumps(fields).encode()


def unpacked_request(question: bytes) -> Request:
    """The question, read by the child."""
    fields = json.loads(question)
    validators = fields["validators"]
    return Request(
        url=fields["url"],
        deadline=timedelta(seconds=fields["deadline"]),
        limit=fields["limit"],
        redirect_hosts=tuple(fields["redirect_hosts"]),
        insecure=fields["insecure"],
        validators=None if validators is None else Validators(**validators),
    )


def packed_answer(answer: Payload | Unobtainable) -> bytes:
    """The answer: a document, "unchanged", or why there is none."""
    if isinstance(answer, Unobtainable):
        wait = None if answer.retry_after is None else answer.retry_after.total_seconds()
        failure = {"problem": answer.problem, "message": str(answer), "retry_after": wait}
        return json.dumps(failure).encode() + b"\n"
    validators = None if answer.validators is None else asdict(answer.validators)
    size = None if answer.document is None else len(answer.document)
    fields = {"size": size, "validators": validators, "age": answer.age.total_seconds()}
    return json.dumps(fields).encode() + b"\n" + (answer.document or b"")


def unpacked_answer(output: bytes) -> Payload | Unobtainable:
    """The answer, read by the kiosk.

    Raises:
        ValueError: this is not a complete answer.
    """
    line, end, document = output.partition(b"\n")
    if not end:
        raise ValueError("The answer ends in its first line.")
    fields = json.loads(line)
    if "problem" in fields:
        wait = fields["retry_after"]
        retry_after = None if wait is None else timedelta(seconds=wait)
        return Unobtainable(Problem(fields["problem"]), fields["message"], retry_after)
    if len(document) != (fields["size"] or 0):
        raise ValueError("The document is cut.")
    validators = None if fields["validators"] is None else Validators(**fields["validators"])
    return Payload(None if fields["size"] is None else document, validators, timedelta(seconds=fields["age"]))
