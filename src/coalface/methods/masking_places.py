"""Where somebody lives and when they were born, as these are written in seven languages."""

import re
from collections.abc import Iterator
from typing import Final

from .masking_text import Span

_BIG: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_WORD: Final = rf"[{_BIG}][\w'.-]{{0,30}}"
_NUMBER: Final = r"\d{1,4}(?: ?[a-zA-Z](?!\w))?(?:[/-]\d{1,4}\w?)?(?!\w)"
_TOWN: Final = rf"[{_BIG}][\w'.-]{{1,30}}(?:[ -][{_BIG}][\w'.-]{{1,30}}){{0,2}}"
_UK: Final = r"(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)"
_CODED_TOWN: Final = (
    rf"(?:(?:CH|DE?|AT?|FR?|B|L|I|NL|PL|ES?)-)?\d{{4,5}} (?:[A-Z]{{2}} )?{_TOWN}|\d\d-\d{{3}} {_TOWN}"
)
_TAIL: Final = (
    rf"(?:,?\s{{1,3}}(?:{_CODED_TOWN})|(?:,?\s{{1,2}}{_TOWN}){{0,2}},?\s{{1,2}}{_UK}"
    rf"|(?:,? {_TOWN}){{1,2}},? [A-Z]{{2}} \d{{5}}(?:-\d{{4}})?(?!\w))?"
)
_ENGLISH: Final = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Way|Court|Ct|Place|Pl|Crescent|Terrace|Square|Sq"
    "|Boulevard|Blvd|Gardens|Grove|Hill|Row|Mews|Park|Walk|Gate|Green|Rise|Parade"
)
_GERMAN: Final = (
    "weg|platz|gasse|allee|ring|damm|ufer|steig|stieg|hof|graben|berg|markt|halde|rain|matte|strasse|straße"
)
_DUTCH: Final = "straat|laan|gracht|plein|kade|dijk|singel|steeg|weg|pad|hof"
_OF: Final = (
    r"(?:de la |de las |de los |de l'|de |du |des |del |della |dell'|delle |dei |degli |d'|la |le |les "
    r"|l')?"
)

