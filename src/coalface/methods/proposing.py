"""Which passages of a conversation sound like something to note, and of which kind: a reading aid."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

# Cue phrases by language and kind, each with its weight; a star ends a word somehow.
# Whoever changes a line measures again (docs/methods/proposing.md).
CUES: Final[Mapping[str, Mapping[str, Mapping[float, str]]]] = {
    "en": {
        "complaint": {
            0.6: """
                fed up, disappoint*, annoy*, frustrat*, complain*, unacceptable, ridiculous,
                terrible, awful, broken, broke, does not work, doesn't work, did not work,
                didn't work, not working, still waiting, waste of time, too long, too slow,
                charged twice, rude, overcharged, gave up, a mess, angry, nobody told, no one
                told, nobody called, no one called, nobody answer*, no one answer*, hung up,
                kicked out, thrown out, start over, from the beginning, passed along, in the
                queue, stood in line, cut me off, dislike*
            """,
            0.4: """
                problem*, waited, waiting, late, again and again, had to call, had to wait, had
                to come, why do i have to, cannot, can't, could not, couldn't, nothing happened,
                without a warning, too expensive, confus*, unfortunately, hate*, bad, wrong,
                refus*, blocked, declined, missing, crash*, delay*, fail*, lost, no answer,
                impossible, stuck, twice, error*, worse, closed, the queue, the wait, in line,
                logged out, no warning, three times, third time, five times, for ever, forever,
                a pity, cost me, cost us, not even, everything gone
            """,
            0.2: """
                but, only, hours, weeks, nobody, no one, never, still, again, difficult, not
            """,
        },
        "compliment": {
            0.6: """
                grateful, excellent, wonderful, brilliant, fantastic, very happy, so helpful,
                really helpful, very helpful, great job, well done, friendly, perfect, saved my,
                thank you for, thanks for, thanks to, impress*, lovely, so kind, very kind, was
                kind, were kind, how kind
            """,
            0.4: """
                helpful, patient, happy, pleased, glad, good service, easy, works well, nice,
                love, recommend, thank*, took the time, at once, took care
            """,
            0.2: """
                good, great, like, liked, well, quick*
            """,
        },
        "need": {
            0.6: """
                i need, we need, i would need, we would need, what i want, what we want, must be
                able to, need to be able, i'd need
            """,
            0.4: """
                looking for, i want, we want, require*, would help, important to me, important
                to us, can i get, depend on, rely on, i'd like, i would like, we'd like, we
                would like
            """,
            0.2: """
                need*
            """,
        },
        "idea": {
            0.6: """
                why don't you, why not, you should, you could, would be nice, would be good,
                would be great, would be better, would be easier, suggest*, my idea, how about,
                what if, if you could, i wish, wish you, why can't you, would be helpful
            """,
            0.4: """
                could you not, maybe you, perhaps you, should be, could be, idea, instead of,
                imagine
            """,
        },
        "obstacle": {
            0.6: """
                won't let, will not let, does not let, doesn't let, workaround*, no access, in
                the way, keeps us from, keeps me from, by hand, short of staff, short staffed,
                not enough people, type it again, print it, copy it
            """,
            0.4: """
                manually, no time to, two systems, three systems, the system, our system, have
                to type, have to enter, takes us, takes me ages, slows us, the tool, ask my
                manager
            """,
        },
        "rule": {
            0.6: """
                not allowed, the rule, the rules, a rule, our rules, policy, policies,
                regulation*, compliance, required by, the procedure, by law, must not, against
                the rules
            """,
            0.4: """
                approval, sign off, signature*, have to sign, permission, allowed to, in person,
                guideline*, standard procedure, a form
            """,
        },
        "competitor": {
            0.6: """
                competitor*, other bank*, another bank, another company, another supplier,
                another provider, another shop, switch to, switched to, switching to, rival*,
                cheaper at, the competition
            """,
            0.4: """
                elsewhere, went over to, compared to, compared with, other companies, others
                offer, cheaper, my other
            """,
        },
        "question": {
            0.4: """
                i wonder*, how do i, what happens if, do you know, is it true, tell me
            """,
        },
    },
    "de": {
        "complaint": {
            0.6: """
                enttäusch*, ärger*, verärgert, frustrier*, beschwer*, unmöglich, lächerlich,
                furchtbar, schrecklich, kaputt, funktioniert nicht, funktionierte nicht, geht
                nicht, ging nicht, zu lange, zu langsam, unfreundlich, zeitverschwendung,
                doppelt belastet, doppelt abgebucht, aufgegeben, unverschämt, keine antwort, nie
                wieder, niemand hat, keiner hat, niemand sagt*, aufgelegt, zumutung, stört mich,
                rausgeworfen, wirft mich, angestanden
            """,
            0.4: """
                problem*, gewartet, warten, warte, zu spät, verspät*, immer wieder, musste
                anrufen, nichts passiert, ohne vorwarnung, ohne warnung, zu teuer, verwirr*,
                leider, schlecht*, falsch*, abgelehnt, gesperrt, fehlt*, fehler*, stürzt ab,
                abgestürzt, verloren, umständlich, mühsam, schon wieder, geschlossen, teuer,
                versteh* nicht, nirgends, schlange, warteschlange, warteschleife, wartezeit,
                ständig, doppelt, dreimal, wozu
            """,
            0.2: """
                aber, nur, stunden, wochen, niemand, keiner, nie, immer noch, schwierig, wieder,
                nicht, kein*
            """,
        },
        "compliment": {
            0.6: """
                dankbar, ausgezeichnet, hervorragend, wunderbar, grossartig, großartig,
                fantastisch, perfekt, sehr zufrieden, sehr hilfsbereit, sehr hilfreich, sehr
                freundlich, freundlich, danke für, vielen dank, gerettet, begeistert, kompetent,
                nett, herzlichen dank, mir gefällt, uns gefällt
            """,
            0.4: """
                danke*, hilfreich, geduldig, zufrieden, glücklich, froh, schnell, einfach,
                gefreut, lieb*, weiterempfehl*, klappt gut, zeit genommen, gekümmert, sofort
            """,
            0.2: """
                gut, toll, super, schön
            """,
        },
        "need": {
            0.6: """
                ich brauche, wir brauchen, ich bräuchte, wir bräuchten, ich benötige, wir
                benötigen
            """,
            0.4: """
                brauche*, benötig*, ich möchte, wir möchten, ich will, wir wollen, ich suche,
                wichtig für mich, wichtig für uns, angewiesen auf, würde helfen, ich hätte gern*
            """,
        },
        "idea": {
            0.6: """
                warum nicht, könnten sie nicht, man könnte, sie könnten, wäre schön, wäre gut,
                wäre besser, wäre toll, wäre einfacher, wäre hilfreich, vorschlag*, vorschlagen,
                meine idee, wie wäre es, ich wünsche mir, ich würde mir wünschen, sie sollten,
                ihr solltet, macht doch
            """,
            0.4: """
                idee*, vielleicht könn*, stattdessen, sollte man, wünsch*, es sollte
            """,
        },
        "obstacle": {
            0.6: """
                lässt mich nicht, lässt uns nicht, umgeh*, kein zugriff, keinen zugriff, im weg,
                von hand, zu wenig leute, zu wenig personal, hält uns auf, abtippen, ausdrucken
            """,
            0.4: """
                manuell, keine zeit, zwei systeme*, drei systeme*, das system, unser system, das
                programm, eintippen, nochmals erfassen, muss ich erst, müssen wir erst,
                vorgesetzte*
            """,
        },
        "rule": {
            0.6: """
                nicht erlaubt, darf nicht, dürfen nicht, darf ich nicht, vorschrift*, regel,
                regeln, richtlinie*, verboten, gesetzlich, weisung*, compliance
            """,
            0.4: """
                bewilligung*, genehmig*, unterschrift*, unterschreiben, formular*, persönlich
                vorbei, vorgeschrieben, erlaubt
            """,
        },
        "competitor": {
            0.6: """
                konkurrenz, mitbewerber*, andere bank, anderen bank, andere anbieter, anderen
                anbieter, anderer anbieter, gewechselt, wechsle zu, billiger bei, günstiger bei
            """,
            0.4: """
                anderswo, im vergleich zu, verglichen mit, wechseln, günstiger, billiger
            """,
        },
        "question": {
            0.4: """
                ich frage mich, wie kann ich, was passiert wenn, wissen sie ob, stimmt es
            """,
        },
    },
}
KINDS: Final = ("complaint", "compliment", "need", "idea", "obstacle", "rule", "competitor", "question")
OF_OURS: Final = frozenset({"obstacle", "rule"})
ASKED: Final = 0.45
FEWEST_WORDS: Final = 4
NEGATED: Final = re.compile(
    r"\b(?:not|no|never|hardly|isn't|wasn't|weren't|aren't|don't|didn't|nicht|kein\w*|nie|kaum|wenig)"
    r"(?: \w+)? $"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of one voice; `place` is whatever the caller finds it by."""

    place: int
    text: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A passage that sounds like something to note: of which kind, and how much so, from 0 to 1."""

    place: int
    kind: str
    score: float


def propose(passages: Iterable[Passage], *, language: str, most: int, least: float = 0.4) -> list[Proposed]:
    """Pick the passages whose words contain cues, at most so many, in the order in which they were said.

    Shapes: any number of passages in; out at most `most`, each place once, in the order of the input.
    Units: score in 0 – 1, 1 − Π(1 − weight) over the distinct cues of one kind; a rank, no probability.
    Of customers every kind is proposed, of ours only what stands in the way: obstacles and rules. A cue of
    praise behind a negation counts as a complaint. Languages without cues are read with all that there are.
    Errors: ValueError when `most` is negative.
    Source: our own lists of phrases (docs/methods/proposing.md says how good they are).

    >>> propose(
    ...     [Passage(0, "We came by train today."), Passage(1, "Nobody called me back, I gave up waiting.")],
    ...     language="en",
    ...     most=5,
    ... )
    [Proposed(place=1, kind='complaint', score=0.92)]
    """
    if most < 0:
        raise ValueError("most is a count")
    lists = (language,) if language in CUES else tuple(CUES)
    found = [one for passage in passages if (one := _best(passage, lists)) and one.score >= least]
    kept = sorted(range(len(found)), key=lambda place: (-found[place].score, place))[:most]
    return [found[place] for place in sorted(kept)]


def cut(words: Sequence[str], *, most: int = 60, sentences: int = 3) -> list[tuple[int, int]]:
    """Cut a long turn into passages of a few whole sentences.

    Shapes: words as they were said; out the spans (from, until) of passages that cover all of them, in order.
    Units: words. A passage has at most `most` words and `sentences` sentences; only a sentence longer than
    that is cut inside.
    Errors: ValueError when `most` or `sentences` is below one.
    Source: none; sixty words are about twenty-five seconds of speech.

    >>> cut("I waited . Nobody came . So I left .".split(), most=6)
    [(0, 6), (6, 10)]
    """
    if most < 1 or sentences < 1:
        raise ValueError("a passage has at least one word and one sentence")
    spans: list[tuple[int, int]] = []
    start = held = 0
    for begin, end in _sentences(words, most):
        if held and (end - start > most or held == sentences):
            spans.append((start, begin))
            start, held = begin, 0
        held += 1
    return [*spans, (start, len(words))] if start < len(words) else spans


def _sentences(words: Sequence[str], most: int) -> Iterable[tuple[int, int]]:
    begin = 0
    for place, word in enumerate(words, 1):
        ends = word.rstrip("\"'”’»)").endswith((".", "!", "?", "…"))
        if ends or place - begin == most or place == len(words):
            yield begin, place
            begin = place


def _best(passage: Passage, lists: Sequence[str]) -> Proposed | None:
    text = " ".join(passage.text.lower().replace("’", "'").split())
    if text.count(" ") + 1 < FEWEST_WORDS:
        return None
    missing = dict.fromkeys(KINDS, 1.0)
    for kind, weight in _cues_in(text, lists):
        missing[kind] *= 1 - weight
    if text.endswith("?"):
        missing["question"] *= 1 - ASKED
    kinds = [kind for kind in KINDS if kind in OF_OURS or not passage.ours]
    kind = min(kinds, key=lambda one: missing[one])
    return Proposed(passage.place, kind, round(1 - missing[kind], 2)) if missing[kind] < 1 else None


def _cues_in(text: str, lists: Sequence[str]) -> Iterable[tuple[str, float]]:
    for language in lists:
        for kind, weight, pattern in _patterns(language):
            for cue, start in {match.group(): match.start() for match in pattern.finditer(text)}.items():
                praise = kind == "compliment"
                yield ("complaint" if praise and NEGATED.search(text, 0, start) else kind), weight * bool(cue)


@cache
def _patterns(language: str) -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple(
        (kind, weight, re.compile(rf"\b(?:{'|'.join(map(_pattern, phrases.split(',')))})(?!\w)"))
        for kind, cues in CUES[language].items()
        for weight, phrases in cues.items()
    )


def _pattern(phrase: str) -> str:
    return re.escape(" ".join(phrase.split())).replace(r"\*", r"\w*")
