"""Every table of the database, declared once: columns, types, units, meaning, key. All else is made from here."""

from cryptodrug.careers.drugs import DRUGS
from cryptodrug.database.columns import PAGE_ID, POLICIES, RATE_SOURCES, STATUSES, DatabaseColumn, DatabaseTable
from cryptodrug.database.columns import column as _column
from cryptodrug.database.columns import identity as _identity
from cryptodrug.database.terms import PRICE, REFERENCE, SCORE, SHIPPING
from cryptodrug.reading.tables import PAGE_KINDS, PAGE_RANK

__all__ = ["TABLES", "DatabaseColumn", "DatabaseTable"]

SNAPSHOT = DatabaseTable(
    "snapshot",
    "One row per market and snapshot: how much of it was read.",
    ("market", "snapshot_date"),
    (
        *_identity(),
        _column("archives", "integer", "files of this snapshot", minimum=0),
        _column("pages_read", "integer", "pages in all files", required=True, minimum=0),
        *(
            _column(f"pages_{kind}", "integer", f"pages of kind `{kind}`", required=True, minimum=0)
            for kind in PAGE_KINDS
        ),
        _column("first_day", "date", "first day of capture that the archive or the pages state"),
        _column("last_day", "date", "last such day: a crawl of several days is one snapshot"),
        _column("listings_found", "integer", "distinct listings filed under drugs", minimum=0),
        _column("vendors_found", "integer", "distinct vendors with such a listing", minimum=0),
        _column("listings_printed", "integer", "drug listings that the front page prints", minimum=0),
        _column("printed_at_least", "flag", "the printed number is a lower bound (`12900+`)"),
    ),
)

PAGE = DatabaseTable(
    "page",
    "One row per page of every archive. Paths can be names of vendors: this table never leaves the team.",
    ("page_id",),
    (
        PAGE_ID,
        *_identity(),
        _column("path", "text", "path inside the archive", required=True),
        _column("sha256", "text", "checksum of the page", required=True),
        _column("bytes", "integer", "size of the page", required=True, minimum=0),
        _column("captured_at", "text", "when the page was fetched, as the archive says"),
        _column("day", "date", "day of its capture in universal time, by the archive or by its own clock"),
        _column("kind", "text", "kind of page", required=True),
        _column("layout", "text", "template that read it"),
        _column("note", "text", "cut, empty, encoding, double-escaped, duplicate-capture ..., joined by `;`"),
        _column("printed", "text", "totals that a front page prints, by category of the common tree, JSON"),
        _column("rate_text", "text", "exchange rate that the page prints"),
        _column("rate_pair", "text", "what that rate is"),
        _column("rates", "text", "several exchange rates, each with its pair as printed, JSON"),
        _column("clock_text", "text", "date and time that the page prints of itself"),
        _column("list_text", "text", "what the page lists: category or search"),
        _column("list_page_text", "text", "which page of a longer list it is"),
        _column("message_text", "text", "what a page says that is no page of the market"),
        _column("refresh_text", "text", "seconds after which it sends on"),
        _column("redirect_text", "text", "where it sends on to"),
    ),
)