_STREETS: Final = tuple(
    re.compile(rf"(?<![\w/.,-]){street}{_TAIL}")
    for street in (
        (
            rf"(?:(?:Flat|Apt\.?|Apartment|Suite"
            rf"|Unit) \d{{1,4}}\w?,? )?\d{{1,5}}[A-Za-z]?(?:-\d{{1,4}})?,? (?:{_WORD} ){{1,3}}"
            rf"(?:{_ENGLISH})\b\.?(?: (?:NW|NE|SW|SE|N|S|E|W)\b)?"
            r"(?:,? (?:Apt\.?|Apartment|Unit|Suite|Ste\.?|Flat|Floor|#) ?\d{1,4}[A-Za-z]?(?!\w))?"
        ),
        (
            r"(?:(?:Alte|Neue|Obere|Untere|Hintere|Vordere|Große|Grosse|Kleine|Lange|Hohe|Sankt|St\.) )?"
            r"\w[\w-]{1,40}(?:straße|strasse|str\.) ?"
        )
        + _NUMBER,
        (
            rf"(?:(?:Am|An der|Im|In der|Zum|Zur|Auf der|Auf dem"
            rf"|Unter den) )?[{_BIG}][\w-]{{2,40}}(?:{_GERMAN}|{_DUTCH}) {_NUMBER}"
        ),
        rf"(?:{_WORD} ){{1,2}}(?:Straße|Strasse|Gasse|Allee|Weg|Platz|Ring|Markt|Ufer|Graben) {_NUMBER}",
        rf"(?:{_WORD} )(?:[{_BIG}][\w-]{{2,30}})?(?:{_DUTCH}) {_NUMBER}",
        (
            r"\d{1,4}(?: ?(?:bis|ter|quater)(?!\w))?,? (?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|ch\."
            r"|impasse|allée|quai"
            rf"|route|rte|cours|passage|square|ruelle|faubourg) {_OF}{_WORD}(?:[ -](?:{_OF}){_WORD}){{0,3}}"
        ),
        (
            rf"(?:Calle|calle|C/|Avda\.?|Avenida|avenida|Plaza|plaza|Paseo|paseo|Carrer|Camino|camino"
            rf"|Ronda) ?{_OF}{_WORD}"
            rf"(?: {_OF}{_WORD}){{0,3}},? (?:n[º°.]? ?)?{_NUMBER}"
        ),
        (
            rf"(?:Via|via|Viale|viale|Piazza|piazza|Corso|corso|Vicolo|Largo"
            rf"|Strada) {_OF}{_WORD}(?: {_OF}{_WORD}){{0,3}},? {_NUMBER}"
        ),
        (
            rf"(?:ul\.|ulica|ulicy|al\.|aleja|alei|pl\.|plac|os\.|osiedle"
            rf"|osiedlu) ?{_WORD}(?: {_WORD}){{0,3}} {_NUMBER}(?: m\. ?\d+)?"
        ),
    )
)
_BOXES = re.compile(rf"(?:P\.? ?O\.? Box|Postfach|[Cc]ase postale|Apartado) \d{{1,6}}(?!\w){_TAIL}")
_LIVES: Final = re.compile(
    r"(?:\bwohn\w*|\bleb(?:e|en|t)\b|komme aus|umgezogen|zuhause|daheim|\bplz\b|postleitzahl|adresse"
    r"|anschrift|live in"
    r"|live at|living in|\bpostcode|\bzip\b|code postal|habit\w*|viv(?:o|imos) en|abit(?:o|iamo) (?:a|in)"
    r"|woon\w* (?:in|op)"
    r"|mieszka\w* (?:w|przy)|kod pocztowy|deliver to|schick\w*|nach hause)",
    re.IGNORECASE,
)
_CODED = re.compile(rf"(?<![\w/.,-]){_CODED_TOWN}")
_SURELY_CODED = re.compile(
    rf"(?<![\w/.,-])(?:(?:CH|DE?|AT?|FR?|B|L|I|NL|PL|ES?)-\d{{4,5}} {_TOWN}|\d{{4}} [A-Z]{{2}},? {_TOWN}"
    rf"|\d\d-\d{{3}} {_TOWN}|{_UK})"
)
_BY_A_WORD = re.compile(
    rf"(?:Am|An der|An den|Im|In der|In den|Zum|Zur|Auf dem|Auf der"
    rf"|Unter den) (?:{_WORD} ){{1,3}}{_NUMBER}{_TAIL}"
)
_OURS: Final = re.compile(
    r"(?:filiale|geschäft|laden|shop|store|branch|agence|magasin|boutique|tienda|sucursal|negozio|filiaal"
    r"|winkel|sklep"
    r"|oddzia|standort|restaurant|hotel|outlet|theatre|theater|baustelle)\w*(?: \w+){0,3} ?\Z",
    re.IGNORECASE,
)
_OURS_AFTER: Final = re.compile(
    r" (?:branch|store|shop|office|station|filiale|buses|bus|exit)\b", re.IGNORECASE
)
_NO_STREET: Final = re.compile(
    r"(?:der|die|das|den|dem|ein|eine|kein|mein|dein|unser|euer|ihr|dieser|jeder|tisch|gleis|zimmer|kurs"
    r"|(?:sitz|park|stell|fenster|gang|arbeits|lager|liege|camping|bau)platz|(?:heim|rück|hin|um|arbeits"
    r"|schul|an)weg"
    r"|bahnhof|flughafen|innenhof|vorhang|frühling|umfang)(?!\w)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"\b(?:exit|gate|platform|line|bus|tram|route|zone|level|bay|stop|junction|ausfahrt|linie|gleis|sortie|ligne"
    r"|salida|línea|uscita|linea) \Z",
    re.IGNORECASE,
)
_A_LENGTH: Final = re.compile(
    r" ?(?:km|m|min|minuten|uhr|euro?|chf|franken|kg|%|€|prozent|meter|stunden)(?!\w)", re.IGNORECASE
)

_MONTHS: Final = (
    r"jan\w*|jän\w*|feb\w*|fév\w*|mar\w*|mär\w*|mrt|maart|apr\w*|avr\w*|abr\w*|kwi\w*|mai|maj\w*|may\w*"
    r"|mei|mag\w*|jun\w*|juin"
    r"|giu\w*|cze\w*|jul\w*|juil\w*|lug\w*|lip\w*|aug\w*|août|ago\w*|sie\w*|sep\w*|set\w*|wrz\w*"
    r"|o[ck]t\w*|ott\w*|paź\w*"
    r"|nov\w*|lis\w*|de[cz]\w*|déc\w*|dic\w*|gru\w*|gen\w*|ene\w*|lut\w*|sty\w*|luglio|wrześ\w*"
)
_DAY: Final = (
    rf"(?:\d{{1,2}}\. ?\d{{1,2}}\. ?\d{{2,4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)? (?:of |de )?(?:{_MONTHS})\.?,? (?:de |del )?\d{{4}}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?!\w)"
)
_BORN = re.compile(
    r"(?:\bborn\b|date of birth|\bdob\b|birthday|geboren|\bgeb\.?(?:-datum)?\b|geburts(?:datum|tag)"
    r"|\bnée?\b|naissance"
    r"|\bnací\b|nacid[oa]|nacimiento|\bnat[oa]\b|nascita|geboorte\w*|urodz\w+|\bur\.)"
    rf"(?:[\s.:,]{{1,3}}(?:on|am|den|the|le|el|il|op|dnia|is|ist|est|es|è|was|war|the|i was"
    rf"|de)\b){{0,2}}[\s.:,]{{0,3}}(?P<day>{_DAY})",
    re.IGNORECASE,
)
_DAY_BORN = re.compile(
    rf"(?<![\w.])(?P<day>{_DAY})[ ,]{{1,3}}(?:geboren|urodzon|born\b|né(?:e)?\b|nacid|nat[oa]\b)",
    re.IGNORECASE,
)


def places(text: str) -> Iterator[Span]:
    """Address lines and dates of birth.

    Shapes: a plain text. A street counts with a house number, a postcode with its town (a British one alone);
    a postcode without a street only where somebody says that they live there. Not counted: what is said to be
    a shop, numbers of seats, lengths. A date counts after a word for being born. Units: characters.
    Errors: none. Source: own rules for English, German, French, Dutch, Spanish, Italian and Polish.

    >>> sorted({span.kind for span in places("Ich wohne Seestrasse 45a, geboren am 17.04.1961")})
    ['address', 'birth']
    """
    for street in _STREETS:
        for found in street.finditer(text):
            if _somebodys(text, found.start(), found.end()) and not _NO_STREET.match(found[0]):
                yield _address(found)
    for found in _BOXES.finditer(text):
        if _somebodys(text, found.start(), found.end()):
            yield _address(found)
    for found in _SURELY_CODED.finditer(text):
        yield _address(found)
    for rule, reach in ((_CODED, 20), (_BY_A_WORD, 20)):
        for found in rule.finditer(text):
            lives = _LIVES.search(text, max(0, found.start() - reach), found.start())
            if lives and _somebodys(text, found.start(), found.end()):
                yield _address(found)
    for rule in (_BORN, _DAY_BORN):
        for found in rule.finditer(text):
            yield Span(found.start("day"), found.end("day"), "birth")


def _address(found: re.Match[str]) -> Span:
    """Without the full stop of its sentence."""
    return Span(found.start(), found.end() - found[0].endswith("."), "address")


def _somebodys(text: str, start: int, end: int) -> bool:
    """Not one of our shops, not a length or an hour, not exit 4 on a street."""
    if _NUMBERED.search(text, max(0, start - 20), start):
        return False
    if _OURS.search(text, max(0, start - 45), start) or _OURS_AFTER.match(text, end):
        return False
    return not _A_LENGTH.match(text, end)
