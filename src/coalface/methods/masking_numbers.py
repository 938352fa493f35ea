"""Personal data that follows a form: addresses of mail and machines, accounts, cards, phones, profiles."""

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from .masking_text import Span

_MAIL = re.compile(
    r"(?<![\w.+%-])[\w+%][\w.+%'-]{0,63}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w])"
    r"|(?<![\w.+%-])\w[\w.+-]{0,63}\s?[(\[{]\s?(?:at|ät|arroba|chiocciola|małpa|@)\s?[)\]}]\s?[\w-]{1,63}"
    r"(?:(?:\.|\s?[(\[{]\s?(?:dot|punkt|point|punto|kropka|\.)\s?[)\]}]\s?)[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
# Spelled out as one would say it: "eva punkt horn at gmx punkt de".
_MAIL_SAID = re.compile(
    r"(?<![\w.+%-])\w[\w.+-]{0,63}(?: (?:dot|punkt|point|punto|kropka) [\w+-]{1,63}){0,2}"
    r" (?:(?:at|ät|klammeraffe|apenstaartje|małpa)(?: [\w-]{1,63}(?: (?:dot|punkt|kropka))){1,3}"
    r"|(?:arobase|arrobase|arroba|chiocciola)(?: [\w-]{1,63}(?: (?:point|punto)|\.)){1,3})"
    r" ?(?:com|net|org|info|biz|edu|gov|io|example|me|co|eu|de|at|ch|li|fr|be|lu|nl|it|es|pt|uk|ie|pl|us|ca"
    r"|au)(?!\w)",
    re.IGNORECASE,
)

_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d\d(?:[ .-]?[A-Za-z0-9]){11,30}")
_IBAN_TOLD = re.compile(r"\biban\b[^\n\d]{0,25}\Z", re.IGNORECASE)
# Letters and digits of an IBAN by country (ISO 13616).
_IBAN_LENGTH: Final = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
}  # fmt: skip

_CARD = re.compile(r"(?<!\w)(?<!\d[ .,-])\d(?:[ -]?\d){12,18}(?!\w)")
_CARD_TOLD = re.compile(
    r"\b(?:(?:credit|debit|bank|kredit|debit|giro)[ -]?(?:card|karte)|card(?: (?:number|no\.?))?|karte"
    r"|kartennummer"
    r"|carte|tarjeta|carta|visa|master ?card|amex|maestro)[ :.,#]{1,3}(?:(?:is|ist|est|es|nr\.?|no\.?|n°"
    r"|number)"
    r"[ :.]{1,2})?\Z",
    re.IGNORECASE,
)
_BRANDS: Final = (
    (re.compile(r"4"), (16, 13, 19)),
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3(?:0[0-5]|[68])"), (14,)),
    (re.compile(r"35(?:2[89]|[3-8])|6011|64[4-9]|65|62"), (16, 19)),
    (re.compile(r"5018|5020|5038|5893|6304|6759|676[123]"), (16, 18, 19)),
)

_IP = re.compile(
    r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39}(?:%\w+)?)(?![\w:]|\.\d)", re.IGNORECASE
)
_VERSION = re.compile(
    r"(?:\bv|version\w*|firmware|build|release|update|app|chapter|kapitel|section|ziffer|chapitre|terms"
    r"|software|than|and"
    r"|contradicts|wersja|versie|versión|versione)[ .:]*\Z",
    re.IGNORECASE,
)

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{3,400}"
    r"|(?<![\w.@/-])(?:[\w-]{1,20}\.)?(?:linkedin\.com|facebook\.com|instagram\.com|twitter\.com|x\.com"
    r"|xing\.com"
    r"|tiktok\.com|github\.com|t\.me|wa\.me)/[^\s<>\"']{2,200}",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    r"(?:linkedin\.com/in/|xing\.com/profile/|(?:facebook|instagram|twitter|tiktok|github)\.com/@?[\w.-]{3}"
    r"|//(?:www\.)?x\.com/\w{3}|t\.me/\w{3}|wa\.me/\d{3}"
    r"|/(?:in|profiles?|profil|u|users?|people|accounts?|members?|mitglied|konto|compte"
    r"|cuenta)/[\w.@~%-]{2}"
    r"|/[~@][\w.-]{2}|//[^/@\s]{1,64}@"
    r"|[?&;](?:[\w-]{0,20}(?:user|mail|name|token|phone|tel|customer|account|kunde|client)\w{0,20}"
    r"|uid)=[^&\s])",
    re.IGNORECASE,
)

