"""What the pictures show."""

import io

import numpy as np
from PIL import Image


def scene(width, height):
    """Smooth shades, hard edges and noise: what tells a resampling filter from its neighbours."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([255 * x / width, 255 * y / height, 127 + 127 * np.sin(x * y / 40)], axis=-1)
    picture[height // 4 : height // 2, width // 3 : width // 2] = [255, 255, 255]
    picture[height // 2 :: 7, :] = [0, 0, 0]
    noise = np.random.default_rng(1).integers(0, 256, (height, width, 3))
    picture[:, 3 * width // 4 :] = noise[:, 3 * width // 4 :]
    return Image.fromarray(picture.round().astype(np.uint8))


def quadrants():
    """Red, green, blue, white, in 24 x 16: no two orientations of it look the same, even after JPEG."""
    picture = np.zeros((16, 24, 3), np.uint8)
    picture[:8, :16] = [255, 0, 0]
    picture[:8, 16:] = [0, 255, 0]
    picture[8:, :16] = [0, 0, 255]
    picture[8:, 16:] = [255, 255, 255]
    return Image.fromarray(picture)


def encoded(picture, form, **options):
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def stored_for(upright, orientation):
    """The rows as a camera stores them, so that `orientation` makes them upright."""
    undo = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
            6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}
    return upright.transpose(undo[orientation]) if orientation in undo else upright
