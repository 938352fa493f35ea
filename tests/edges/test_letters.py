"""Of a mail only the writer's own words are kept, whatever their program wraps around them."""

import time
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from coalface.edges.letters import Letter, letter_of, own_words, thoughts

WROTE = (
    "On Mon, 2 Mar 2026 at 07:00, Coalface <coalface@lindner.example> wrote:\n"
    "> What did you hear?\n> Visit, North\n"
)
SCHRIEB = "Am 02.03.2026 um 07:00 schrieb Coalface <coalface@lindner.example>:\n> Was haben Sie gehört?\n"
OUTLOOK = (
    f"{'_' * 32}\nFrom: Coalface <coalface@lindner.example>\nSent: Monday, 2 March 2026\n"
    "To: Olga\nSubject: What did you hear?\n\nVisit, North. Nothing is written down yet.\n"
)


def said(body: str) -> list[str]:
    return list(thoughts(own_words(body)))


def test_each_paragraph_is_a_thought_and_hard_breaks_are_none():
    assert said("Nobody called\nher back.\n\n\nShe likes the counter.\n") == [
        "Nobody called her back.",
        "She likes the counter.",
    ]


def test_a_greeting_is_no_thought_but_what_begins_like_one_is():
    greetings = ("Hi,", "Hallo zusammen", "Dear Coalface team,", "Liebe Mina,", "Good morning!", "Grüezi")
    assert said("\n\n".join(greetings)) == []
    words = ["Good service!", "Hello nobody called", "Hi, nobody called.", "Dear is the fee."]
    assert said("\n\n".join(words)) == words


def test_bullets_are_thoughts_too():
    assert said("She said\n- the app\n  is slow\n- why no cash?\n2. “never again”\n\n* nice people") == [
        "She said", "the app is slow", "why no cash?", "“never again”", "nice people",
    ]  # fmt: skip


@pytest.mark.parametrize("original", [WROTE, SCHRIEB, OUTLOOK])
def test_the_mail_that_was_answered_is_left_out(original: str):
    assert said(f"Nobody called her back.\n\n{original}") == ["Nobody called her back."]


def test_who_answers_below_or_between_the_quoted_lines_is_read_as_well():
    assert said(f"{WROTE}\nNobody called her back.\n\n> Or write it down here\n\nThe fee is odd.") == [
        "Nobody called her back.",
        "The fee is odd.",
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nOlga Lindner\nChief\n+41 44 000 00 00",
        "Best regards\nOlga",
        "Freundliche Grüsse\nOlga Lindner",
        "Mit freundlichen Grüssen\n\nOlga Lindner\nLindner & Co",
        "Sent from my iPhone",
        "Gesendet von meinem Gerät",
    ],
)
def test_a_signature_is_left_out(signature: str):
    assert said(f"Hi,\n\nNobody called her back.\n\n{signature}\n\n{WROTE}") == ["Nobody called her back."]


def test_what_only_looks_like_a_signature_and_goes_on_is_kept():
    told = "Best regards were sent to the counter. " + "She waited, and she waited. " * 20
    assert said(f"One.\n\n{told}\n\nTwo.") == ["One.", told.strip(), "Two."]


def mail(body: str = "Nobody called.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("sender", "Olga Lindner <Olga@Lindner.example>")
    made["To"] = "Coalface <coalface+7-abc@lindner.example>"
    made["Message-ID"] = "<1@phone>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def test_who_wrote_to_whom_and_what():
    assert letter_of(mail(Cc="x@y.example", Delivered_To="coalface@lindner.example")) == Letter(
        message_id="<1@phone>",
        sender="olga@lindner.example",
        receivers=("coalface+7-abc@lindner.example", "x@y.example", "coalface@lindner.example"),
        thoughts=("Nobody called.",),
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<all.lindner.example>"},
        {"sender": "MAILER-DAEMON@lindner.example"},
        {"sender": ""},
    ],
)
def test_what_a_machine_wrote_is_known_as_such(headers: dict[str, str]):
    assert letter_of(mail(**headers)).automatic
    assert not letter_of(mail(Auto_Submitted="no", Return_Path="<olga@lindner.example>")).automatic


