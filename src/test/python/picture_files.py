"""Writes picture files of every form that is read, and what Pillow reads in them.

usage: picture_files.py FOLDER

For each file NAME there is NAME.raw: height, width, channels and whether there is transparency (four little-endian
int32), the values (height, width, channels), and the opacity (height, width) where there is some. forms.csv lists
NAME,TOLERANCE, the tolerance in grey levels.
"""

import struct
import sys
import zlib

import numpy as np
from PIL import Image

FOLDER = sys.argv[1]
HEIGHT, WIDTH = 37, 50
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH]
RANDOM = np.random.default_rng(0)
forms = []


def smooth(phase):
    """A picture that lossy forms keep well: waves, different in both directions."""
    return (127 + 80 * np.sin(COLUMNS / 9 + phase) + 45 * np.cos(ROWS / 7 + 2 * phase)).clip(0, 255).astype(np.uint8)


GREY = RANDOM.integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
COLOUR = RANDOM.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
ALPHA = RANDOM.integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
SMOOTH = np.dstack([smooth(0), smooth(1), smooth(2)])


def expect(name, values, opacity=None, tolerance=0):
    channels = 1 if values.ndim == 2 else 3
    with open(f"{FOLDER}/{name}.raw", "wb") as raw:
        raw.write(struct.pack("<4i", values.shape[0], values.shape[1], channels, opacity is not None))
        raw.write(np.ascontiguousarray(values, np.uint8).tobytes())
        if opacity is not None:
            raw.write(np.ascontiguousarray(opacity, np.uint8).tobytes())
    forms.append(f"{name},{tolerance}")


def as_pillow_reads(name, tolerance=0):
    """Expects of a file what Pillow reads in it."""
    with Image.open(f"{FOLDER}/{name}") as image:
        grey = image.mode in ("1", "L", "LA") or image.mode == "I;16"
        transparent = image.mode in ("LA", "RGBA") or "transparency" in image.info
        if image.mode in ("I;16", "I"):
            values = eight(np.asarray(image, np.int64), 65535)
        else:
            values = np.asarray(image.convert("L" if grey else "RGB"))
        opacity = np.asarray(image.convert("RGBA"))[..., 3] if transparent else None
        if transparent and (opacity == 255).all():
            opacity = None
    if not grey and image.mode == "P" and all((values[..., 0] == values[..., i]).all() for i in (1, 2)):
        values = values[..., 0]
    expect(name, values, opacity, tolerance)


