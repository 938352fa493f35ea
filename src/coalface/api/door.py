"""The API as ninja knows it, with what every answer carries and what its schema says of the ways in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from coalface.permissions import PRIVATE

from .rights import SECURITY, security_of

PREFIX = "/api/"


class Door(NinjaAPI):
    """Answers say how much a program may still ask, and are kept by no proxy."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """The answer in JSON, with the headers that belong to whoever asked."""
        response = super().create_response(request, data, **more)
        response.setdefault("Cache-Control", PRIVATE)
        if response.status_code == 401:
            response["WWW-Authenticate"] = 'Bearer realm="Coalface"'
        if budget := getattr(request, "budget", None):
            response["RateLimit-Limit"] = str(budget.limit)
            response["RateLimit-Remaining"] = str(max(0, budget.left))
            response["RateLimit-Reset"] = str(budget.renewed_in)
            if response.status_code == 429:
                response["Retry-After"] = str(budget.renewed_in)
        return response

    def promise(self) -> dict[str, Any]:
        """The whole promise as OpenAPI 3.1, with the ways in and the scope each operation wants."""
        schema: OpenAPISchema = self.get_openapi_schema(path_prefix=PREFIX)
        for router in self._get_bound_routers():
            for path, view in router.path_operations.items():
                place = PREFIX + f"{router.prefix}/{path}".replace("//", "/").strip("/")
                for operation in view.operations:
                    for method in operation.methods:
                        said = schema["paths"].get(place, {}).get(method.lower())
                        if said is not None and operation.auth_callbacks:
                            said["security"] = security_of(operation.auth_callbacks[0])
        schema["components"]["securitySchemes"] = SECURITY
        return dict(schema)
