"""E-mail addresses and phone numbers, with the slips people make in lists."""

import re
from collections.abc import Iterable
from typing import Final

from .cells import NOTHING, Cell

ADDRESS: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}",
    re.IGNORECASE,
)
WITHIN: Final = re.compile(rf"(?<![\w.@+-])({ADDRESS.pattern})(?![\w@])", re.IGNORECASE)
DIGITS: Final = re.compile(r"\+?[\d(][\d\s()/.\-–]{4,}\d")
ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
KNOWN_SLIPS: Final = {
    "gmail": ("gmial", "gmal", "gmai", "gamil", "gnail", "gmaill", "gmil", "gmaik", "gmali", "gmeil"),
    "hotmail": ("hotmal", "hotmial", "hotnail", "hotmil", "hotmaill", "homtail"),
    "yahoo": ("yaho", "yahooo", "yhoo", "yahho"),
    "outlook": ("outlok", "outloook", "outllok", "oulook"),
    "icloud": ("iclod", "icoud", "icluod"),
    "googlemail": ("googelmail", "googlmail"),
}
RIGHT: Final = {slip: right for right, slips in KNOWN_SLIPS.items() for slip in slips}
ENDINGS: Final = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "coom": "com",
    "comm": "com",
    "vom": "com",
    "xom": "com",
}
LONGEST: Final = 254


def email(written: str, *, country: str = "") -> Cell:
    """An address in lower case behind the @; an obvious slip is proposed, never mended silently."""
    bare = written.strip()
    if not bare:
        return NOTHING
    if "\0" in bare:
        return Cell(reason="nul_byte")
    stripped = re.sub(r"^(?:mailto|e-?mail):\s*", "", bare, flags=re.IGNORECASE).strip("<>;, \u00a0")
    if found := re.fullmatch(r"[^<>]*<([^<>]+)>", bare):
        stripped = found[1].strip()
    if len(stripped) > LONGEST:
        return Cell(reason="too_long")
    if ADDRESS.fullmatch(stripped):
        tidy = _tidy(stripped)
        right = _without_slip(tidy)
        return Cell(tidy) if right == tidy else _proposed("slip_in_email", right)
    return _mended_email(stripped, country)


def _mended_email(bare: str, country: str) -> Cell:
    if both := _both(bare, country):
        return both
    if (right := _repaired(bare)) and ADDRESS.fullmatch(right):
        return _proposed("bad_email", _without_slip(_tidy(right)))
    if "@" not in bare and (number := _number(bare, country)):
        return Cell(
            reason="phone_not_email", mending="split_contact", gives=(("email", ""), ("phone", number))
        )
    return Cell(reason="bad_email")


def _proposed(reason: str, right: str) -> Cell:
    return Cell(reason=reason, mending="fix_email", gives=(("", right),))


def _tidy(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def _repaired(bare: str) -> str:
    """Blanks taken out, (at) and a comma where the point should be made right."""
    right = re.sub(r"\s*[(\[{]\s*(?:at|ät|à|@)\s*[)\]}]\s*|\s+(?:at|ät)\s+", "@", bare, flags=re.IGNORECASE)
    right = re.sub(r"\s*[(\[{]\s*(?:dot|punkt|point)\s*[)\]}]\s*", ".", right, flags=re.IGNORECASE)
    right = re.sub(r"\s*([@.,])\s*", r"\1", right).strip(" .,;:<>")
    right = (
        re.sub(r"@+", "@", right).replace(",", ".").replace("..", ".").replace("@.", "@").replace(".@", "@")
    )
    local, _at, domain = right.rpartition("@")
    if domain and "." not in domain:
        names = "|".join(sorted([*KNOWN_SLIPS, *RIGHT], key=len, reverse=True))
        domain = re.sub(rf"^({names})(com|de|fr|it|es|nl|ch|at)$", r"\1.\2", domain, flags=re.IGNORECASE)
    return f"{local}@{domain}" if local else ""


def _without_slip(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    name, _dot, ending = domain.rpartition(".")
    known = name in KNOWN_SLIPS or name in RIGHT
    ending = ENDINGS.get(ending, ending) if ending != "con" or known else "com"
    return f"{local}@{RIGHT.get(name, name)}.{ending}"


def phone(written: str, *, country: str = "") -> Cell:
    """A number as E.164, with its extension where it has one; the country is that of the organisation."""
    bare = written.strip()
    if not bare:
        return NOTHING
    if "\0" in bare:
        return Cell(reason="nul_byte")
    if ROUNDED.fullmatch(bare):
        return Cell(reason="phone_rounded")
    if "@" in bare:
        if both := _both(bare, country):
            return both
        read = email(bare, country=country)
        address = read.value or (dict(read.gives)[""] if read.mending == "fix_email" else "")
        if address:
            gives = (("phone", ""), ("email", address))
            return Cell(reason="email_not_phone", mending="split_contact", gives=gives)
        return Cell(reason="bad_phone")
    if number := _number(bare, country):
        return Cell(number)
    if not country and DIGITS.fullmatch(bare):
        return Cell(bare)  # nobody said where: kept as it is rather than lost
    if bare[:1].isdigit() and bare[0] != "0" and (number := _number(f"0{bare}", country)):
        return Cell(reason="no_zero", mending="add_zero", gives=(("", f"0{bare}"),))
    return Cell(reason="bad_phone")


def _number(bare: str, country: str) -> str:
    """The number as E.164; empty where it is none."""
    import phonenumbers

    told = re.sub(r"^[^\W\d_]+[.:]?\s*", "", bare)  # “Tel. ”, “M: ”
    told = re.sub(r"^00(?=[1-9])", "+", told.strip()).replace("(0)", "")
    try:
        number = phonenumbers.parse(told, country.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _both(bare: str, country: str) -> Cell | None:
    """An address and a number in one cell."""
    found = WITHIN.search(bare)
    if not found:
        return None
    rest = (bare[: found.start()] + " " + bare[found.end() :]).strip(" ,;/|()-\n")
    if rest and (number := _number(rest, country)):
        gives = (("email", _tidy(found[1])), ("phone", number))
        return Cell(reason="two_contacts", mending="split_contact", gives=gives)
    return None


def turned_round(names: Iterable[str]) -> bool:
    """Whether a column writes people as “Müller, Anna”: at least half of those with one comma."""
    filled = [name for name in names if name.strip()]
    return bool(filled) and sum(bool(_turned(name)) for name in filled) * 2 >= len(filled)


def name(written: str) -> str:
    """“Müller, Anna” as “Anna Müller”; anything else, and companies, as they are."""
    bare = " ".join(written.split())
    return _turned(bare) or bare


COMPANY: Final = re.compile(
    r"\b(?:gmbh|mbh|ag|kg|ohg|se|e\.?k|inc|ltd|llc|llp|lp|plc|corp|co|sa|sas|sarl|s\.a|s\.l|srl|spa|bv|nv|"
    r"sp\.? ?z ?o\.?o)\b|&",
    re.IGNORECASE,
)
LAST_FIRST: Final = re.compile(r"([^\W\d][^,\d]{0,60}?)\s*,\s*([^\W\d][^,\d]{0,40})")


def _turned(written: str) -> str:
    found = LAST_FIRST.fullmatch(" ".join(written.split()))
    return f"{found[2]} {found[1]}" if found and not COMPANY.search(written) else ""