LISTING = DatabaseTable(
    "listing",
    "One row per listing and snapshot.",
    ("market", "snapshot_date", "listing_id"),
    (
        _column("listing_id", "text", "`<market>:<native id>`, or 12 hex digits of vendor and title", required=True),
        *_identity(),
        PAGE_ID,
        _column("title", "text", "title as printed"),
        _column("vendor", "text", "account as printed"),
        _column("entity_id", "text", "entity of the account (`vendor_entity`)"),
        _column("series_id", "text", "the offer over all snapshots (`listing_series`)", required=True),
        _column("numbered", "flag", "the market itself names the number of the listing", required=True),
        _column("category_path", "text", "category of the market, levels joined by `/`"),
        _column("drug_class", "text", "class by workflow/judgements/drug_classes.csv; missing: no drug"),
        _column("is_drug", "flag", "filed under drugs; missing: category not known"),
        _column("price_text", "text", "price as printed"),
        _column("price_amount", "number", "price in `price_currency`", minimum=0),
        _column("price_currency", "text", "currency of the printed price"),
        _column("price_eur", "number", "price in euro", minimum=0),
        _column("eur_rate", "number", "euro per unit of the currency of the price", minimum=0),
        _column(
            "eur_rate_source",
            "text",
            "the page, other pages of the snapshot, a daily file, a day between two of its days, the reference rate",
            values=RATE_SOURCES,
        ),
        _column("eur_rate_path", "text", "pairs over which it was converted, `BTC/USD USD/EUR`"),
        _column("btc_usd", "number", "dollar per bitcoin, for prices in bitcoin", minimum=0),
        _column("btc_usd_source", "text", "where that comes from", values=("page", "snapshot", "day", "interpolated")),
        _column("usd_eur", "number", "euro per dollar used", minimum=0),
        _column("usd_eur_date", "date", "day of that rate"),
        _column("quantity_g", "number", "grams", minimum=0),
        _column("quantity_units", "number", "units (pills, blotters, ...)", minimum=0),
        _column("quantity_status", "text", "what the title says", values=("grams", "units", "ambiguous", "none")),
        _column("price_eur_per_g", "number", "euro per gram as advertised", minimum=0),
        _column("price_eur_per_unit", "number", "euro per unit as advertised", minimum=0),
        _column("ships_from_text", "text", "origin as printed"),
        _column("ships_from", "text", "declared origin: ISO 3166 alpha-2, sorted, joined by `|`"),
        _column("ships_from_status", "text", "how sure that is", required=True, values=STATUSES),
        _column("ships_from_of_vendor", "flag", "its page shows none: that of its vendor's other listings"),
        _column("ships_to_text", "text", "destination as printed"),
        _column("ships_to", "text", "destination countries, ISO 3166 alpha-2, joined by `|`"),
        _column("ships_to_policy", "text", "stated destination policy", required=True, values=POLICIES),
        _column("ships_to_except", "text", "countries taken out of the destination"),
        _column("ships_to_of_vendor", "flag", "its page shows none: that of its vendor's other listings"),
        _column("rating_text", "text", "rating beside the vendor as printed"),
        _column("sales_text", "text", "sales beside the vendor as printed"),
        _column("sales_total", "integer", "sales counter of the listing", minimum=0),
        _column("stock_text", "text", "stock as printed"),
        _column("description_length", "integer", "characters of the description", minimum=0),
        _column("holding_own_history", "flag", "holding price: far above its other prices", required=True),
        _column("holding_class", "flag", "holding price: far above its class and size band", required=True),
        _column("holding_cap", "flag", "holding price: very high, quantity unknown", required=True),
    ),
)

LISTING_PAGE = DatabaseTable(
    "listing_page",
    "One row per appearance of a listing on a page.",
    ("listing_id", "page_id", "position"),
    (
        _column("listing_id", "text", "listing", required=True),
        *_identity(),
        PAGE_ID,
        _column("position", "integer", "row on the page, from 0", required=True, minimum=0),
        _column("page_kind", "text", "kind of the page", required=True, values=tuple(PAGE_RANK)),
    ),
)

VENDOR = DatabaseTable(
    "vendor",
    "One row per vendor page (account) and snapshot.",
    ("market", "snapshot_date", "vendor"),
    (
        _column("vendor", "text", "account as printed", required=True),
        _column("entity_id", "text", "entity of the account (`vendor_entity`)"),
        *_identity(),
        PAGE_ID,
        _column("rating_text", "text", "rating as printed"),
        _column("rating", "number", "rating as a share of the best one", minimum=0),
        _column("sales_text", "text", "sales band as printed"),
        _column("sales_low", "integer", "smallest number of sales in the band", minimum=0),
        _column("sales_high", "integer", "largest number; missing: open band", minimum=0),
        _column("registered_text", "text", "registration as printed"),
        _column("last_seen_text", "text", "last seen as printed"),
        _column("pgp_present", "flag", "a public key is shown"),
        _column("pgp_fingerprint", "text", "fingerprint of that key"),
        _column("profile_sketch", "text", "codes of runs of words of its profile: a shared text is recognised"),
        _column("ships_from", "text", "declared origins of its listings on that day"),
    ),
)

