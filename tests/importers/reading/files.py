"""Writing and reading the files of these tests."""

from coalface.importers.reading import guessed, opened


def written(folder, content, name="file.csv"):
    """A file with some bytes, or a text as UTF-8."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path, how=None, *, after=0):
    """How a file is read, its header and all its rows."""
    how = how or guessed(path, name=path.name)
    with opened(path, how, name=path.name) as table:
        return how, table.header, list(table.rows(after=after))


def fields(path, how=None):
    """The fields of all rows that are good."""
    return [row.fields for row in read(path, how)[2] if not row.refused]
