"""News wait for a screen, and come to it in their order."""

import threading

from kiosk.outlet import News, Outlet


def _said(words: list[str], word: str) -> News:
    return lambda: words.append(word)


def test_news_from_before_come_first_and_in_their_order() -> None:
    outlet, words = Outlet(), list[str]()
    for word in ("one", "two"):
        outlet.put(_said(words, word))
    assert words == []
    outlet.open(lambda news: news())  # type: ignore[operator] # what is put here can be called
    outlet.put(_said(words, "three"))
    assert words == ["one", "two", "three"]


def test_what_comes_while_it_opens_is_neither_lost_nor_overtaking() -> None:
    outlet, arrived, opens = Outlet(), list[News](), threading.Event()
    last = _said([], "last")

    def put_late() -> None:
        opens.wait()
        outlet.put(last)

    worker = threading.Thread(target=put_late)
    worker.start()
    before = [_said([], str(number)) for number in range(1000)]
    for news in before:
        outlet.put(news)

    def take(news: News) -> None:
        opens.set()
        arrived.append(news)

    outlet.open(take)
    worker.join()
    assert arrived == [*before, last]


def test_who_shows_one_piece_of_news_may_put_another() -> None:
    outlet, arrived = Outlet(), list[News]()
    second = _said([], "second")

    def take(news: News) -> None:
        arrived.append(news)
        if news is first:
            outlet.put(second)

    first = _said([], "first")
    outlet.open(take)
    outlet.put(first)
    assert arrived == [first, second]