def test_a_page_is_read_without_what_it_quotes_and_without_its_code():
    made = mail()
    made.set_content(
        "<html><head><title>x</title><style>p {}</style></head><body><p>Nobody &amp; nothing<br>called.</p>"
        "<ul><li>The fee<li>The queue</ul><script>alert(1)</script><img src=x>"
        '<div class="gmail_quote"><p>What did you <b>hear</b>?</p></div>'
        "<blockquote>Old<blockquote>Older</blockquote></blockquote><p>Bye now.</p>",
        subtype="html",
    )
    assert letter_of(made).thoughts == ("Nobody & nothing called.", "The fee", "The queue", "Bye now.")


def test_files_are_counted_and_not_read():
    made = mail()
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="till.png")
    made.add_attachment("Not read.", filename="notes.txt")
    letter = letter_of(made)
    assert (letter.thoughts, letter.attachments) == (("Nobody called.",), 2)


def raw(headers: bytes, body: bytes = b"Gr\xfcezi, nobody called.") -> Letter:
    return letter_of(message_from_bytes(headers + b"\n\n" + body))


@pytest.mark.parametrize("charset", [b"utf-8", b"no-such-thing", b"ascii", b"iso-8859-1"])
def test_an_encoding_that_is_not_what_it_says_loses_no_words(charset: bytes):
    letter = raw(b"From: a@b.example\nContent-Type: text/plain; charset=" + charset)
    assert letter.thoughts == ("Grüezi, nobody called.",)


def test_headers_made_to_hurt_do_no_harm():
    letter = raw(
        b"From: =?x-unknown?b?////?= <a@b.example>\nTo: undisclosed:;, \"x\" <\nMessage-ID: " + b"9" * 4000
        + b"\nContent-Type: text/plain; charset=\"\x00\xff\"\nContent-Transfer-Encoding: base64",
        b"!!!not base64!!!",
    )  # fmt: skip
    assert (letter.sender, letter.receivers, letter.message_id[:7]) == ("a@b.example", (), "sha256-")
    assert raw(b"Subject: nothing else").message_id.startswith("sha256-")
    assert raw(b"Subject: nothing else").automatic


@pytest.mark.parametrize(
    "body",
    [
        "On " + "a " * 50_000 + "wrote",
        "\n" * 100_000,
        "CAUTION: " + "mail " * 20_000,
        "From: x\n" * 14_000,
        "> " * 50_000,
        ("On x " * 50 + "\n") * 400,
        "-" * 100_000,
        "<" * 100_000,
    ],
)
def test_a_body_made_to_hurt_is_read_in_bounded_time(body: str):
    began = time.thread_time()
    said(body)
    assert time.thread_time() - began < 10


@pytest.mark.parametrize(
    "broken",
    [
        b"From: =?utf-8?b?a?= <o@x.example>\r\n\r\nNobody called.",
        b"Message-ID: =?utf-8?b?a?=\r\n\r\nNobody called.",
        b"Subject: =?undefined?q?a?=\r\nContent-Type: text/plain; charset=undefined\r\n\r\nNobody called.",
        b'Content-Type: text/plain; charset="utf\0-8"\r\n\r\nNobody called.',
        b"Content-Type: text/html\r\n\r\n<![if mso]><p>Nobody called.</p><![endif]>",
        b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--x\xff\r\n\r\nNobody called.",
    ],
)
def test_a_mail_that_somebody_broke_stops_no_other(broken: bytes):
    letter = letter_of(message_from_bytes(broken))
    assert letter.message_id and letter.thoughts in [("Nobody called.",), ()]


@pytest.mark.parametrize(
    "halves",
    [
        b"Content-Type: text/plain; charset=utf-7\r\n\r\nNobody +2AA- called.",
        b"Content-Type: text/plain; charset=unicode_escape\r\n\r\nNobody \\ud800 called.",
        b"Message-ID: =?utf-7?q?+2AA-?=\r\n\r\nNobody ? called.",
    ],
)
def test_half_a_character_reaches_no_database(halves: bytes):
    letter = letter_of(message_from_bytes(halves))
    assert letter.thoughts == ("Nobody ? called.",)
    assert letter.message_id.encode()
