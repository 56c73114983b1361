"""Draws the person of the fixture photos from distance functions: shapes, body, clothes, camera, light."""
