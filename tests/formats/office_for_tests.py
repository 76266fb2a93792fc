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

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol>%s</ol></nav></body></html>'
)


def page(body):
    """A chapter in XHTML."""
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Not text</title></head>'
        f"<body>{body}</body></html>"
    )


def epub(chapters, *, metadata="", items="", spine=None, spine_attributes="", more=None):
    """A book of {file name: XHTML}, read in that order unless spine says otherwise."""
    manifest = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata><manifest>{manifest}{items}</manifest>"
        f"<spine {spine_attributes}>{order}</spine></package>"
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files |= {"OPS/book.opf": package, **{f"OPS/{name}": text for name, text in chapters.items()}}
    return zipped({**files, **(more or {})})


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATED}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def para(text, *, properties=""):
    """A paragraph of Word's; text may hold elements."""
    text = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{text}</w:p>"


def docx(body, *, parts=None, links="", more=None, main="word/document.xml", space=W):
    """A Word document. parts: kind -> the inside of footnotes, styles and so on."""
    parts = parts or {}
    kinds = "".join(
        f'<Relationship Id="k{kind}" Type="{_RELATED}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
    )
    folder, _, name = main.rpartition("/")
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="m" Type="{_RELATED}/officeDocument" '
        f'Target="{main}"/></Relationships>',
        f"{folder}/_rels/{name}.rels": f"<Relationships>{kinds}{links}</Relationships>",
        main: f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    files |= {
        f"{folder}/{kind}.xml": f"<w:{kind} {_SPACES}>{text}</w:{kind}>"
        for kind, text in parts.items()
    }
    files = {name: text.replace(W, space) for name, text in files.items()}
    return zipped({**files, **(more or {})})


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
    )
)
_ODF += (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' office:mimetype="application/vnd.oasis.opendocument.text"'
)


def fodt(body, *, styles="", meta="", kind="text"):
    """An OpenDocument text as one flat XML file."""
    return (
        f'<?xml version="1.0"?><office:document {_ODF}><office:meta>{meta}</office:meta>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def odt(body, *, styles="", meta="", kind="text", more=None):
    """An OpenDocument text, packed."""
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": fodt(body, styles=styles, kind=kind),
        "meta.xml": f"<office:m {_ODF}><office:meta>{meta}</office:meta></office:m>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return zipped({**files, **(more or {})})
