"""People's names: those we know, those who introduce themselves, those who sign, those with a title."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .masking_text import Span

_BIG: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_ONE: Final = rf"[{_BIG}](?:[\w'-]{{0,40}}\w|\.)?"
_PARTICLE: Final = (
    r"(?:(?:von|vom|van|de|der|den|des|del|della|di|da|dos|du|zu|zur|ten|ter|le|la|el|al"
    r"|bin|ibn|Freiherr|Graf) |d'|O')"
)
_NOBLE: Final = (
    r"(?:(?:von|vom|van|de|di|da|du|del|della|dos|zu|ten|ter)(?: (?:der|den|dem|de|la|le))? |d'|O')?"
)
_TITLED: Final = r"(?:(?:Dr|Prof|Mag|Ing|Dipl)\.?(?:-Ing\.?)? )"
_NAME: Final = rf"{_TITLED}{{0,2}}{_ONE}(?: {_PARTICLE}{{0,3}}{_ONE}){{0,3}}"
_SMALL_NAME: Final = r"[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?"
_NOT_YET: Final = (
    r"(?!(?:not|no|now|still|never|spell?ed|spelt|mis\w+|wrong\w*|incorrect\w*|missing|already|written"
    r"|different|the|on|in|at|a"
    r"|an|printed|too|and|my|your|known|listed|nowhere|nobody|changed|correct\w*|right|also|only|being"
    r"|used|here|there"
    r"|falsch\w*|nicht|immer|bei|auf|in|zu|noch|nirgends|richtig\w*|schon|auch|leider|wohl|das|so|mal|nie"
    r"|toujours|mal|pas|encore|bien|absent|sur|dans|ça|cela|verkeerd|niet|fout|nog|op|incorrecto|mal|no"
    r"|está|en|scritto"
    r"|sbagliato|non|sul|źle|nie|błędn\w*)\b)"
)
_INTRODUCED = re.compile(
    r"\b(?i:my name is|my name's|my name:|i'm called|i am called|mein name ist|mein name lautet"
    r"|mon nom est|mi nombre es"
    r"|il mio nome è|mijn naam is|ich hei(?:ss|ß)e|mein name:|je m'appelle|me llamo|mi chiamo|ik heet"
    r"|nazywam się|mam na imię)"
    rf" {{1,3}}(?P<name>(?i:{_NOT_YET}){_NAME})"
)
_INTRODUCED_SMALL = re.compile(
    r"\b(?:my name is|my name's|i'm called|ich hei(?:ss|ß)e|je m'appelle|me llamo|mi chiamo|ik heet"
    r"|nazywam się|mam na imię"
    rf"|mein name ist) {{1,3}}{_NOT_YET}(?P<name>{_SMALL_NAME}?)(?= (?:and|und|et|y|e|en|i|from|aus|de)\b"
    rf"|[.,!\n]|\Z)",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    rf"\b(?i:this is|hier ist|hier spricht|ici) (?P<name>{_ONE} {_PARTICLE}{{0,3}}{_ONE})(?=,| speaking"
    rf"| here| calling| am apparat)"
    rf"|\b(?i:i am|i'm) (?P<also>{_ONE} {_PARTICLE}{{0,3}}{_ONE})(?=,)"
)
_SIGNED = re.compile(
    r"(?<!\w)(?i:(?:kind(?:est)?|best|warm(?:est)?|with kind)? ?regards|best wishes|yours(?: sincerely"
    r"| faithfully| truly)?|sincerely"
    r"|cheers|many thanks|thanks|thank you|greetings|all the best"
    r"|(?:mit )?(?:freundlich\w*|best\w*|lieb\w*|herzlich\w*|viele\w*|schön\w*)? ?(?:grü(?:ss|ß)\w*"
    r"|gru(?:ss|ß))|hochachtungsvoll|lg|vg|mfg|danke"
    r"|cordialement|bien à vous|(?:sincères|meilleures|cordiales)? ?salutations|merci(?: d'avance)?"
    r"|bien cordialement"
    r"|(?:met )?(?:vriendelijke|hartelijke)? ?groet\w*|mvg|(?:un )?(?:cordial )?saludos?|atentamente"
    r"|gracias"
    r"|(?:cordiali|distinti) saluti|saluti|grazie|pozdrawiam|z poważaniem)"
    rf"(?: von| from| de| van)?[,!.:]?\s{{1,4}}(?P<name>{_NAME}(?: (?:und|and|et|e|y|en|i"
    rf"|&) {_NAME})?)(?=[.!]?\s*(?:\Z|\n))"
)
_TITLE: Final = (
    r"(?:[Nn]urse|[Ss]ister|[Mm]atron|[Mm]idwife|[Cc]aptain|[Dd]octor|[Ss]chwester|[Pp]fleger(?:in)?"
    r"|[Hh]ebamme"
    r"|[Dd]octeure?|[Ii]nfirmi(?:er|ère)|[Dd]octora?|[Ee]nfermer[oa]|[Dd]ott(?:or|oressa|\.ssa)?"
    r"|[Ii]nfermier[ae]|"
    r"Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Fräulein|Mme|Mlle|M|Monsieur|Madame|Mademoiselle|Sra?"
    r"|[Ss]eñora?|[Dd]oña|Sig|Sig\.ra"
    r"|[Ss]ignora?|Dhr|[Mm]evrouw|[Mm]eneer|Mw|Pan|Pani|Pana|Panu|Panią)"
)
# "Frau Müller von der Station" is not called so.
_OF_A_PLACE: Final = (
    r"(?:vom \w|(?:von der|von|de la|du|de|della|del|van de|van het) \w{0,30}"
    r"(?:ung|ion|ale|line|stelle|amt|dienst|haus|schalter|kasse|service|team|bank|post|firma|praxis"
    r"|klinik|werk"
    r"|office|desk|réception|accueil|guichet|agence|banque|magasin|recepción|tienda|balie|winkel|büro|halle|schule)\b)"
)
_RELATED = re.compile(
    r"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Mm]eine?|[Uu]nsere?|[Mm]on|[Mm]a|[Nn]otre|[Mm]io|[Mm]ia|[Mm]i)"
    r" (?:son|daughter|husband|wife|partner|mother|father|mum|dad|brother|sister|colleague|boyfriend"
    r"|girlfriend"
    r"|Sohn|Tochter|Mann|Frau|Partnerin|Mutter|Vater|Bruder|Schwester|Kollege|Kollegin|Freundin|Freund"
    r"|fils|fille|mari|femme|mère|père|frère|sœur|collègue|figlio|figlia|marito|moglie|hijo|hija|marido"
    r"|esposa)"
    rf",? (?P<name>[{_BIG}][a-zß-ÿ]{{2,30}}(?: [{_BIG}][a-zß-ÿ]{{2,30}})?)(?!\w)"
)
_WITH_TITLE = re.compile(
    rf"(?:(?<![\w'.-])|(?<=\b[LDld]')){_TITLE}\.? (?P<name>"
    rf"{_TITLED}{{0,2}}{_NOBLE}{_ONE}(?: (?!{_OF_A_PLACE}){_NOBLE}{_ONE}){{0,2}})"
)
_TITLE_BEFORE = re.compile(rf"(?<![\w'.-]){_TITLE}\.? \Z")
_NO_NAME: Final = re.compile(
    r"(?:x{2,}|team|support|monsieur|madame|all|ihr|euer|eure|sie|und|and|mutter|vater|doktor|professor"
    r"|kollegin|nachbarin|mrs|mr"
    r"|cities|company|companies|store|hotel|appointment|appointments|very|so|german|french|swiss|british|english|american|not|roman|ist|hat|war|i|you|we|dear|liebe|aus"
    r"|de)\b",
    re.IGNORECASE,
)

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){0,60}")
_PARTICLES: Final = frozenset(
    {
        "von", "vom", "van", "de", "der", "den", "des", "del", "della", "di", "da", "dos", "du", "zu", "zur",
        "ten", "ter", "le", "la", "el", "al", "und", "and", "dr", "prof", "mr", "mrs", "frau", "herr",
    }
)  # fmt: skip
# Names that are words, too: alone they name nobody.
_ALSO_WORDS: Final = """
    alt april art august autumn baker bakker bank bauer baum becker bella berg bianchi bill bishop
    black blanc blau bond booth boucher boulanger braun brook brooks brown bueno busch bush butler
    bäcker campos carpenter cash chance chase christian church claire coach conti cook cooper costa
    cross cruz dale dawn day days dean dekker drew earl early east ehrlich engel ernst fair faith
    farmer feld fels field finger fiore fischer fish fisher flores flowers fontana ford fox france
    frank free freitag french frühling fuchs garten gatti german glück gold goods grace graf grand
    grant gray green grey groot gross groß grün gut guy hahn hall hand hands hardy hart hase haus
    head heart hecht herbst heute hill hirsch hoffnung holiday home hope horn house hunt hunter
    iglesia iglesias iris ivy jack jade jong joy judge june jung justice jäger kaiser kasten keller
    kern king kirsch klein knight koch kok kowal kraft krieg król kunz kurz könig lamb land lane
    lang law leal leblanc lee legrand lily lis little long lord love low luz löwe mai major mann
    marchand marie marina mark markt martin mason max may mazur miles miller mond montag monti moon
    moore moreno morgen nagel neu noble noir north nowak ochs page park parks paz petit
    pfeffer pfister pierre pope post power prado price rabe recht reed reich rest rey rice rich
    richter ritter rivers rock root rosa rose ross rossi rot roth roux roy rubio rule rush russell
    ríos sage samstag sand sands sauer savage schmied schneider schnell schuster schwarz schäfer
    schön see seidel sharp shore short sierra silver small smart smit snow sole sommer sonntag south
    speed spring stein stella sterling stern still stolz stone storch strauss street strong summer
    summers sun swift tell temple teufel thal tisch torres tower trust turm turner villa visser
    vogel vogt vos wagner wald walker wall ward waters weber week weiss weiß wells west white wilk
    will winter wirt wise wit wohl wolf wood woods worth wright wunder young zając zimmer zimmermann
    zorn zucker
