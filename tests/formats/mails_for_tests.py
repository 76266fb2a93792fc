"""Mails for the tests, written by hand where the point is how they are written."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO

from PIL import Image

TEXT = "The convoy waited at the bridge.\n"


def picture(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def mail(text: str = TEXT, **fields: str) -> EmailMessage:
    """A mail with a plain text."""
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "joe@example.org"
    message["Subject"] = "The bridge"
    message["Date"] = "Mon, 20 Jul 2015 23:30:00 -0700"
    for name, value in fields.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    return message


def with_page(text: str, page: str) -> EmailMessage:
    """A mail that says the same twice."""
    message = mail(text)
    message.add_alternative(page, subtype="html")
    return message


def raw(header: str, body: str) -> bytes:
    return f"From: jane@example.org\nSubject: The bridge\n{header}\n\n{body}".encode()
