"""What vendors write about themselves: words in no order, which are nobody's. Some keep their text on another market,
some write a new one, and a few copy that of a vendor of another market."""

from functools import lru_cache

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market.world import Entity, World

LENGTH = 40  # words
NEW_TEXT = 300  # thousandths of vendors who write anew on another market than their first
COPIES = 100  # of those with a key, who copy the text of a vendor with another key
CHANGED = 15  # of the words, from one market to the other
WORDS = tuple(
    "apple autumn basket blanket bottle branch bridge brush bucket butter button candle carpet castle chair "
    "cherry circle cloud copper corner cotton cradle cushion daisy feather fiddle forest garden hammer harbour "
    "helmet island jacket kettle ladder lamp lemon letter meadow mirror mountain needle orchard paper pebble "
    "pencil pillow pocket river saddle sailor shadow silver spoon summer table teapot timber valley violet "
    "wagon window winter yellow".split()
)


def text_of(world: World, entity: Entity, market: str) -> tuple[int, str | None]:
    """Whose text an account shows: number of the vendor, and the market for which it was written (None: the first)."""
    draws = Draws(world.scenario.seed, "profile", entity.number)
    anew, copies, place = draws.happens(NEW_TEXT), draws.happens(COPIES), draws.below(1000)
    if copies and entity.key is not None:
        known = {one.market for one in entity.accounts}
        others = [
            number
            for number, one in sorted(world.entities.items())
            if one.key is not None and known.isdisjoint(account.market for account in one.accounts)
        ]
        if others:
            return others[place % len(others)], None
    return entity.number, market if anew and entity.accounts[0].market != market else None


@lru_cache(maxsize=4096)
def _written(seed: int, number: int, written_for: str | None, shown_on: str) -> str:
    words = [WORDS[place] for place in Draws(seed, "profile words", number, written_for).many_below(len(WORDS), LENGTH)]
    draws = Draws(seed, "profile changes", number, written_for, shown_on)
    return " ".join(draws.one(WORDS) if draws.happens(CHANGED) else word for word in words).capitalize() + "."


def profile(world: World, entity: Entity, market: str) -> str:
    """The text on the page of a vendor."""
    return _written(world.scenario.seed, *text_of(world, entity, market), market)
