"""The JSON API under /api/v1/: one door, one form of error, nothing kept by anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import RedirectView
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from config.api_page import api_page
from people.errors import Refusal
from people.tokens.auth import Door
from people.tokens.errors import TooManyRequests
from search.api.routes import router
from search.engines.contract import EngineUnavailable

VERSION = "1"
RETRY_SECONDS = 60
PRIVATE = "private, no-store"
log = logging.getLogger("config.api")

View = Callable[..., HttpResponse]


class Renderer(JSONRenderer):
    """Chinese is written as it is, not in escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Ninja's API, whose every answer is private JSON: also for an unknown address or a wrong method."""

    def _get_urls(self) -> list[Any]:
        *found, _root = super()._get_urls()
        found += [
            path("docs", api_page(self), name="docs"),
            path("", RedirectView.as_view(pattern_name=f"{self.urls_namespace}:docs"), name="api-root"),
            re_path(r"^.+$", self._unknown),
        ]
        for pattern in found:
            pattern.callback = self._private(pattern.callback)
        return found

    def _private(self, view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 405:
                allowed = response["Allow"]
                response = self.failed(request, 405, "method_not_allowed", _("接口只能读取，请用 GET。"))
                response["Allow"] = allowed
            response["Cache-Control"] = PRIVATE
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Content-Language"] = get_language()
            return response

        return answer

    def _unknown(self, request: HttpRequest) -> HttpResponse:
        return self.failed(request, 404, "address_unknown", _("接口没有这个地址。接口说明在 /api/v1/docs。"))

    def failed(self, request: HttpRequest, status: int, code: str, message: object) -> HttpResponse:
        """An error as this API tells it."""
        return self.create_response(request, {"code": code, "message": str(message)}, status=status)


api = Api(title="传承", version=VERSION, urls_namespace="api", docs_url=None, auth=Door(), renderer=Renderer())
api.add_router("", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What a service refused."""
    response = api.failed(request, refusal.status, refusal.code, refusal.message)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooManyRequests):
        response["Retry-After"] = str(refusal.seconds)
    return response


@api.exception_handler(EngineUnavailable)
def engine_away(request: HttpRequest, reason: EngineUnavailable) -> HttpResponse:
    """The engine does not answer; the log says why, the caller does not hear it."""
    log.warning("search engine away: %s", reason)
    response = api.failed(request, 503, "search_away", _("搜索暂时用不了，请过一分钟再试。"))
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


@api.exception_handler(ValidationError)
def parameters_wrong(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Parameters out of their limits, named."""
    names = sorted({str(error["loc"][-1]) for error in fault.errors})
    message = _("参数不对：%(names)s。可用的值见 /api/v1/docs。") % {"names": "、".join(names)}
    return api.failed(request, 422, "parameters_wrong", message)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, reason: Http404) -> HttpResponse:
    """There is no such thing."""
    return api.failed(request, 404, "not_found", _("没有找到。"))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """What ninja itself refuses."""
    return api.failed(request, fault.status_code, "refused", _("不能这样做。"))


@api.exception_handler(Exception)
def broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A fault of ours: in the log with its trace, told without it."""
    log.error("request of the API failed: %s", request.path, exc_info=fault)
    return api.failed(request, 500, "broken", _("出错了，已记下来。请稍后再试，仍不行请联系管理员。"))