FEEDBACK = DatabaseTable(
    "feedback",
    "One row per feedback shown. The text itself is not kept.",
    ("page_id", "position"),
    (
        PAGE_ID,
        _column("position", "integer", "row on the page, from 0", required=True, minimum=0),
        *_identity(),
        _column("listing_id", "text", "listing it belongs to"),
        _column("vendor", "text", "vendor it belongs to, where the page says so"),
        _column("text_key", "text", "hash of the text: an edited feedback is recognised"),
        _column("text_length", "integer", "characters of the text", minimum=0),
        _column("language", "text", "language of the text (ISO 639-1); missing where it is short or not clear"),
        _column("posted_text", "text", "date or age as printed"),
        _column("posted_low", "date", "first day on which it can have been posted"),
        _column("posted_high", "date", "last such day"),
        _column("score", "number", "score as a share of the best one", minimum=0),
        _column("amount", "text", "amount as printed"),
        _column("feedback_shown", "integer", "feedback on this page", minimum=0),
        _column("truncated", "flag", "the page shows as many as it ever does"),
    ),
)

RATE = DatabaseTable(
    "rate",
    "Exchange rates of the day of each snapshot: one unit of `base` costs `rate` units of `quote`.",
    ("market", "snapshot_date", "base", "quote", "source"),
    (
        *_identity(),
        _column("base", "text", "currency that is priced", required=True),
        _column("quote", "text", "currency of the price", required=True),
        _column(
            "source",
            "text",
            "pages of the snapshot (the median), a daily file, a day between two of its days, or the reference rate",
            required=True,
            values=("page", "day", "interpolated", "reference"),
        ),
        _column("rate", "number", "the rate", required=True, minimum=0),
        _column("rate_low", "number", "lowest rate on the pages", minimum=0),
        _column("rate_high", "number", "highest rate on the pages", minimum=0),
        _column("pages", "integer", "pages that print it", required=True, minimum=0),
        _column("rate_date", "date", "day of the rate", required=True),
    ),
)

LISTING_SERIES = DatabaseTable(
    "listing_series",
    "Listing ids that are one offer (`tracking` in the configuration). A number of the market is an offer of its own.",
    ("market", "listing_id"),
    (
        _column("market", "text", "market", required=True),
        _column("listing_id", "text", "listing", required=True),
        _column("series_id", "text", "first listing id of the offer", required=True),
        _column(
            "evidence", "text", "what joins it to the listing before", required=True,
            values=("itself", "title", "similar-title"),
        ),
        _column("likeness", "number", "likeness of both titles, 0 to 100", required=True, minimum=0),
    ),
)  # fmt: skip

EVIDENCE = ("account", "key", "name", "text", "key-name", "key-text", "name-text", "key-name-text")

VENDOR_ENTITY = DatabaseTable(
    "vendor_entity",
    "Accounts that belong together, by the evidence that the study admits (`population.link_by`).",
    ("market", "vendor"),
    (
        _column("entity_id", "text", "entity", required=True),
        _column("market", "text", "market of the account", required=True),
        _column("vendor", "text", "account as printed", required=True),
        _column("evidence", "text", "what links it", required=True, values=EVIDENCE),
        _column("strength", "text", "how strong that is", required=True, values=("own", "strong", "medium", "weak")),
        _column("from_date", "date", "first snapshot with the account", required=True),
    ),
)

RESPONDENT = DatabaseTable(
    "respondent",
    "One row per respondent of the survey, where the study has one. It stands apart from the market tables.",
    ("respondent",),
    (
        _column("respondent", "integer", "number of the respondent in the export", required=True),
        _column("dropped_out", "flag", "left before the end of the questionnaire", required=True),
    ),
    "Two columns for each variable of the questionnaire (`survey.questionnaire`) that is no text: `<variable>`, the "
    "published category, `given` for a number, or `missing:<reason>`; and `<variable>_code`, the code or number of the "
    "export (a month as 201905). Missing answers keep their reason in both: -6 not asked, -7 don't know, -8 prefer not "
    "to say, -9 shown and not answered, -5 (`missing:drop-out`) behind the last answer of who left, -4 "
    "(`missing:empty`) empty without a reason. The codebook, `results/<study>/survey/codebook.json`, says what each "
    "variable asks; all are checked when the export is read.",
)

