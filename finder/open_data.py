"""Open data: a municipality's programs as JSON and JSON-LD, dated, with source and licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from finder import exchange
from finder.catalog import Catalog, Program

FORMAT = "shien-finder/1"


def catalog_json(catalog: Catalog, published_on: str) -> dict[str, Any]:
    """Return a municipality's whole offer; `published_on` is the day of the version it is from.

    The licence is the municipality's to choose: null until its file says one.
    """
    place = catalog.municipality
    return {"format": FORMAT, "published_on": published_on, "licence": place.licence or None,
            "municipality": exchange.municipality(place),
            "programs": [exchange.program(p, catalog) for p in catalog.programs],
            "departments": [exchange.department(d) for d in catalog.departments.values()]}


def dataset(catalog: Catalog, published_on: str, address: str, files: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return what the files are, in the W3C's DCAT; `files` by name: media type and words. An undecided licence is null."""
    place = catalog.municipality
    licence = place.licence or None
    return {
        "@context": "https://www.w3.org/ns/dcat.jsonld", "@type": "Dataset", "title": f"{place.name.ja}の子ども・子育ての制度",
        "identifier": place.code, "modified": published_on, "license": licence, "landingPage": address, "language": "ja",
        "publisher": {"@type": "Organization", "name": place.name.ja}, "source": place.plan_title or None,
        "distribution": [{"@type": "Distribution", "title": words, "downloadURL": address + name, "mediaType": media_type.split(";")[0],
                          "modified": published_on, "license": licence} for name, (media_type, words) in files.items()],
    }


def program_jsonld(program: Program, catalog: Catalog, address: str = "") -> dict[str, Any]:
    """Return a program as schema.org's GovernmentService; what is not known is left out."""
    place = catalog.municipality
    area = {"@type": "AdministrativeArea", "name": place.name.ja, "identifier": place.code}
    service: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "GovernmentService", "identifier": f"{place.code}-{program.id}",
        "name": program.name, "alternateName": program.title.ja, "description": program.text.ja,
        "serviceType": program.kind, "areaServed": area, "jurisdiction": area,
        "provider": {"@type": "GovernmentOrganization", "name": place.name.ja}, "url": address,
        "license": place.licence, "isBasedOn": program.source.url,
        "availableChannel": [_channel(o) for o in exchange.departments_of(program, catalog) if o.get("phone") or o.get("url")],
    }
    return {k: v for k, v in service.items() if v}


def _channel(office: dict[str, Any]) -> dict[str, Any]:
    phone = {"@type": "ContactPoint", "name": office["name"], "telephone": office["phone"]} if office.get("phone") else None
    channel = {"@type": "ServiceChannel", "name": office["name"], "servicePhone": phone, "serviceUrl": office.get("url")}
    return {k: v for k, v in channel.items() if v}