def eight(values, largest):
    return ((values * 255 + largest // 2) // largest).astype(np.uint8)


def save(name, values, mode, tolerance=0, **settings):
    """Writes a file by Pillow."""
    image = Image.fromarray(values)
    if image.mode != mode:
        image = image.convert(mode)
    image.save(f"{FOLDER}/{name}", **settings)
    as_pillow_reads(name, tolerance)


def png(name, bits, kind, rows, extra=b""):
    """Writes a PNG of samples that Pillow cannot write: rows are packed already."""
    chunk = lambda type, data: struct.pack(">I", len(data)) + type + data + struct.pack(">I", zlib.crc32(type + data))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, kind, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    with open(f"{FOLDER}/{name}", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def pngs():
    save("grey.png", GREY, "L")
    save("colour.png", COLOUR, "RGB")
    save("black-and-white.png", GREY, "1")
    save("grey-alpha.png", np.dstack([GREY, ALPHA]), "LA")
    save("colour-alpha.png", np.dstack([COLOUR, ALPHA]), "RGBA")
    save("palette.png", COLOUR, "P")
    save("palette-transparent.png", COLOUR, "P", transparency=3)
    save("palette-opacities.png", COLOUR, "P", transparency=bytes(range(256)))
    save("grey-transparent.png", GREY // 32 * 32, "L", transparency=96)
    save("colour-transparent.png", COLOUR // 128 * 128, "RGB", transparency=(128, 0, 128))
    for bits in (1, 2, 4):
        samples = RANDOM.integers(0, 1 << bits, (HEIGHT, WIDTH))
        wide = np.pad(samples, ((0, 0), (0, -WIDTH % (8 // bits))))
        packed = sum(wide[:, i :: 8 // bits] << (8 - bits - bits * i) for i in range(8 // bits)).astype(np.uint8)
        png(f"grey-{bits}.png", bits, 0, [row.tobytes() for row in packed])
        expect(f"grey-{bits}.png", eight(samples, (1 << bits) - 1))
        image = Image.fromarray(samples.astype(np.uint8), "P")
        image.putpalette(RANDOM.integers(0, 256, 3 << bits).astype(np.uint8).tobytes())
        image.save(f"{FOLDER}/palette-{bits}.png", bits=bits)
        as_pillow_reads(f"palette-{bits}.png")
    for name, kind, channels in (("grey", 0, 1), ("colour", 2, 3), ("grey-alpha", 4, 2), ("colour-alpha", 6, 4)):
        samples = RANDOM.integers(0, 65536, (HEIGHT, WIDTH, channels))
        png(f"{name}-16.png", 16, kind, [row.astype(">u2").tobytes() for row in samples])
        bytes8 = eight(samples, 65535)
        alpha = bytes8[..., -1] if channels in (2, 4) else None
        expect(f"{name}-16.png", bytes8[..., 0] if channels < 3 else bytes8[..., :3], alpha)


def jpegs():
    for name, settings in (
        ("444.jpg", dict(subsampling=0)),
        ("420.jpg", dict(subsampling=2)),
        ("422.jpeg", dict(subsampling=1)),
        ("progressive.jpg", dict(progressive=True)),
        ("restarts.JPG", dict(restart_marker_blocks=3)),
        ("optimized.jpg", dict(optimize=True, quality=60)),
    ):
        save(name, SMOOTH, "RGB", 2, format="JPEG", **settings)
    save("grey.jpg", smooth(1), "L", 2)
    save("grey-progressive.jpg", smooth(1), "L", 2, progressive=True)
    save("cmyk.jpg", SMOOTH, "CMYK", 2)
    # Whatever profile: what is stored counts.
    from PIL import ImageCms

    save("profile.jpg", SMOOTH, "RGB", 2, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def turned():
    """Pictures that EXIF tells how to turn."""
    image = Image.fromarray(SMOOTH)
    upright = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    for tag, turn in upright.items():
        exif = Image.Exif()
        exif[0x0112] = tag
        for ending, settings in (("jpg", {}), ("png", {}), ("webp", dict(lossless=True)), ("tif", {})):
            name = f"turned-{tag}.{ending}"
            image.save(f"{FOLDER}/{name}", exif=exif, **settings)
            with Image.open(f"{FOLDER}/{name}") as stored:
                pixels = stored.convert("RGB")
                # Pillow turns a TIFF while it reads it.
                pixels = pixels if turn is None or ending == "tif" else pixels.transpose(turn)
            expect(name, np.asarray(pixels), None, 2 if ending == "jpg" else 0)


def others():
    for mode in ("1", "L", "P", "RGB"):
        save(f"{mode}.bmp", COLOUR, mode)
    save("first.gif", COLOUR, "P", save_all=True, append_images=[Image.fromarray(GREY)])
    save("plain.gif", COLOUR, "P")
    save("transparent.gif", GREY, "P", transparency=7)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"{compression}.tif", COLOUR, "RGB", compression=compression)
    save("group4.tif", GREY, "1", compression="group4")
    save("black-and-white.tiff", GREY, "1")
    save("grey.tif", GREY, "L")
    save("palette.tif", COLOUR, "P")
    save("alpha.tif", np.dstack([COLOUR, ALPHA]), "RGBA")
    save("cmyk.tif", COLOUR, "CMYK", 1)
    save("grey-16.tif", RANDOM.integers(0, 65536, (HEIGHT, WIDTH), dtype=np.uint16), "I;16")
    save("jpeg.tif", SMOOTH, "RGB", 3, compression="jpeg")
    save("binary.pbm", GREY, "1")
    save("binary.pgm", GREY, "L")
    save("binary.ppm", COLOUR, "RGB")
    for magic, values in (("P2", GREY), ("P3", COLOUR)):
        name = f"text-{magic}.pnm"
        with open(f"{FOLDER}/{name}", "w") as file:
            file.write(f"{magic}\n# a comment\n{WIDTH} {HEIGHT}\n255\n" + " ".join(map(str, values.flatten())) + "\n")
        expect(name, values)
    samples = RANDOM.integers(0, 1001, (HEIGHT, WIDTH))
    with open(f"{FOLDER}/thousand.pgm", "wb") as file:
        file.write(f"P5 {WIDTH} {HEIGHT} 1000\n".encode() + samples.astype(">u2").tobytes())
    expect("thousand.pgm", eight(samples, 1000), None, 1)
    save("lossless.webp", COLOUR, "RGB", lossless=True)
    save("lossless-alpha.webp", np.dstack([COLOUR, ALPHA]), "RGBA", lossless=True, exact=True)
    save("lossy-grey.webp", np.dstack([smooth(0)] * 3), "RGB", 2, quality=90)
    # The library repeats colours, of which there are half as many each way, where Pillow interpolates.
    save("lossy.webp", SMOOTH, "RGB", 14, quality=90)
    save("lossy-alpha.webp", np.dstack([SMOOTH, smooth(3)]), "RGBA", 14, quality=90)


def resized():
    """What Pillow and Keras make of a picture of other proportions: FILE,HEIGHT,WIDTH,CHANNELS,FIT,EXPECTED."""
    from quiet_tensorflow import tf
    import keras

    tf.config.set_visible_devices([], "GPU")
    rows, columns = np.mgrid[0:120, 0:160]
    waves = np.dstack([127 + 70 * np.sin(columns / 17 + i) + 50 * np.cos(rows / 14 - i) for i in range(3)])
    image = Image.fromarray(waves.clip(0, 255).astype(np.uint8))
    image.save(f"{FOLDER}/waves.png")
    image.save(f"{FOLDER}/waves.jpg", quality=95)
    kept = Image.Resampling
    as_keras = np.asarray(image, np.float32)
    crop = keras.layers.Resizing(30, 30, crop_to_aspect_ratio=True)(as_keras)
    pad = keras.layers.Resizing(40, 40, pad_to_aspect_ratio=True)(as_keras)
    cases = [
        ("waves.png", 33, 47, 3, "stretch", image.resize((47, 33), kept.BOX)),
        ("waves.jpg", 33, 47, 3, "stretch", image.resize((47, 33), kept.BOX)),
        ("waves.png", 33, 47, 1, "stretch", image.convert("L").resize((47, 33), kept.BOX)),
        ("waves.png", 200, 250, 3, "stretch", image.resize((250, 200), kept.BILINEAR)),
        ("waves.png", 60, 60, 3, "crop", image.crop((20, 0, 140, 120)).resize((60, 60), kept.BOX)),
        ("waves.png", 30, 30, 3, "crop", np.asarray(crop)),
        ("waves.png", 40, 40, 3, "pad", np.asarray(pad)),
    ]
    with open(f"{FOLDER}/resized.csv", "w") as table:
        for number, (name, height, width, channels, fit, expected) in enumerate(cases):
            np.asarray(expected).round().clip(0, 255).astype(np.uint8).tofile(f"{FOLDER}/resized-{number}.bin")
            table.write(f"{name},{height},{width},{channels},{fit},resized-{number}.bin\n")


pngs()
jpegs()
turned()
others()
resized()
with open(f"{FOLDER}/forms.csv", "w") as table:
    table.write("\n".join(forms) + "\n")