_PHONE = re.compile(r"(?<![\w#])(?<!\d[.,/-])(?<!\w-)(?:\+|\(\+)?\(?\d(?:[ ./()-]{0,3}\d){5,17}(?!\w)")
_EXTENSION = re.compile(
    r",? ?(?:ext(?:ension)?|x|durchwahl|dw|nebenstelle|poste|interno|int)\.? ?\d{1,6}(?!\w)", re.IGNORECASE
)
_NO_PHONE = re.compile(
    r"\d[\d.,]*[.,]\d\d|\d{1,2}([./-]) ?\d{1,2}\1 ?(?:\d{4}|\d\d)|\d{4}([./-])\d{1,2}\2\d{1,2}"
    r"|[\d.]+\.\d\d-[\d.]+\.\d\d"
)
_SAYS_ITSELF = re.compile(r"0\d(?:[ .]\d\d){4}|\(\d{3}\) ?\d{3}-\d{4}")
_ABOUT_PHONES: Final = (
    r"\btel\b|tel[ée]f|t[ée]l[ée]ph|phon(?:e|ing)|\bcell|\bcel\b|mobil|m[óo]vil|portable|handy|natel"
    r"|\bfax|whats ?app"
    r"|\bsms\b|text me|\bcall|\bring\b|\brang\b|reach|contact|anruf|r[üu]e?ckruf|rappele[zr]|\bruf"
    r"|erreich|joindre|joignable|appel"
    r"|ll[aá]m|chiam"
    r"|cellulare|dzwo|kom[óo]rk|\bbel\b|\bbellen|bereik|landline|festnetz|my number is|meine nummer"
    r"|mon num[ée]ro est"
    r"|mi n[úu]mero es|mijn nummer|m[óo]j numer|mio numero|06-num|\bprivat\b|t[ée]l\b|\bdial"
    r"|\bunter\s{1,3}\Z"
)
_ABOUT_OTHERS: Final = (
    r"order|bestell|auftrag|rechnung|invoice|ticket|kunden-?n|customer n|client|referen|r[ée]f[ée]ren"
    r"|\bref\b|tracking"
    r"|sendung|paket-?n|vertrag|contract n|policy|artikel|article|item|serial|serie|s[ée]rie|model|code\b"
    r"|commande|facture"
    r"|dossier|contrat|pedido|factura|ordine|fattura|zam[óo]wien|faktur|factuur|voucher|batch|imei|isbn"
    r"|\bean\b|\bupc\b"
    r"|konto|account n|iban|steuer|z[äa]hler|\bbon\b|\bcase\b|claim|vorgang|gift ?card|fid[ée]lit[ée]"
    r"|kurs\b|katalog"
)
_CONTEXT = re.compile(f"(?P<phone>{_ABOUT_PHONES})|(?P<other>{_ABOUT_OTHERS})", re.IGNORECASE)
_CALLED_AFTERWARDS = re.compile(
    r"\s*(?:is|ist|est|es|è|jest)\b[^.\n]{0,25}?(?:" + _ABOUT_OTHERS + ")", re.IGNORECASE
)
_PHONE_AFTERWARDS = re.compile(
    r"[^.\n\d]{0,25}?(?:anruf|anzuruf|erreich|telef|my (?:phone|mobile|cell)|mein handy|bellen|dzwo)",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r" ?(?:€|\$|£|%|euro?s?\b|chf\b|fr\.|franken|dollars?|pounds?|usd\b|gbp\b|km\b|kg\b)", re.IGNORECASE
)
_BEFORE, _AFTER = 60, 60
_REGIONS: Final = ("DE", "CH", "AT", "FR", "GB", "NL", "BE", "ES", "IT", "PL", "US")


def numbers(text: str, country: str = "") -> Iterator[Span]:
    """What a form gives away: mail, IBAN, card, IP address, profile on the web, phone.

    Shapes: a plain text; `country` (ISO 3166, may be blank) is tried first for phones without a prefix.
    Units: characters. Checked: IBAN modulo 97, card by Luhn and issuer, phone by context and plan of numbers.
    Errors: none. Source: ISO 13616, ISO/IEC 7812, RFC 4291, libphonenumber; words for
    context are ours.

    >>> [span.kind for span in numbers("Order 0171 2345678, call 0171 2345678 or write to a@b.example")]
    ['mail', 'phone']
    """
    for mail in _MAIL.finditer(text):
        yield Span(mail.start(), mail.end(), "mail")
    for mail in _MAIL_SAID.finditer(text):
        yield Span(mail.start(), mail.end(), "mail")
    yield from _ibans(text)
    yield from _cards(text)
    yield from _machines(text)
    yield from _profiles(text)
    yield from _phones(text, country)


