"""Which responses each block of a release holds, kept until retention: a correction is checked against it (R8)."""

from collections.abc import Iterator

import numpy as np

from reports.figures import Figures

ID_BYTES, NUMBER_BYTES = 16, 4


def members_name(number: int) -> str:
    """Of the working file that goes with this release of a round."""
    return f"members-{number}"


def packed_members(figures: Figures) -> bytes:
    """Of everybody in a block the response's id and the block's number."""
    numbers = figures.block_numbers
    inside = numbers >= 0
    written = np.ascontiguousarray(numbers[inside].astype(">u4")).view(np.uint8).reshape(-1, NUMBER_BYTES)
    return np.hstack([figures.data.ids[inside], written]).tobytes()


def members(packed: bytes) -> dict[bytes, int]:
    """Response's id -> block's number."""
    return dict(_entries(packed))


def _entries(packed: bytes) -> Iterator[tuple[bytes, int]]:
    size = ID_BYTES + NUMBER_BYTES
    for start in range(0, len(packed), size):
        entry = packed[start : start + size]
        yield entry[:ID_BYTES], int.from_bytes(entry[ID_BYTES:], "big")
