"""Files that nobody can use are not kept: neither in memory nor on disk, however much a browser sends.

Django reads a form before it looks whether it may be sent. Only one file is read (DATA_UPLOAD_MAX_NUMBER_FILES).
"""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUploadHandler(FileUploadHandler):
    """Passes a file of somebody who is logged in on to the next handler, until it is too large.

    The form then finds `request.file_too_large`. Answering needs no files, nor does logging in.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._bytes += len(raw_data)
        if self._bytes > settings.UPLOAD_MAX_BYTES:
            self.request.file_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing: the next handler makes the file."""
