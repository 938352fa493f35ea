"""What a page may hold: no inline code, no inline looks, no more than fits on a screen or two."""

import re
from collections.abc import Iterator
from pathlib import Path

LONGEST_TEMPLATE, LONGEST_SCRIPT = 120, 150
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.DOTALL),
    "an on… attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.DOTALL | re.IGNORECASE),
    "an hx-on attribute": re.compile(r"\shx-on[:-]"),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "a <script> without src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a js: value": re.compile(r"=\s*[\"']js:"),
    "an address on another server": re.compile(
        r"<(?:script|link|img|iframe|source|use)\b[^>]*\s(?:src|href)\s*=\s*[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
}
# {{ remark.verbatim.text }}, or the same put into a name; asking whether there are any is no matter.
BARE_WORDS = re.compile(
    r"(?:\{\{\s*|=)(?:\w+\.)*(?:verbatim|words|reading|reason|decline_reason|did|debrief|spoken)\.text\b"
)
TO_WHO_SAID_IT = {"hear/templates/hear/mail/answer.txt", "hear/templates/hear/say/became.html"}


def inline_code(place: str, text: str) -> Iterator[str]:
    """Code and looks inside a template: the policy `default-src 'self'` would stop them in the browser."""
    bare = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    for name, pattern in INLINE.items():
        for found in pattern.finditer(bare):
            yield f"{place}:{bare.count(chr(10), 0, found.end()) + 1}: {name}"


def too_long(place: str, text: str, limit: int) -> Iterator[str]:
    """A file that nobody reads to the end."""
    if (lines := text.count("\n")) > limit:
        yield f"{place}: {lines} lines, at most {limit}"


def nothing_to_take_along(place: str, text: str) -> Iterator[str]:
    """A list that is shown page by page and cannot be taken along: every list exports."""
    if "{% pages " in text and "{% take_along" not in text:
        yield f"{place}: a list without {{% take_along %}}"


def words_shown_to_all(place: str, text: str) -> Iterator[str]:
    """Somebody's words without the tag that hides personal data from whom it does not concern."""
    if place not in TO_WHO_SAID_IT:
        yield from (f"{place}: {found[0]} without {{% said %}}" for found in BARE_WORDS.finditer(text))


def templates(package: Path) -> list[Path]:
    """Every template of ours."""
    return sorted(path for path in package.glob("*/templates/**/*") if path.is_file())


def scripts(package: Path) -> list[Path]:
    """Every script of ours; what others wrote lies under vendor/."""
    return sorted(path for path in package.glob("*/static/**/*.js") if "vendor" not in path.parts)
