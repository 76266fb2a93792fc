"""Sets pictures with their captions, and the places of those that are not in the file.

The room of a picture is taken from its width and height alone, so that nothing moves when it comes.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from desktop_app.core.text import Picture
from desktop_app.ui.look import icons
from desktop_app.ui.reader.fittings import fill, label
from desktop_app.ui.reader.laid import Laid, Piece, Spot, SpotKind
from desktop_app.ui.reader.lines import Settings
from desktop_app.ui.reader.pictures import Absence, Decoded, Pictures
from desktop_app.ui.reader.rows import Row

MOST_OF_VIEW = 0.8  # a picture is at most this share of the view's height
LEAST_VIEW_PX = 320  # of a view lower than this, a picture may take more
CAPTION_GAP_PX = 7
MAT_PX = 4
SMALL_PX = 64  # a place for a picture smaller than this has no sign in it

_SAID = {
    Absence.MISSING: "This picture is missing from the library.",
    Absence.DAMAGED: "This picture cannot be shown: its file in the library is damaged.",
}


def drawn_size(picture: Picture, width: float, view_height: int) -> QSize:
    """How large a picture is drawn: never larger than it is, never higher than most of the view.

    A picture of unknown size is given a column-wide place in which it is fitted.
    """
    wide, high = picture.width, picture.height
    if wide <= 0 or high <= 0:
        wide, high = round(width), round(width * 9 / 16)
    most = MOST_OF_VIEW * max(view_height, LEAST_VIEW_PX)
    scale = min(1.0, width / wide, most / high)
    return QSize(max(1, round(wide * scale)), max(1, round(high * scale)))


def figure(
    row: Row,
    picture: Picture,
    caption: Piece | None,
    made: Settings,
    *,
    size: QSize,
    shelf: Pictures,
    gap: int,
) -> Laid:
    """Set a picture of the library with its caption below."""
    rect = QRectF(0, gap, size.width(), size.height())
    laid = Laid(row, gap + size.height())
    laid.under.append(partial(_paint, shelf, picture.hash or "", rect, made))
    laid.spots.append(Spot(SpotKind.PICTURE, rect, row.block))
    if caption is not None:
        caption.y = laid.height + CAPTION_GAP_PX
        laid.pieces.append(caption)
        laid.height = round(caption.y + caption.tops[-1])
    return laid


def absent(
    row: Row, said: Piece, caption: Piece | None, made: Settings, *, gap: int, width: float
) -> Laid:
    """Set the place of a picture that is not in the file: what it is, where it was, its caption."""
    laid = Laid(row, 0)
    said.x, said.y = 48, gap + 11
    bottom = said.y + said.tops[-1]
    laid.under.append(label(said))
    if caption is not None:
        caption.x, caption.y = 48, bottom + 2
        bottom = caption.y + caption.tops[-1]
        laid.pieces.append(caption)
    laid.height = round(bottom + 11)
    laid.under.insert(0, fill(QRectF(0, gap, width, laid.height - gap), made.box, 6))
    square = QRect(16, gap + 11, 22, 22)
    laid.under.append(partial(icons.paint, rect=square, name="image"))
    return laid


def absence_in_words(picture: Picture | None) -> str:
    """What stands in the place of a picture that is not in the file, with the site it was on."""
    host = ""
    if picture is not None and picture.address:
        try:
            host = urlsplit(picture.address).hostname or ""
        except ValueError:
            host = ""
    return f"Picture not in the file · {host}" if host else "Picture not in the file"


def _paint(shelf: Pictures, picture: str, rect: QRectF, made: Settings, painter: QPainter) -> None:
    scale = painter.device().devicePixelRatio()
    size = QSize(round(rect.width() * scale), round(rect.height() * scale))
    found = shelf.get(picture, size)
    if isinstance(found, Decoded):
        _paint_image(found, rect, made, painter, size)
    else:
        _paint_place(found, rect, made, painter)


def _paint_image(
    found: Decoded, rect: QRectF, made: Settings, painter: QPainter, size: QSize
) -> None:
    if found.clear and made.mat is not None:
        painter.setBrush(made.mat)
        painter.drawRoundedRect(rect.adjusted(-MAT_PX, -MAT_PX, MAT_PX, MAT_PX), 4, 4)
    shape = found.image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(rect)
    if abs(shape.width() - size.width()) > 1 or abs(shape.height() - size.height()) > 1:
        # Of unknown size when it was set: fitted into its place.
        place.setWidth(rect.width() * shape.width() / size.width())
        place.setHeight(rect.height() * shape.height() / size.height())
        place.moveCenter(rect.center())
    smooth = found.image.size() != size
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(place, found.image)


def _paint_place(absence: Absence, rect: QRectF, made: Settings, painter: QPainter) -> None:
    """Paint the place of a picture that is on its way, or say why it will not come."""
    painter.setBrush(made.box)
    painter.drawRoundedRect(rect, 4, 4)
    said = _SAID.get(absence)
    if said is not None and rect.height() >= SMALL_PX:
        painter.setPen(made.muted)
        painter.setFont(made.label.face)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(16, 8, -16, -8), int(flags), said)
        painter.setPen(Qt.PenStyle.NoPen)
    elif min(rect.width(), rect.height()) >= SMALL_PX:
        square = QRect(0, 0, 28, 28)
        square.moveCenter(rect.center().toPoint())
        icons.paint(painter, square, "image")
