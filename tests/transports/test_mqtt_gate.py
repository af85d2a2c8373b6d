"""What gets through in a flood."""

from kiosk.transports.mqtt_gate import Gate


def test_ten_pass_at_once_and_then_the_newest_each_second() -> None:
    gate: Gate[int] = Gate(0.0)
    passed = []
    for number in range(100):
        gate.offer(number)
        passed.append(gate.take(0.0))
    assert passed == [*range(10), *([None] * 90)]
    assert gate.patience(5.0) == 1.0
    assert (gate.take(0.9), gate.take(1.0), gate.take(2.0)) == (None, 99, None)
    assert gate.patience(5.0) == 5.0


def test_after_some_quiet_ten_pass_again_and_never_more() -> None:
    gate: Gate[int] = Gate(0.0)
    passed = 0
    for number in range(100):
        gate.offer(number)
        passed += gate.take(3600.0) is not None
    assert passed == 10
