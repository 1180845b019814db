"""The words by which pages name what they show, in several languages, and the forms of prices and dates."""

import re

# English, German, Dutch, French, Spanish, Italian, Portuguese, Russian; lower case
LABELS = {
    "title": "title|product|product name|item|listing|titel|produkt|artikel|titre|produit|título|titolo|название|товар",
    "ships_from_text": "ships from|ship from|shipping from|shipped from|ships from country|origin|origin country|from|"
    "versand aus|versand von|herkunft|verzonden vanuit|verzending vanuit|verzonden uit|vanuit|herkomst|expédié de|"
    "expédié depuis|expédition depuis|envoyé de|envoi depuis|origine|provenance|enviado desde|envío desde|origen|"
    "spedito da|provenienza|enviado de|origem|откуда|отправка из|доставка из",
    "ships_to_text": "ships to|ship to|shipping to|shipped to|ships to countries|destination|to|versand nach|"
    "lieferung nach|versand an|verzending naar|verzonden naar|naar|bestemming|expédié vers|expédition vers|envoi vers|"
    "livraison vers|livraison|envía a|envío a|envíos a|destino|spedisce a|destinazione|куда|доставка в|доставка",
    "vendor": "vendor|seller|sold by|offered by|shop|store|merchant|verkäufer|händler|anbieter|verkoper|aanbieder|"
    "vendeur|vendu par|vendedor|venditore|продавец|магазин",
    "price_text": "price|preis|prijs|prix|precio|prezzo|preço|цена|стоимость",
    "category_path": "category|categories|kategorie|categorie|catégorie|categoría|categoria|категория",
    "stock_text": "in stock|stock|available|availability|quantity in stock|quantity left|auf lager|verfügbar|bestand|"
    "voorraad|op voorraad|en stock|disponible|disponibile|em estoque|в наличии|остаток",
    "sales_text": "sold|sales|total sales|items sold|orders|deals|transactions|verkauft|verkäufe|verkocht|verkopen|"
    "ventes|vendus|ventas|vendidos|vendite|venduti|vendas|продано|продажи|сделки",
    "rating_text": "rating|vendor rating|seller rating|feedback|positive feedback|score|bewertung|beoordeling|"
    "évaluation|note|calificación|valutazione|avaliação|рейтинг",
    "registered_text": "member since|since|vendor since|seller since|active since|registered|registered since|"
    "registration date|joined|date joined|mitglied seit|registriert seit|lid sinds|geregistreerd|membre depuis|"
    "inscrit depuis|miembro desde|membro da|дата регистрации",
    "last_seen_text": "last seen|last online|last active|last login|last visit|last logged in|online|zuletzt online|"
    "zuletzt gesehen|laatst gezien|laatst online|dernière connexion|vu pour la dernière fois|última conexión|"
    "ultimo accesso|последний визит|был в сети",
}
FIELD_OF_LABEL = {word: field for field, words in LABELS.items() for word in words.split("|")}

# words in links and classes that lead to an account
ACCOUNT = re.compile(
    r"vendor|seller|merchant|member|profile|user|shop(?=[/=])|store(?=[/=])|[/=]u/|verk[aä]ufer|verkoper|vendeur|vendedor",
    re.IGNORECASE,
)

CODES = "USD|EUR|GBP|AUD|CAD|BTC|XMR|LTC|ETH|BCH|DASH"
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "฿": "BTC", "₿": "BTC", "Ƀ": "BTC", "ɱ": "XMR"}
_SIGNS = "".join(re.escape(sign) for sign in SYMBOLS)
NUMBER = r"\d+(?:[.,]\d+)*"
PRICE = re.compile(rf"[{_SIGNS}]\s?{NUMBER}|\b(?:{CODES})\s?{NUMBER}|{NUMBER}\s?(?:[{_SIGNS}]|(?:{CODES})\b)")

DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|"
    r"jul|aug|sep|oct|nov|dec)|\b\d+\s?(?:second|minute|hour|day|week|month|year|h|d)s? ?(?:\d+h)? ?(?:ago|old)\b|"
    r"\b(?:today|yesterday)\b",
    re.IGNORECASE,
)

# words of short pages without an offer; the first kind that fits. A bare number is no notice: prices have them too
NOTICES = (
    (
        "captcha",
        re.compile(r"captcha|enter the (?:code|text|characters|word)|type the|puzzle|not a robot", re.IGNORECASE),
    ),
    (
        "limit",
        re.compile(
            r"ddos|too (?:many|fast)|requests?/second|rate limit|please wait|queue|redirected|flood", re.IGNORECASE
        ),
    ),
    (
        "error",
        re.compile(
            r"not found|(?:error|http|status|^)\s*(?:40[34]|50[0-4])\b|does ?n[o']t exist|went wrong|\berror\b|"
            r"unavailable|no longer|introuvable|nicht gefunden|niet gevonden",
            re.IGNORECASE,
        ),
    ),
)


def label_of(text: str) -> str:
    """The form in which words are looked up: lower case, without the colon."""
    return " ".join(text.split()).strip(" :：-–•|").lower()
