"""The list of a workshop's 43 customers, as somebody keeps it in a spreadsheet; all of it invented."""

FIRST = ("Anna", "Jörg", "Käthe", "Günther", "Bärbel", "Rüdiger", "Sören", "Zoë", "Änne", "François", "Lutz")
LAST = ("Müller", "Groß", "Schäfer", "Köhler", "Weiß", "Jäger", "Böhm", "Lange", "Schröder")


def workshop(*, encoding: str = "cp1252") -> bytes:
    """Semicolons, a title above the header, addresses and numbers in one column, a slip, an empty cell."""
    lines = ["Kundenliste Werkstatt;;;;", "Kd-Nr;Name;Tel/Mail;Kunde seit;Umsatz/Jahr"]
    for number in range(43):
        first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
        plain = f"{first}.{last}".lower().translate(str.maketrans("äöüßëç", "aouses"))
        contact = f"{plain}@example.com" if number % 2 else f"089 {12345600 + number}"
        contact = {6: "", 11: "soeren@gmial,com"}.get(number, contact)
        day = f"{number % 28 + 1}.{number % 12 + 1}.{2010 + number % 15}"
        lines.append(
            f"{1001 + number};{last}, {first};{contact};{day};{number % 7 + 1}.{number * 19 % 900 + 100},50 €"
        )
    return "\r\n".join([*lines, ""]).encode(encoding)
