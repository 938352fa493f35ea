"""The settings of the product, in a home of its own that is thrown away, with a hasher that costs nothing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="coalface-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["COALFACE_HOME"] = str(_HOME)
(_HOME / "static").mkdir()

from coalface.settings import *  # noqa: E402, F403  (the home has to be chosen first)
from coalface.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file, not memory: two people at once, a live server and a worker each bring a connection of their own.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_HOME / "test.sqlite3")}
