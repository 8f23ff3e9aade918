"""Files: no page takes any, so none is kept."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class DropFiles(FileUploadHandler):
    """Skips every file part and keeps the text fields.

    An empty FILE_UPLOAD_HANDLERS would drop them as well, but without a handler, and so without its
    `chunk_size`, Django reads the whole body into memory at once.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
