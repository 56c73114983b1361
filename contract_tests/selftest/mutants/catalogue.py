"""Lists the broken servers: each breaks one promise of the pages, and names the check that must report it."""

from ..mutation import Mutation
from . import assumed as mutants_assumed
from . import bodies as mutants_bodies
from . import bytes as mutants_bytes
from . import causes as mutants_causes
from . import charges as mutants_charges
from . import coords as mutants_coords
from . import credits as mutants_credits
from . import errors as mutants_errors
from . import grades as mutants_grades
from . import http as mutants_http
from . import images as mutants_images
from . import joints as mutants_joints
from . import limbs as mutants_limbs
from . import metrics as mutants_metrics
from . import observed as mutants_observed
from . import pictures as mutants_pictures
from . import request as mutants_request
from . import schema as mutants_schema
from . import single_grades as mutants_single_grades
from . import stuck_grades as mutants_stuck_grades
from . import uuid as mutants_uuid

MUTANTS: tuple[Mutation, ...] = (
    *mutants_bytes.MUTANTS,
    *mutants_schema.MUTANTS,
    *mutants_errors.MUTANTS,
    *mutants_causes.MUTANTS,
    *mutants_images.MUTANTS,
    *mutants_pictures.MUTANTS,
    *mutants_coords.MUTANTS,
    *mutants_joints.MUTANTS,
    *mutants_limbs.MUTANTS,
    *mutants_bodies.MUTANTS,
    *mutants_metrics.MUTANTS,
    *mutants_single_grades.MUTANTS,
    *mutants_grades.MUTANTS,
    *mutants_stuck_grades.MUTANTS,
    *mutants_request.MUTANTS,
    *mutants_uuid.MUTANTS,
    *mutants_credits.MUTANTS,
    *mutants_charges.MUTANTS,
    *mutants_http.MUTANTS,
    *mutants_observed.MUTANTS,
    *mutants_assumed.MUTANTS,
)
BY_NAME = {row.name: row for row in MUTANTS}
