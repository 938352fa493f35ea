"""A mail that came in, reduced to what matters: who wrote, to which address, and what it says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from typing import Final

from mailparser_reply.parser import EmailMessage as Thread

from coalface.edges.calendar_replies import Answer, answers_of

MOST_WORDS: Final = 100_000
LONG_LINE: Final = 300
SHORT_SIGNATURE: Final = (400, 8)
LONGEST_ID: Final = 255
LANGUAGES: Final = ("en", "de", "fr", "it")
RECEIVERS: Final = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
BY_MACHINES: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
HELLO = r"(?:hi|hello|hey|hallo|grüezi|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening)|bonjour)"
GREETING: Final = re.compile(
    rf"{HELLO}(?: (?:all|there|team|coalface|zusammen|miteinander))?[,.!]?"
    rf"|(?:{HELLO}|dear|liebe[rs]?|cher|chère)(?: [\w.’'-]+){{1,2}}[,!]",
    re.IGNORECASE,
)
CLOSING: Final = re.compile(
    r"^(?:mit )?(?:(?:freundliche|herzliche|beste|liebe)[nr]?|viele|schöne) gr(?:ü|ue)(?:ss|ß)e?n?\b"
    r"|^(?:kind|best|warm) regards\b|^cordialement\b|^cordiali saluti\b",
    re.IGNORECASE | re.MULTILINE,
)
# What the standard library raises over a mail that somebody made by hand: one of those stops no other.
BREAKS: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, MessageError)
BULLET: Final = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])[ \t]+")
BLOCKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "ul", "ol", "table", "blockquote"})
UNSEEN: Final = frozenset({"script", "style", "head", "title", "blockquote"})
EMPTY: Final = frozenset({"br", "img", "hr", "meta", "link", "input", "wbr", "col", "area", "base"})


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as the product reads it; `too_large` is one that was not fetched."""

    message_id: str
    sender: str
    receivers: tuple[str, ...] = ()
    thoughts: tuple[str, ...] = ()
    attachments: int = 0
    automatic: bool = False
    too_large: bool = False
    answers: tuple[Answer, ...] = ()
    uid: str = field(default="", compare=False)


def letter_of(mail: Message, *, uid: str = "", too_large: bool = False) -> Letter:
    """What a mail says; of one that is too large only the headers are known, and so of one that is broken."""
    try:
        text, attachments = ("", 0) if too_large else _body(mail)
        answers = () if too_large else answers_of(mail)
    except BREAKS:
        text, attachments, answers = "", 0, ()
    sender = parseaddr(_header(mail, "from"))[1].lower()
    return Letter(
        message_id=_message_id(mail),
        sender=sender,
        receivers=tuple(_receivers(mail)),
        thoughts=tuple(thoughts(own_words(text))),
        attachments=attachments,
        automatic=_automatic(mail, sender),
        too_large=too_large,
        answers=answers,
        uid=uid,
    )


def _header(mail: Message, name: str) -> str:
    """A header in one line, whatever its encoding claims to be; broken, it is what it is."""
    given = str(mail.get(name, ""))
    try:
        found = decode_header(given)
    except HeaderParseError:
        found = [(given, None)]
    pieces = [_decoded(words, charset) if isinstance(words, bytes) else words for words, charset in found]
    return " ".join("".join(pieces).split())


def _decoded(content: bytes, charset: str | None) -> str:
    """As text that can be kept: some encodings make halves of characters, which no database holds."""
    for guess in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(guess).encode(errors="replace").decode()
        except (LookupError, ValueError):  # no such encoding, or one that cannot be meant
            continue
    return content.decode("latin-1")


def _message_id(mail: Message) -> str:
    given = _header(mail, "message-id")
    if given and len(given) <= LONGEST_ID and given.isprintable():
        return given
    return f"sha256-{sha256(given.encode() or _as_sent(mail)).hexdigest()}"


def _as_sent(mail: Message) -> bytes:
    """All of it, or – where that cannot be put together again – all that stands above its parts."""
    try:
        return mail.as_bytes()
    except BREAKS:
        return repr([list(part.raw_items()) for part in mail.walk()]).encode()


def _receivers(mail: Message) -> Iterable[str]:
    lines = [str(value) for name in RECEIVERS for value in mail.get_all(name, ())]
    return dict.fromkeys(address.lower() for _, address in getaddresses(lines) if "@" in address)


