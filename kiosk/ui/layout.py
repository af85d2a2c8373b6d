"""Where everything goes on a screen of a given size: pure arithmetic over measured text."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.screen import Scene, Screen
from kiosk.ui.composition import Composition, Frame, composed, compositions
from kiosk.ui.concessions import concessions
from kiosk.ui.content import Content, in_turn, together
from kiosk.ui.flow import Block
from kiosk.ui.plan import Band, Code, Logo, Plan, Rect, Ruler, Shape, Slot
from kiosk.ui.styles import UNIT, Sizes

_COMFORTS = tuple(step / 20 for step in range(40, -1, -1))
_SHRUNKEN = tuple(step / 100 for step in range(-1, -61, -1))


class Means(Struct, frozen=True):
    """What a layout measures with, and what it can't know by itself.

    Attributes:
        ruler: measures text.
        cap_ratio: height of the font's capitals as a fraction of its em.
        modules: the width of the QR code in modules, without its quiet zone; 0 for none.
        logo: the logo's width through its height; None for none.
    """

    ruler: Ruler
    cap_ratio: float
    modules: int = 0
    logo: float | None = None


def arrange(scene: Scene, width: int, height: int, means: Means) -> Plan:
    """Arrange one picture of a size in logical pixels.

    Two languages are told together where both fit whole, else they take turns in letters of one size. The largest
    letters win at which everything fits. Where even the least don't, something is given up
    (``kiosk.ui.concessions``); where that is not enough, letters shrink below their least size, because a small
    text still says something and a missing one doesn't.
    """
    search = _Search(Frame(width, height), means)
    for pair in _pairs(scene):
        if found := search.largest([pair], _COMFORTS):
            return search.plan(pair, found)
    turns = [in_turn(scene, turn) for turn in range(len(scene.screens))]
    contents = turns
    found = search.largest(turns, _COMFORTS)
    for less in zip_longest(*(concessions(content.first) for content in turns)):
        if found:
            break
        contents = [_with(content, screen) for content, screen in zip(contents, less, strict=True)]
        found = search.largest(contents, (0.0,))
    found = found or search.largest(contents, _SHRUNKEN) or search.last_resort(contents[0])
    return search.plan(contents[scene.turn], found)


def _pairs(scene: Scene) -> Iterator[Content]:
    """Both languages together; without the logo before they are parted."""
    pair = together(scene)
    if pair:
        yield pair
        if pair.first.logo:
            bare = tuple(replace(screen, logo=None) for screen in pair.screens)
            yield Content(bare, bare)


class _Fit(Struct, frozen=True):
    """A composition and the comfort of letters at which contents fit into it."""

    composition: Composition
    comfort: float


class _Search(Struct, frozen=True):
    """Looks for the largest letters in one frame."""

    frame: Frame
    means: Means

    def largest(self, contents: Sequence[Content], comforts: Sequence[float]) -> _Fit | None:
        """The first of the comforts, largest first, at which all contents fit in one composition.

        Where they fit in several, the best one is it. What fits in some letters fits in smaller ones, but for
        roundings; so halving the range finds the largest of a composition, and those after it matter only where
        they take larger ones still.
        """
        found = None
        larger = len(comforts)  # comforts that are larger than the one found
        for composition in compositions(self.frame, pairs=any(content.pairs for content in contents)):
            if not larger or not self._fits(contents, composition, comforts[larger - 1]):
                continue
            low, high = -1, larger - 1
            while high - low > 1:
                middle = (low + high) // 2
                fits = self._fits(contents, composition, comforts[middle])
                low, high = (low, middle) if fits else (middle, high)
            found, larger = _Fit(composition, comforts[high]), high
        return found

    def last_resort(self, content: Content) -> _Fit:
        """For a window that is no screen: whatever is drawn is cut."""
        first = next(compositions(self.frame, pairs=content.pairs))
        return _Fit(first, _SHRUNKEN[-1])

    def plan(self, content: Content, fit: _Fit) -> Plan:
        """The pieces of a content in their places."""
        frame = self.frame
        block = self._composed(content, fit.composition, fit.comfort)
        pieces = block.place(Rect(0, 0, frame.width, frame.height))
        plan = Plan(
            width=frame.width,
            bands=tuple(_beyond(piece, frame) for piece in pieces if isinstance(piece, Band)),
            shapes=tuple(piece for piece in pieces if isinstance(piece, Shape)),
            slots=tuple(piece for piece in pieces if isinstance(piece, Slot)),
            code=next((piece.rect for piece in pieces if isinstance(piece, Code)), None),
            logo=next((piece.rect for piece in pieces if isinstance(piece, Logo)), None),
            unit=UNIT * frame.short,
        )
        return plan.mirrored() if content.first.right_to_left else plan

    def _fits(self, contents: Sequence[Content], composition: Composition, comfort: float) -> bool:
        blocks = (self._composed(content, composition, comfort) for content in contents)
        return all(block.least <= self.frame.height for block in blocks)

    def _composed(self, content: Content, composition: Composition, comfort: float) -> Block:
        sizes = Sizes(self.frame.short, comfort, self.means.cap_ratio)
        modules = self.means.modules if content.first.qr else 0
        logo = self.means.logo if content.first.logo else None
        return composed(content, self.frame, composition, sizes, self.means.ruler, modules, logo)


def _with(content: Content, screen: Screen | None) -> Content:
    """A content of one language with another screen; the same where there is none to give up more."""
    if screen is None:
        return content
    return replace(content, screens=(screen,))


def _beyond(band: Band, frame: Frame) -> Band:
    """A band that reaches over the edges of the window, so that none shows when the picture drifts."""
    left, top, right, bottom = band.rect.x, band.rect.y, band.rect.right, band.rect.bottom
    drift = frame.drift
    left -= drift if left == 0 else 0
    top -= drift if top == 0 else 0
    right += drift if right == frame.width else 0
    bottom += drift if bottom == frame.height else 0
    return replace(band, rect=Rect(left, top, right - left, bottom - top))
