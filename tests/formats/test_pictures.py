import random
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from desktop_app.core.text import Block, BlockKind
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.worker import Worker
from desktop_app.formats.text.pictures import LONGEST_SIDE, Pictures


def noise(mode, size, seed=1):
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, random.Random(seed).randbytes(size[0] * size[1] * bands))


def encoded(image, kind="PNG", **options):
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def taken(content, limits=None):
    pictures = Pictures(limits or Limits())
    shown = pictures.take(content)
    assert shown is not None, pictures.say()
    (file,) = pictures.files()
    assert (shown.hash, shown.width, shown.height) == (file.hash, file.width, file.height)
    image = Image.open(BytesIO(file.content))
    assert image.size == (file.width, file.height)
    return file, image


def test_a_drawing_stays_a_png_and_a_photograph_becomes_a_jpeg():
    flat, _ = taken(encoded(Image.new("RGB", (60, 40), "red")))
    assert flat.media_type == "image/png"
    photograph, _ = taken(encoded(noise("RGB", (300, 200))))
    assert photograph.media_type == "image/jpeg"


def test_the_same_bytes_are_kept_once_and_only_shown_ones_are_handed_over():
    pictures = Pictures(Limits())
    one, other = (encoded(Image.new("RGB", (60, 40), colour)) for colour in ("red", "blue"))
    shown = pictures.take(one)
    assert pictures.take(one) == shown
    pictures.take(other)
    assert len(pictures.files()) == 2
    block = Block(BlockKind.IMAGE, "", picture=shown)
    assert [file.hash for file in pictures.files([block])] == [shown.hash]


def test_a_picture_is_turned_upright_and_its_data_about_camera_and_place_are_gone():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010F] = "Camera"
    image = Image.new("RGB", (80, 40), "white")
    image.paste("black", (0, 0, 40, 40))
    file, made = taken(encoded(image, "JPEG", exif=exif, quality=95))
    assert made.size == (40, 80)
    assert made.convert("L").getpixel((20, 5)) < 60
    assert not made.getexif()
    assert b"Camera" not in file.content


def test_a_large_picture_is_cut_down_in_proportion():
    for kind in ("PNG", "JPEG"):
        _, made = taken(encoded(Image.new("RGB", (5_000, 1_000), "red"), kind))
        assert made.size == (LONGEST_SIDE, 400)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16", "LA", "RGBA"])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_every_mode_is_shown(mode, kind):
    if (mode, kind) == ("CMYK", "PNG"):
        mode, kind = "CMYK", "JPEG"
    image = Image.new(mode, (50, 50))
    _, made = taken(encoded(image, kind))
    assert made.mode in ("L", "P", "RGB", "RGBA", "LA")


def test_sixteen_bits_keep_their_brightness():
    image = Image.new("I;16", (50, 50), 32_768)
    _, made = taken(encoded(image, "PNG"))
    assert made.getpixel((10, 10)) in (127, 128)


def test_what_shines_through_stays_and_an_alpha_that_hides_nothing_goes():
    clear, made = taken(encoded(Image.new("RGBA", (50, 50), (255, 0, 0, 90))))
    assert (clear.media_type, made.mode) == ("image/png", "RGBA")
    _, solid = taken(encoded(Image.new("RGBA", (50, 50), (255, 0, 0, 255))))
    assert solid.mode == "RGB"
    palette = Image.new("P", (50, 50), 1)
    _, made = taken(encoded(palette, "GIF", transparency=1))
    assert made.convert("RGBA").getpixel((1, 1))[3] == 0


def test_of_a_moving_picture_the_first_frame_is_shown():
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue", "green")]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    _, made = taken(content)
    assert made.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        encoded(noise("RGB", (300, 300)))[:20_000],
        encoded(noise("RGB", (300, 300)), "JPEG")[:9_000],
        b"GIF89a\xff\xff\xff\xff" + bytes(30),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 50 50\n",
    ],
    ids=["nothing", "text", "head", "cut png", "cut jpeg", "gif", "svg", "postscript"],
)
def test_damaged_and_unknown_pictures_are_counted_and_told(content):
    pictures = Pictures(Limits())
    assert pictures.take(content) is None
    assert pictures.take(content) is None
    assert pictures.say().startswith("One picture is damaged, cut short, or of a kind")
    assert pictures.files() == ()


def test_a_picture_with_too_many_pixels_is_not_decoded():
    bomb = encoded(Image.new("1", (20_000, 20_000)))
    assert len(bomb) < 100_000
    pictures = Pictures(Limits())
    assert pictures.take(bomb) is None
    assert pictures.take(encoded(Image.new("1", (9_000, 9_000)))) is None
    assert pictures.say().startswith("2 pictures are larger than 50 megapixels")


def test_pictures_beyond_the_size_of_all_together_are_counted():
    pictures = Pictures(Limits(pictures_bytes=20_000))
    for seed in range(3):
        pictures.take(encoded(noise("RGB", (100, 100), seed)))
    assert len(pictures.files()) in (1, 2)
    assert "all together" in pictures.say()


def test_rules_and_counting_pixels_are_no_pictures_and_no_failures():
    pictures = Pictures(Limits())
    for size in ((1, 1), (600, 2), (3, 3)):
        assert pictures.take(encoded(Image.new("RGB", size))) is None
    assert pictures.say() is None
    icon = encoded(Image.new("RGB", (16, 16)))
    assert pictures.take(icon, at_least=40) is None
    assert pictures.take(icon) is not None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_every_kind_is_decoded_where_files_and_sockets_are_locked_away(worker, kind):
    options = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    source = b64encode(encoded(noise("RGB", (200, 100)), kind, **options)).decode()
    text = "The convoy waited at the bridge while they argued over the list of names. " * 4
    page = f"<html><body><article><p>{text}<p><img src='data:image/x;base64,{source}'><p>{text}"
    extract = worker.extract(File(page.encode(), "page.html"))
    assert extract.warning is None
    (picture,) = extract.pictures
    assert (picture.width, picture.height) == (200, 100)
    assert picture.hash in [block.picture.hash for block in extract.blocks if block.picture]


def test_a_damaged_picture_prints_nothing(worker, capfd):
    whole = encoded(noise("RGB", (200, 100)), "TIFF", compression="tiff_lzw")
    source = b64encode(whole[:3_000] + bytes(300) + whole[3_300:]).decode()
    page = f"<html><body><p>Some text.<p><img alt='A map' src='data:image/x;base64,{source}'>"
    extract = worker.extract(File(page.encode(), "page.html"))
    assert extract.warning.startswith("One picture is damaged")
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker
