"""Builders of office files: small sound ones, and pieces of harmful ones."""

import io
import zipfile

from PIL import Image


def zipped(files, *, method=zipfile.ZIP_DEFLATED, stored=("mimetype",)):
    """A zip of {name: text or bytes}, in that order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else method)
    return made.getvalue()


def _png():
    made = io.BytesIO()
    image = Image.new("RGB", (60, 50))
    image.putdata([(x * 4, y * 5, 90) for y in range(50) for x in range(60)])
    image.save(made, "PNG")
    return made.getvalue()


PNG = _png()