def _ibans(text: str) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        length = _IBAN_LENGTH.get(found[0][:2].upper())
        if length is None:
            continue
        places = [place for place, letter in enumerate(found[0]) if letter.isalnum()][:length]
        end = found.start() + places[-1] + 1
        code = "".join(found[0][place] for place in places).upper()
        if len(code) == length and _stands_alone(text, end):
            told = _IBAN_TOLD.search(text, max(0, found.start() - 30), found.start())
            if not (told or _iban_holds(code)):
                continue
            yield Span(found.start(), end, "iban")


def _iban_holds(code: str) -> bool:
    return int("".join(str(int(letter, 36)) for letter in code[4:] + code[:4])) % 97 == 1


def _stands_alone(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum()


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        places = [place for place, letter in enumerate(found[0]) if letter.isdigit()]
        digits = "".join(found[0][place] for place in places)
        for length in _card_lengths(digits):
            end = found.start() + places[length - 1] + 1 if length <= len(digits) else 0
            told = _CARD_TOLD.search(text, max(0, found.start() - 30), found.start())
            if end and _stands_alone(text, end) and (told or _luhn(digits[:length])):
                if _spoken_of(text, found.start()) != "other":
                    yield Span(found.start(), end, "card")
                break


def _card_lengths(digits: str) -> tuple[int, ...]:
    return next((lengths for brand, lengths in _BRANDS if brand.match(digits)), ())


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _machines(text: str) -> Iterator[Span]:
    for found in _IP.finditer(text):
        four = "." in found[0]
        if four and _VERSION.search(text, max(0, found.start() - 30), found.start()):
            continue
        if not four and (found[0].count(":") < 2 or not any(letter.isdigit() for letter in found[0])):
            continue
        try:
            ipaddress.ip_address(found[0].partition("%")[0])
        except ValueError:
            continue
        yield Span(found.start(), found.end(), "ip")


def _profiles(text: str) -> Iterator[Span]:
    for found in _URL.finditer(text):
        address = found[0].rstrip(".,;:!?)]}'\"")
        if _OF_A_PERSON.search(address):
            yield Span(found.start(), found.start() + len(address), "url")


def _phones(text: str, country: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        number = found[0]
        context = _spoken_of(text, found.start())
        if context == "other" or _NO_PHONE.fullmatch(number) or _called_otherwise(text, found.end()):
            continue
        abroad = number.lstrip("(").startswith(("+", "00"))
        told = context == "phone" or _PHONE_AFTERWARDS.match(text, found.end(), found.end() + _AFTER)
        if not (abroad or told or _SAYS_ITSELF.match(number)):
            continue
        length = _valid(number, country)
        if not length and told and 7 <= sum(map(str.isdigit, number)) <= 15:
            length = len(number)
        if length:
            end = found.start() + length
            extension = _EXTENSION.match(text, end, end + 24)
            yield Span(found.start(), extension.end() if extension else end, "phone")


def _spoken_of(text: str, place: int) -> str:
    """Whether the nearest telling word before a number is about phones or about other numbers."""
    nearest = ""
    for word in _CONTEXT.finditer(text, max(0, place - _BEFORE), place):
        nearest = word.lastgroup or ""
    return nearest


def _called_otherwise(text: str, end: int) -> bool:
    until = end + _AFTER
    return bool(_PRICED.match(text, end, until) or _CALLED_AFTERWARDS.match(text, end, until))


@lru_cache(maxsize=4096)
def _valid(number: str, country: str) -> int:
    """How many of its letters are a number that can be dialled; 0 for none."""
    ends = [
        place + 1
        for place, letter in enumerate(number)
        if letter.isdigit() and (place + 1 == len(number) or not number[place + 1].isdigit())
    ]
    for end in reversed(ends):
        if sum(map(str.isdigit, number[:end])) >= 7 and _can_be_dialled(number[:end], country):
            return end
    return 0


def _can_be_dialled(number: str, country: str) -> bool:
    import phonenumbers

    digits = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    for region in (None,) if digits.startswith("+") else dict.fromkeys((country.upper() or "DE", *_REGIONS)):
        try:
            parsed = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed) or (
            number.lstrip("(")[0] == "+" and phonenumbers.is_possible_number(parsed)
        ):
            return True
    return False
