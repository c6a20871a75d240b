"""What every PDF that we make must be: tagged, in its language, with its fonts inside, and inside the margins."""

import io
from typing import Any

import numpy as np
import pypdfium2
from pypdf import PdfReader

MM = 72 / 25.4


def check_tagged(content: bytes, language: str) -> PdfReader:
    pdf = PdfReader(io.BytesIO(content))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"] == {"/Marked": True}
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert b"pdfuaid:part" in bytes(root["/Metadata"].get_object().get_data())
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in descendant["/FontDescriptor"] or "/FontFile2" in descendant["/FontDescriptor"]
    return pdf


def check_ink(content: bytes, what: str) -> None:
    """Nothing is printed in the margins of the paper but the running title and the page number."""
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        pixels = np.asarray(page.render(scale=1, grayscale=True).to_numpy()).squeeze()
        side = int(18 * MM)
        edge = np.concatenate([pixels[:, :side].ravel(), pixels[:, -side:].ravel()])
        ends = np.concatenate([pixels[: int(8 * MM)].ravel(), pixels[-int(6 * MM) :].ravel()])
        assert edge.min() > 250, f"{what}, page {number}: ink in the side margin"
        assert ends.min() > 250, f"{what}, page {number}: ink at the top or bottom"
