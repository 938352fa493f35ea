"""Write down what the API promises: src/coalface/api/schema.json, to be read before it is committed."""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalface.settings")
django.setup()

from coalface.api.urls import api  # noqa: E402  (Django has to be set up first)

PLACE = Path(__file__).parents[1] / "src" / "coalface" / "api" / "schema.json"
PLACE.write_text(json.dumps(api.promise(), indent=1, ensure_ascii=False) + "\n")
