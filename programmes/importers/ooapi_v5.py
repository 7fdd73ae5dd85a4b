"""The Open Onderwijs API, version 5: what Dutch institutions serve through EduHub."""

from functools import partial

from programmes.importers import ooapi

NAMES = ooapi.Names(
    format="ooapi-v5",
    programme_id="programId",
    programme_type="programType",
    whole="program",
    offering_id="offeringId",
    offering_programme=("program",),
    organisation=("organization",),
    organisation_id="organizationId",
    programme_codes=frozenset({"crohoCreboCode", "croho", "crebo"}),
    school_code="brin",
    starts="startDate",
    ends="endDate",
)
knows = partial(ooapi.knows, NAMES)
read = partial(ooapi.read, NAMES)
