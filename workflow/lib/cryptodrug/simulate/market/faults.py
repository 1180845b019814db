"""What goes wrong while a market is downloaded, in known numbers."""

from collections.abc import Callable
from types import ModuleType

# the kind a fault gives to a page; None: the page is not in the archive, "": the page keeps its kind
KIND_AFTER: dict[str, str | None] = {
    "missed": None,
    "outage": None,
    "login": "login",
    "captcha": "captcha",
    "limit": "limit",
    "error": "error",
    "empty": "empty",
    "cut_head": "cut",
    "cut_tail": "",
    "front": "front",
}
# what the server answers where it does not answer with the page
STATUS = {"error": 404, "limit": 503}


def spoil(fault: str | None, page: str, market: str, design: ModuleType, front: Callable[[], str]) -> str | None:
    """The page as it arrives, None when it does not.

    `cut_head` breaks off before the page can be recognised, `cut_tail` behind the facts of an offer and before its
    feedback or description; `front` is the front page in place of the page asked for.
    """
    if fault is None:
        return page
    if KIND_AFTER[fault] is None:
        return None
    if fault == "cut_head":
        return page[: page.index(design.CUT_HEAD)]
    if fault == "cut_tail":
        return page[: page.index(design.CUT_TAIL)]
    made = {
        "login": lambda: design.login_page(market),
        "captcha": lambda: design.captcha_page(market),
        "limit": design.limit_page,
        "error": lambda: design.error_page(market),
        "empty": lambda: "\n",
        "front": front,
    }
    return made[fault]()
