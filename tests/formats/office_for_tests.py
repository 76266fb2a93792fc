"""Builders of office files: small sound ones, and pieces of harmful ones."""

import io
import zipfile


def zipped(files, *, method=zipfile.ZIP_DEFLATED, stored=("mimetype",)):
    """A zip of {name: text or bytes}, in that order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else method)
    return made.getvalue()
