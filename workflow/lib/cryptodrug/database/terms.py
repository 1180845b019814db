"""Tables of what pages say beside offers and accounts: further prices, ways of sending, records elsewhere, opinions."""

from cryptodrug.database.columns import PAGE_ID, POLICIES, RATE_SOURCES, DatabaseColumn, DatabaseTable, column, identity


def _place() -> tuple[DatabaseColumn, ...]:
    return (
        PAGE_ID,
        column("position", "integer", "row on the page, from 0", required=True, minimum=0),
        *identity(),
    )


def _euro() -> tuple[DatabaseColumn, ...]:
    return (
        column("price_text", "text", "price as printed"),
        column("price_amount", "number", "price in `price_currency`; missing: none shown, or no number", minimum=0),
        column("price_currency", "text", "currency of the printed price"),
        column("price_eur", "number", "price in euro", minimum=0),
        column("eur_rate", "number", "euro per unit of the currency of the price", minimum=0),
        column("eur_rate_source", "text", "where that rate comes from, as in `listing`", values=RATE_SOURCES),
        column("eur_rate_path", "text", "pairs over which it was converted, `BTC/USD USD/EUR`"),
    )


LISTING_ID = column("listing_id", "text", "listing it belongs to; missing: the page does not say")

PRICE = DatabaseTable(
    "price",
    "One row per further price of a listing: for another quantity, in another currency. Only those of its best page.",
    ("page_id", "position"),
    (
        *_place(),
        LISTING_ID,
        column(
            "basis",
            "text",
            "what the price is: of a quantity, the lowest for a large one, in the currency of the vendor, converted",
            required=True,
            values=("quantity", "bulk", "vendor", "converted", "other"),
        ),
        column("pieces_low", "integer", "from how many pieces on it holds; missing: none stated", minimum=0),
        column("pieces_high", "integer", "up to how many pieces", minimum=0),
        column("unit_text", "text", "what the price is for, as printed"),
        column("piece_g", "number", "grams in one piece", minimum=0),
        column("piece_units", "number", "units (pills, blotters, ...) in one piece", minimum=0),
        column(
            "piece_from",
            "text",
            "what says so: the unit of the price, the title, nothing",
            required=True,
            values=("unit", "title", "none"),
        ),
        column("quantity_low_g", "number", "grams from which the price holds", minimum=0),
        column("quantity_low_units", "number", "units from which the price holds", minimum=0),
        column("discount_percent", "number", "per cent off, as printed", minimum=0),
        *_euro(),
        column("price_eur_per_g", "number", "euro per gram as advertised: a price is for one piece", minimum=0),
        column("price_eur_per_unit", "number", "euro per unit as advertised", minimum=0),
    ),
)

SHIPPING = DatabaseTable(
    "shipping",
    "One row per way of sending a listing, of its best page.",
    ("page_id", "position"),
    (
        *_place(),
        LISTING_ID,
        column("name_text", "text", "name of the way as printed"),
        column("ships_to", "text", "countries that the name says, ISO 3166 alpha-2, joined by `|`"),
        column("ships_to_except", "text", "countries taken out"),
        column(
            "ships_to_policy", "text", "destination policy of this way, from its name", required=True, values=POLICIES
        ),
        column("tracked", "flag", "the name says that a number follows the parcel, or that none does"),
        column("further_orders", "flag", "only for who has paid for sending in another order", required=True),
        column("days_low", "integer", "fewest days stated", minimum=0),
        column("days_high", "integer", "most days stated", minimum=0),
        column("per", "text", "what the price is for", values=("item", "order")),
        *_euro(),
        column("other_price_amount", "number", "the same price in `other_price_currency`", minimum=0),
        column("other_price_currency", "text", "second currency of the printed price"),
    ),
)

REFERENCE = DatabaseTable(
    "reference",
    "One row per record of an account on another market, as its page here claims or vouches; of its best page.",
    ("page_id", "position"),
    (
        *_place(),
        column("vendor", "text", "account as printed"),
        column("entity_id", "text", "entity of the account (`vendor_entity`)"),
        column("other_market", "text", "id of the other market (`market_names.csv`); missing: no such name"),
        column("market_text", "text", "other market as printed"),
        column("meaning_text", "text", "what the page says that the record is"),
        column("sales_low", "integer", "smallest number of sales there", minimum=0),
        column("sales_high", "integer", "largest number; missing: open band", minimum=0),
        column("rating", "number", "rating there as a share of the best one", minimum=0),
        column("positive", "integer", "positive opinions there", minimum=0),
        column("neutral", "integer", "neutral opinions there", minimum=0),
        column("negative", "integer", "negative opinions there", minimum=0),
    ),
)

SCORE = DatabaseTable(
    "score",
    "One row per count of opinions on an account, by period and score; of its best page.",
    ("page_id", "position"),
    (
        *_place(),
        column("vendor", "text", "account as printed"),
        column("entity_id", "text", "entity of the account (`vendor_entity`)"),
        column("period_text", "text", "period as printed"),
        column("period_months", "integer", "months before the page", minimum=0),
        column("period_side", "text", "the last so many months, or what is older", values=("newer", "older")),
        column("score_text", "text", "score as printed"),
        column(
            "score_scale",
            "text",
            "stars of five, three opinions, or the mean of all",
            values=("stars", "opinion", "mean"),
        ),
        column("score", "number", "place on that scale as a share of the best: one star of five is 0.2", minimum=0),
        column("count", "integer", "opinions; missing: none shown, or a mean", minimum=0),
        column("mean", "number", "mean as a share of the best, where the row is one", minimum=0),
    ),
)
