"""What goes wrong while a market is downloaded, in known numbers."""

from collections.abc import Callable

from cryptodrug.simulate.pages import captcha_page, error_page, limit_page, login_page

CUT_TAIL = '<section id="opinions">'

# the kind a fault gives to a page; None: the page is not in the archive, "": the page keeps its kind
KIND_AFTER: dict[str, str | None] = {
    "missed": None,
    "login": "login",
    "captcha": "captcha",
    "limit": "limit",
    "error": "error",
    "empty": "empty",
    "cut_head": "cut",
    "cut_tail": "",
    "front": "front",
}


def spoil(fault: str | None, page: str, market: str, front: Callable[[], str]) -> str | None:
    """The page as it arrives, None when it does not.

    `cut_head` breaks off before the page can be recognised, `cut_tail` behind the facts of an offer and before its
    feedback; `front` is the front page in place of the page asked for.
    """
    if fault is None:
        return page
    if fault == "missed":
        return None
    if fault == "cut_head":
        return page[: page.index("<body")]
    if fault == "cut_tail":
        return page[: page.index(CUT_TAIL)]
    made = {
        "login": lambda: login_page(market),
        "captcha": lambda: captcha_page(market),
        "limit": limit_page,
        "error": lambda: error_page(market),
        "empty": lambda: "\n",
        "front": front,
    }
    return made[fault]()
