"""The Open Onderwijs API, version 6: British spelling, values with underscores, moments in the place of days."""

from functools import partial

from programmes.importers import ooapi

NAMES = ooapi.Names(
    format="ooapi-v6",
    programme_id="programmeId",
    programme_type="programmeType",
    whole="programme",
    offering_id="programmeOfferingId",
    offering_programme=("programmeId", "programme"),
    organisation=("organisation",),
    organisation_id="organisationId",
    programme_codes=frozenset({"programme_code"}),
    school_code="institution_code",
    starts="startDateTime",
    ends="endDateTime",
)
knows = partial(ooapi.knows, NAMES)
read = partial(ooapi.read, NAMES)
