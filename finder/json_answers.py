"""How JSON is written over HTTP: by orjson, which takes a tenth of the time that the standard library takes for a turn.

Keys are sorted, as Flask sorts them; text is UTF-8.
"""

from __future__ import annotations

from typing import Any

import orjson
from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from werkzeug.sansio.response import Response as AnyResponse

# Nothing is written that Flask would not write, or would write otherwise: dates are text before they come here.
_HOW = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def set_up(app: Flask) -> None:
    """Write what `jsonify` gives."""
    app.json = _Written(app)


class _Written(DefaultJSONProvider):
    def response(self, *args: Any, **kwargs: Any) -> AnyResponse:
        try:
            written = orjson.dumps(self._prepare_response_obj(args, kwargs), option=_HOW)
        except TypeError:      # half a character, which somebody sent as an escape, has no UTF-8: it is given back as an escape
            return super().response(*args, **kwargs)
        return Response(written, mimetype=self.mimetype)
