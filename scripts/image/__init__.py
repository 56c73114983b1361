"""Builds the root file system of the image by the Dockerfile's own lines, and tries it, without a container engine."""
