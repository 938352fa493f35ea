"""What is searched for has an index: full text on SQLite kept by triggers, an expression on PostgreSQL."""

from django.db import migrations

# SQLite. The words of verbatims are indexed where they lie: the index holds places, never a second text. The other
# nouns have ids that are no row numbers, so each gets a number of its own in records_search_place. `detail=none`
# keeps no positions: a search asks for beginnings of words, all of which have to be there.
# SQLite drops the triggers of a table that a later migration rebuilds: make them again there
# (tests/house/test_triggers.py tells).

FTS = "tokenize = 'unicode61 remove_diacritics 2', detail = none"
NAMED = {
    "customer": ("name", "reference", "email", "phone"),
    "person": ("name",),
    "issue": ("title",),
    "fix": ("title",),
    "household": ("name", "reference"),
    "researchreport": ("title", "made_by"),
}


def _joined(fields, row=""):
    return " || ' ' || ".join(f"coalesce({row}{field}, '')" for field in fields)


def _changed(fields):
    return " OR ".join(f"OLD.{field} IS NOT NEW.{field}" for field in fields)


TAKE_OUT = "INSERT INTO records_search_words (records_search_words, rowid, text) VALUES ('delete', OLD.id, OLD.text);"
PUT_IN = "INSERT INTO records_search_words (rowid, text) VALUES (NEW.id, NEW.text);"
WORDS = [
    f"""CREATE VIRTUAL TABLE records_search_words USING fts5(
        text, content = 'records_verbatim', content_rowid = 'id', {FTS})""",
    f"""CREATE TRIGGER search_words_in AFTER INSERT ON records_verbatim WHEN NEW.text <> ''
        BEGIN {PUT_IN} END""",
    f"""CREATE TRIGGER search_words_out AFTER DELETE ON records_verbatim WHEN OLD.text <> ''
        BEGIN {TAKE_OUT} END""",
    f"""CREATE TRIGGER search_words_cleared AFTER UPDATE OF text ON records_verbatim
        WHEN OLD.text IS NOT NEW.text AND OLD.text <> '' BEGIN {TAKE_OUT} END""",
    f"""CREATE TRIGGER search_words_changed AFTER UPDATE OF text ON records_verbatim
        WHEN OLD.text IS NOT NEW.text AND NEW.text <> '' BEGIN {PUT_IN} END""",
    "INSERT INTO records_search_words (rowid, text) SELECT id, text FROM records_verbatim WHERE text <> ''",
]
NAMES = [
    """CREATE TABLE records_search_place (
        id integer PRIMARY KEY, noun text NOT NULL, about_id NOT NULL, UNIQUE (noun, about_id))""",
    f"CREATE VIRTUAL TABLE records_search_names USING fts5(words, content = '', {FTS})",
]


def _of(noun, fields):
    table = f"records_{noun}"
    place = "SELECT id FROM records_search_place WHERE noun = '{noun}' AND about_id = {row}.id"
    old, new = (place.format(noun=noun, row=row) for row in ("OLD", "NEW"))
    out = f"""INSERT INTO records_search_names (records_search_names, rowid, words)
        VALUES ('delete', ({old}), {_joined(fields, "OLD.")});"""
    into = f"INSERT INTO records_search_names (rowid, words) VALUES (({new}), {_joined(fields, 'NEW.')});"
    return [
        f"""CREATE TRIGGER search_{noun}_in AFTER INSERT ON {table} BEGIN
            INSERT INTO records_search_place (noun, about_id) VALUES ('{noun}', NEW.id); {into} END""",
        f"""CREATE TRIGGER search_{noun}_changed AFTER UPDATE OF {", ".join(fields)} ON {table}
            WHEN {_changed(fields)} BEGIN {out} {into} END""",
        f"""CREATE TRIGGER search_{noun}_out AFTER DELETE ON {table} BEGIN {out}
            DELETE FROM records_search_place WHERE noun = '{noun}' AND about_id = OLD.id; END""",
        f"INSERT INTO records_search_place (noun, about_id) SELECT '{noun}', id FROM {table}",
        f"""INSERT INTO records_search_names (rowid, words)
            SELECT p.id, {_joined(fields, "t.")} FROM {table} t
            JOIN records_search_place p ON p.noun = '{noun}' AND p.about_id = t.id""",
    ]


SQLITE = [*WORDS, *NAMES, *(statement for noun, fields in NAMED.items() for statement in _of(noun, fields))]
SQLITE_BACK = [
    *(f"DROP TRIGGER search_words_{which}" for which in ("in", "out", "cleared", "changed")),
    *(f"DROP TRIGGER search_{noun}_{which}" for noun in NAMED for which in ("in", "changed", "out")),
    "DROP TABLE records_search_words",
    "DROP TABLE records_search_names",
    "DROP TABLE records_search_place",
]

# PostgreSQL. The extension `unaccent` may be missing and is not immutable: letters are taken apart and their accents
# left out. Most texts have none, and their length tells so at once. A text longer than an index entry may be is
# searched in its beginning.
LONGEST = 200_000
MARKS = "@./:_-+&'’"
POSTGRESQL = [
    f"""CREATE FUNCTION records_searched(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT to_tsvector('pg_catalog.simple'::regconfig, translate(
            CASE WHEN octet_length(words) = char_length(words) THEN left(words, {LONGEST})
            ELSE regexp_replace(normalize(left(words, {LONGEST}), NFD), '[\\u0300-\\u036F]', '', 'g') END,
            '{MARKS.replace("'", "''")}', '{" " * len(MARKS)}'))
        $$""",
    "CREATE INDEX search_words ON records_verbatim USING gin (records_searched(text))",
    *(
        f"CREATE INDEX search_{noun} ON records_{noun} USING gin (records_searched({_joined(fields)}))"
        for noun, fields in NAMED.items()
    ),
]
POSTGRESQL_BACK = [
    "DROP INDEX search_words",
    *(f"DROP INDEX search_{noun}" for noun in NAMED),
    "DROP FUNCTION records_searched",
]


def index(apps, schema_editor):
    """Make the index of this database, and put in what is there."""
    _run(schema_editor, SQLITE, POSTGRESQL)


def unindex(apps, schema_editor):
    """Take it away."""
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0004_doors")]
    operations = [migrations.RunPython(index, unindex)]
