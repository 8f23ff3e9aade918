"""How the WSGI server's requests become Django's: nothing in a Content-Type can end in an exception."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

NO_CHARSET = "?"


class Utf8Request(WSGIRequest):
    """A request that is read as UTF-8, whatever charset its Content-Type names.

    Django takes the name over while it makes the request, and then reads the address's query in it: a name
    such as `rot13` raises there, before any middleware could answer. So does a parameter that is encoded in
    an unknown way. Here the name is only kept, for `casetra.middleware.utf8_only` to refuse.
    """

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", {"charset": NO_CHARSET}


class Handler(WSGIHandler):
    """Django's WSGI application on such requests."""

    request_class = Utf8Request
