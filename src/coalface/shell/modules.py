"""Names of static files that change with what is in them, also where one module imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):
    """A page and the modules behind it are of one version, however long a phone kept them."""

    support_js_module_import_aggregation = True