"""
_ARTICLE_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|our|your|my|in|last|next|every|der|die|das|den|dem|des|ein|eine|einen|einem"
    r"|einer|im|am|zum|zur|vom|kein"
    r"|keine|mein|meine|euer|eure|ihre?|unsere?|jede[rnms]?|diese[rnms]?|le|la|les|un|une|du|el|los|las"
    r"|il|lo|de|het|een) \Z",
    re.IGNORECASE,
)
# What is done to people, and what people do: beside these a name is no word.
_PERSON_BEFORE = re.compile(
    r"\b(?:(?:spoke|speak|spoken|talked|talk|talking|speaking|chatted) (?:to|with)|(?:thanks|thank you"
    r"|kudos|praise"
    r"|credit) (?:to|for)?|(?:served|helped|treated|greeted|seen|checked in|advised) by|named|called"
    r"|asked for|met"
    r"|by the name of|colleague|agent|advisor|adviser|manager|waiter|waitress|receptionist|nurse|porter"
    r"|steward"
    r"|namens|kollegen?|kollegin|berater(?:in)?|mitarbeiter(?:in)?|kellner(?:in)?|(?:dank|gruß|gruss"
    r"|lob) an"
    r"|nommée?|s'appelle|collègue|vendeu(?:r|se)|merci à|parlé (?:à|avec)|servie? par|se llama|llamad[oa]"
    r"|gracias a|si chiama|grazie a),? \Z",
    re.IGNORECASE,
)
_PERSON_AFTER = re.compile(
    r"(?: (?:himself|herself|kindly|then|really|at (?:the )?(?:desk|reception|counter|till|check-in)"
    r"|from (?:the )?[a-z]+|in (?:billing|reception|housekeeping|sales|accounts)))?"
    r" (?:helped|explained|told|said|answered|promised|apologi[sz]ed|smiled|listened|assured|greeted"
    r"|served|replied"
    r"|(?:was|is) (?:so |very |really |always |extremely )?(?:kind|friendly|helpful|rude|lovely|polite"
    r"|patient)"
    r"|hat (?:mir|uns|mich|sich|alles)|m'a|nous a|a (?:expliqué|répondu|promis))\b"
)
_CLOSE: Final = re.compile(r",? |\. |-|, ?")


def people(text: str, names: Sequence[str] = ()) -> Iterator[Span]:
    """Names that a text gives away by its form, and `names` where they stand in it.

    Shapes: a plain text; names as the directory has them, of people, not companies. A name is found by two of
    its parts beside each other (one of them may be misspelt), or by one part written large that is not a word
    as well. Umlauts may be written out. Units: characters. Errors: none. Source: own rules; misspelling by
    optimal string alignment (rapidfuzz): one letter, two from eight letters on.

    >>> text = "Frau Roth sagt, Ana Lindner sei da. Gruss, Reto"
    >>> [text[span.start : span.end] for span in people(text, ["Anna Lindner"])]
    ['Reto', 'Roth', 'Ana Lindner']
    """
    for rule in (_INTRODUCED, _INTRODUCED_SMALL, _SPEAKING, _SIGNED, _WITH_TITLE, _RELATED):
        for found in rule.finditer(text):
            group = found.lastgroup or "name"
            if not _NO_NAME.match(found[group]):
                yield Span(found.start(group), found.end(group), "name")
    if names:
        yield from _known(text, names)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    forms: frozenset[str]
    large: bool


def _known(text: str, names: Sequence[str]) -> Iterator[Span]:
    parts = [_parts(name) for name in names]
    where: dict[str, set[int]] = defaultdict(set)
    for number, forms in enumerate(parts):
        for form in forms:
            for each in form:
                where[each].add(number)
    tokens = [
        _Token(found.start(), found.end(), _forms(found[0]), found[0][0].isupper())
        for found in _TOKEN.finditer(text)
    ]
    for place, token in enumerate(tokens):
        hit = {number for form in token.forms for number in where.get(form, ())}
        for number in hit:
            first, last = _run(text, tokens, place, parts[number])
            if _names_somebody(tokens[first : last + 1]) or _alone(text, token):
                yield Span(tokens[first].start, tokens[last].end, "name")


def _names_somebody(run: Sequence[_Token]) -> bool:
    """Two parts beside each other do, but for "the price will go up" where Will Price is known."""
    return len(run) > 1 and any(token.large or not token.forms & _WORDS_TOO for token in run)


def _run(text: str, tokens: Sequence[_Token], place: int, parts: Sequence[frozenset[str]]) -> tuple[int, int]:
    """How far the name goes on to the left and to the right of one of its parts."""
    first = last = place
    left = [part for part in parts if not part & tokens[place].forms]
    for step in (-1, 1):
        at = place
        while (
            left and 0 <= at + step < len(tokens) and _CLOSE.fullmatch(text, *_between(tokens, at, at + step))
        ):
            at += step
            part = next((each for each in left if _same(each, tokens[at].forms)), None)
            if part is None:
                break
            left.remove(part)
            first, last = min(first, at), max(last, at)
    return first, last


def _between(tokens: Sequence[_Token], one: int, other: int) -> tuple[int, int]:
    low, high = min(one, other), max(one, other)
    return tokens[low].end, tokens[high].start


def _alone(text: str, token: _Token) -> bool:
    """Whether one part of a name, by itself, names somebody."""
    if not token.large or token.end - token.start < 3:
        return False
    before = (max(0, token.start - 24), token.start)
    if _TITLE_BEFORE.search(text, *before):
        return True
    if token.forms & _WORDS_TOO:
        return bool(_PERSON_BEFORE.search(text, *before) or _PERSON_AFTER.match(text, token.end))
    return not _ARTICLE_BEFORE.search(text, *before)


def _same(part: frozenset[str], forms: frozenset[str]) -> bool:
    if part & forms:
        return True
    from rapidfuzz.distance import OSA

    return any(
        one[0] == other[0] and min(len(one), len(other)) >= 3
        and OSA.distance(one, other, score_cutoff=_allowed(one)) <= _allowed(one)
        for one in part
        for other in forms
    )  # fmt: skip


def _allowed(word: str) -> int:
    return 1 if len(word) < 8 else 2


def _parts(name: str) -> list[frozenset[str]]:
    words = [found[0] for found in _TOKEN.finditer(name)]
    return [_forms(word) for word in words if len(word) > 1 and word.lower() not in _PARTICLES]


@lru_cache(maxsize=65536)
def _forms(word: str) -> frozenset[str]:
    """The ways in which one may write it: without accents, umlauts written out, with the s of a genitive."""
    small = word.lower()
    written = small.translate({228: "ae", 246: "oe", 252: "ue", 229: "aa", 248: "oe", 230: "ae"})
    forms = {_bare(each) for each in (small, written)}
    forms |= {each[:-2] for each in forms if each.endswith("'s")}
    return frozenset(forms | {each[:-1] for each in forms if each.endswith("s") and len(each) > 5})


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_WORDS_TOO: Final = frozenset(form for word in _ALSO_WORDS.split() for form in _forms(word))