RESPONDENT_DRUG = DatabaseTable(
    "respondent_drug",
    "One row per respondent and drug of the questionnaire. Codes as in `respondent`, missing ones too.",
    ("respondent", "drug"),
    (
        _column("respondent", "integer", "number of the respondent in the export", required=True),
        _column("drug", "text", "last part of the variables of this drug (`can`)", required=True, values=DRUGS),
        _column("ever", "integer", "0 never used, 1 first used before the first purchase, 2 with or after it"),
        _column("bf_freq", "integer", "frequency in the 12 months before the first purchase, 0 to 5"),
        _column("bf_amt", "integer", "usual amount then, 1 to 5 in units of the drug"),
        _column("bf_src", "integer", "main source then"),
        _column("nw_freq", "integer", "frequency in the last 12 months, or since the first purchase, 0 to 5"),
        _column("nw_amt", "integer", "usual amount now"),
        _column("nw_src", "integer", "main source now"),
        _column("cm", "integer", "ever bought on a cryptomarket: 0 no, 1 yes"),
    ),
)

INTERVIEW = DatabaseTable(
    "interview",
    "One row per interview, where the study has any. Its words are in no table.",
    ("interview",),
    (
        _column("interview", "text", "number of the interview, never a name", required=True),
        _column("language", "text", "language in which it was held", required=True),
        _column("training", "flag", "coded together to learn the code book", required=True),
        _column("characters", "integer", "length of the transcript; missing: it is in no project", minimum=0),
        _column("passages", "integer", "different passages that anybody marked", required=True, minimum=0),
    ),
)

INTERVIEW_CODE = DatabaseTable(
    "interview_code",
    "One row per passage, coder and code.",
    ("segment", "coder", "code"),
    (
        _column("interview", "text", "interview", required=True),
        _column("segment", "text", "passage: numbered in the order of the transcript", required=True),
        _column("coder", "text", "coder, or the consensus of both", required=True),
        _column("code", "text", "code of the code book", required=True),
        _column(
            "direction", "text", "whether it was so, was not so, or both", required=True, values=("yes", "no", "both")
        ),
        _column("begins", "integer", "first character of the passage, from 0; missing: not in a text", minimum=0),
        _column("ends", "integer", "character behind the last one", minimum=0),
    ),
)

QUOTATION = DatabaseTable(
    "quotation",
    "The register of quotations without their words.",
    ("quotation",),
    (
        _column("quotation", "text", "id by which a document cites it", required=True),
        _column("interview", "text", "interview it comes from", required=True),
        _column("code", "text", "code of its passage", required=True),
        _column("language", "text", "language in which it was said", required=True),
        _column("form", "text", "how it is printed", required=True, values=("paraphrase", "verbatim")),
        _column("consent", "text", "what was agreed", required=True, values=("none", "paraphrase", "verbatim")),
        _column("removed", "text", "kinds of what was taken out, joined by `|`", required=True),
        _column("state", "text", "last step on its way", required=True),
        _column("month", "text", "month of that step", required=True),
        _column("role", "text", "role of who took it", required=True),
    ),
)

TABLES: dict[str, DatabaseTable] = {
    table.name: table
    for table in (
        SNAPSHOT,
        PAGE,
        LISTING,
        LISTING_PAGE,
        LISTING_SERIES,
        VENDOR,
        VENDOR_ENTITY,
        FEEDBACK,
        PRICE,
        SHIPPING,
        REFERENCE,
        SCORE,
        RATE,
        RESPONDENT,
        RESPONDENT_DRUG,
        INTERVIEW,
        INTERVIEW_CODE,
        QUOTATION,
    )
}
