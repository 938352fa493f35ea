"""Finished means answered, whoever writes the row: two triggers on each database."""

from django.db import migrations

# Beside the actions' own checks: nothing that a console, a script or a race could do gets past these.
# SQLite drops the triggers of a table that a later migration rebuilds: make them again there
# (tests/house/test_triggers.py tells).

OPEN = """
    EXISTS (
        SELECT 1 FROM records_remark r WHERE r.encounter_id = NEW.encounter_id AND NOT EXISTS (
            SELECT 1 FROM records_disposition d WHERE d.remark_id = r.id AND d.ended_at IS NULL))
    OR EXISTS (
        SELECT 1 FROM records_remark r
        JOIN records_disposition d ON d.remark_id = r.id AND d.ended_at IS NULL
        JOIN records_handover h ON h.disposition_id = d.id
        LEFT JOIN records_handoveranswer a ON a.hand_over_id = h.id
        WHERE r.encounter_id = NEW.encounter_id AND a.id IS NULL)
"""
FINISHED = """
    EXISTS (
        SELECT 1 FROM records_finishing f WHERE f.encounter_id = NEW.encounter_id AND f.reopened_at IS NULL)
"""

SQLITE = [
    f"""CREATE TRIGGER finished_means_answered BEFORE INSERT ON records_finishing
        WHEN NEW.reopened_at IS NULL AND ({OPEN})
        BEGIN SELECT RAISE(ABORT, 'finished_means_answered'); END""",
    f"""CREATE TRIGGER finished_again_means_answered BEFORE UPDATE OF reopened_at ON records_finishing
        WHEN NEW.reopened_at IS NULL AND ({OPEN})
        BEGIN SELECT RAISE(ABORT, 'finished_means_answered'); END""",
    f"""CREATE TRIGGER a_remark_reopens BEFORE INSERT ON records_remark WHEN ({FINISHED})
        BEGIN SELECT RAISE(ABORT, 'a_remark_reopens'); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER finished_means_answered",
    "DROP TRIGGER finished_again_means_answered",
    "DROP TRIGGER a_remark_reopens",
]

# The encounter's row is locked first, so that a remark and a finishing written at once wait for each other.
LOCK = "PERFORM 1 FROM records_encounter WHERE id = NEW.encounter_id FOR UPDATE;"
POSTGRESQL = [
    f"""CREATE FUNCTION records_finished_means_answered() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {LOCK}
            IF NEW.reopened_at IS NULL AND ({OPEN}) THEN
                RAISE EXCEPTION 'finished_means_answered' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER finished_means_answered BEFORE INSERT OR UPDATE OF reopened_at ON records_finishing
        FOR EACH ROW EXECUTE FUNCTION records_finished_means_answered()""",
    f"""CREATE FUNCTION records_a_remark_reopens() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {LOCK}
            IF ({FINISHED}) THEN
                RAISE EXCEPTION 'a_remark_reopens' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER a_remark_reopens BEFORE INSERT ON records_remark
        FOR EACH ROW EXECUTE FUNCTION records_a_remark_reopens()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER finished_means_answered ON records_finishing",
    "DROP TRIGGER a_remark_reopens ON records_remark",
    "DROP FUNCTION records_finished_means_answered",
    "DROP FUNCTION records_a_remark_reopens",
]


def guard(apps, schema_editor):
    """Make the triggers of this database."""
    _run(schema_editor, SQLITE, POSTGRESQL)


def unguard(apps, schema_editor):
    """Take them away."""
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_meeting")]
    operations = [migrations.RunPython(guard, unguard)]
