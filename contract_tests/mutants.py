"""Owns the list of broken servers: each breaks one promise of the pages, and names the check that has to see it."""

from . import (
    mutants_assumed,
    mutants_bytes,
    mutants_causes,
    mutants_charges,
    mutants_coords,
    mutants_credits,
    mutants_errors,
    mutants_grades,
    mutants_http,
    mutants_images,
    mutants_joints,
    mutants_limbs,
    mutants_metrics,
    mutants_pictures,
    mutants_request,
    mutants_schema,
    mutants_uuid,
)
from .mutation import Mutation

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
    *mutants_metrics.MUTANTS,
    *mutants_grades.MUTANTS,
    *mutants_request.MUTANTS,
    *mutants_uuid.MUTANTS,
    *mutants_credits.MUTANTS,
    *mutants_charges.MUTANTS,
    *mutants_http.MUTANTS,
    *mutants_assumed.MUTANTS,
)
BY_NAME = {row.name: row for row in MUTANTS}
