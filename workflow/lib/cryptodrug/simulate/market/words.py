"""Words of the invented market. Plainly artificial: nobody sold under these titles."""

NOTICE = "Simulated page. This market, its vendors and its goods are invented; nothing is for sale."
ORIGINS = {
    "BE": {"en": "Belgium", "nl": "België", "fr": "Belgique", "de": "Belgien"},
    "NL": {"en": "Netherlands", "nl": "Nederland", "fr": "Pays-Bas", "de": "Niederlande"},
    "DE": {"en": "Germany", "nl": "Duitsland", "fr": "Allemagne", "de": "Deutschland"},
    "FR": {"en": "France", "nl": "Frankrijk", "fr": "France", "de": "Frankreich"},
    "GB": {"en": "United Kingdom", "nl": "UK", "fr": "Royaume-Uni", "de": "UK"},
    "US": {"en": "United States", "nl": "USA", "fr": "États-Unis", "de": "USA"},
    "CA": {"en": "Canada", "nl": "Canada", "fr": "Canada", "de": "Kanada"},
}
DESTINATIONS = {
    "neighbours": ("Benelux, France, Germany", "Belgium, Netherlands, Luxembourg", "BE / NL / DE / FR"),
    "europe": ("Europe", "EU", "Europa"),
    "worldwide": ("Worldwide", "World wide", "WW"),
    "worldwide-except": ("Worldwide except USA", "Worldwide except USA, Australia", "Worldwide, not to Canada"),
}
TITLES = {
    "en": ("{name} {size}", "{size} {name} - sample {mark}", "Sample {mark}: {name} {size} [free shipping]"),
    "nl": ("{name} {size} topkwaliteit", "Monster {mark} {name} {size}", "{size} {name} uit voorraad"),
    "de": ("{name} {size} beste Qualität", "Muster {mark} {name} {size}", "{size} {name} ab Lager"),
    "fr": ("{name} {size} qualité supérieure", "Échantillon {mark} {name} {size}", "{size} {name} en stock"),
}
MARKS = ("Alfa", "Bravo", "Delta", "Echo", "Hotel", "Lima", "Oscar", "Tango & Co", "Victor", "Zulu")
DESCRIPTIONS = {
    "en": "Invented goods, described for nobody. Orders are not possible. In France or Canada: simulated too.",
    "nl": "Verzonnen waar, voor niemand beschreven. Bestellen kan niet. In Frankrijk of Canada: ook gesimuleerd.",
    "de": "Erfundene Ware, für niemanden beschrieben. Bestellen geht nicht. In Frankreich oder Kanada: auch simuliert.",
    "fr": "Marchandise inventée, décrite pour personne. Aucune commande possible. En Allemagne : également simulée.",
}
OPINIONS = {
    "en": ("Simulated thanks", "Simulated: arrived", "Simulated: took a while"),
    "nl": ("Gesimuleerde dank", "Gesimuleerd: aangekomen", "Gesimuleerd: duurde even"),
    "de": ("Simulierter Dank", "Simuliert: angekommen", "Simuliert: dauerte lange"),
    "fr": ("Merci simulé", "Simulé : bien arrivé", "Simulé : un peu long"),
}