def _automatic(mail: Message, sender: str) -> bool:
    """An out-of-office note, a bounce, a list: what a machine wrote is nobody's answer."""
    submitted = _header(mail, "auto-submitted").lower() or "no"
    returned = mail.get("return-path")
    return (
        submitted != "no"
        or _header(mail, "precedence").lower() in BY_MACHINES
        or (returned is not None and str(returned).strip() in {"<>", ""})
        or any(name in mail for name in ("x-autoreply", "x-autorespond", "list-id"))
        or mail.get_content_type() == "multipart/report"
        or sender.partition("@")[0] in {"", "mailer-daemon", "postmaster"}
    )


def _body(mail: Message) -> tuple[str, int]:
    """The words, as plain text if there is any, and how many files hang on the mail."""
    plain, page, attachments = "", "", 0
    for part in mail.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or part.get_content_disposition() == "attachment" or "text/" not in kind:
            attachments += 1
        elif kind == "text/html":
            page = page or _words(part)
        else:
            plain = plain or _words(part)
    text = plain if plain.strip() else _seen(page)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r", ""))[:MOST_WORDS], attachments


def _words(part: Message) -> str:
    content = part.get_payload(decode=True)
    return _decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""


class _Page(HTMLParser):
    """Collects what a reader of the page would see, without what it quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        quoted = "gmail_quote" in (dict(attrs).get("class") or "")
        if tag not in EMPTY and (self.hidden or quoted or tag in UNSEEN):
            self.hidden.append(tag)
        elif tag in BLOCKS:
            self.words.append("\n" if tag in {"br", "li", "tr"} else "\n\n")
            self.words.append("- " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                continue
        elif tag in BLOCKS and not self.hidden:
            self.words.append("\n\n" if tag not in {"li", "tr"} else "\n")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """What an office program meant for itself; the parser would stop at a word it does not know."""
        return self.parse_bogus_comment(i, 0)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def _seen(page: str) -> str:
    reader = _Page()
    reader.feed(page[: MOST_WORDS * 5])
    reader.close()
    return "".join(reader.words)


def own_words(text: str) -> str:
    """What the writer wrote now: without the mail they answer and without a short signature.

    Lines marked as quoted are left out wherever they stand; an unmarked original ends the answer.
    """
    shorter, long_lines = _with_marks(re.sub(r"\n[ \t]*(?:\n[ \t]*){2,}", "\n\n", text.strip()))
    first, *rest = Thread(text=shorter, languages=list(LANGUAGES), keep_hyphen_lists=True).read().replies
    kept = [_unquoted(_without_signature(first.content.removeprefix(first.headers or ""), first.signatures))]
    for reply in rest:
        own = reply.content.replace(reply.headers or "", "", 1)
        if re.search(r"^>", own, re.MULTILINE):
            kept.append(_unquoted(_without_signature(own, reply.signatures)))
    return re.sub(r"\x02(\d+)\x02", lambda mark: long_lines[int(mark[1])], "\n\n".join(kept)).strip()


def _with_marks(text: str) -> tuple[str, list[str]]:
    """Long lines are no headers and no signatures: they are put aside, so that no search is slow on them."""
    long_lines: list[str] = []
    lines = []
    for line in text.replace("\x02", "").split("\n"):
        if len(line) > LONG_LINE and not line.startswith(">"):
            lines.append(f"\x02{len(long_lines)}\x02")
            long_lines.append(line)
        else:
            lines.append(line[:LONG_LINE])
    return "\n".join(lines), long_lines


def _without_signature(text: str, found: str) -> str:
    """A signature is short; what goes on for longer is something that was said."""
    places = [text.rfind(found)] if found else []
    places += [match.start() for match in CLOSING.finditer(text)]
    letters, lines = SHORT_SIGNATURE
    for place in sorted(one for one in places if one >= 0):
        rest = _unquoted(text[place:]).strip()
        if len(rest) <= letters and len(rest.split("\n")) <= lines:
            return text[:place]
    return text


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def thoughts(text: str) -> Iterator[str]:
    """One thought a paragraph, or a bullet; a greeting is none."""
    for paragraph in re.split(r"\n[ \t]*\n", text):
        held: list[str] = []
        for line in paragraph.split("\n"):
            if held and BULLET.match(line.strip()):
                yield from _thought(held)
                held = []
            held.append(BULLET.sub("", line.strip()))
        yield from _thought(held)


def _thought(lines: list[str]) -> Iterator[str]:
    words = " ".join(" ".join(lines).split())
    if re.search(r"\w", words) and not GREETING.fullmatch(words):
        yield words
