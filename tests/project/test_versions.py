"""The lowest versions that pyproject.toml declares are those that scripts/check_versions.py installs."""

import tomllib

import pytest

import check_versions


@pytest.mark.parametrize("requirement", check_versions.requirements("newest"))
def test_every_dependency_has_a_lowest_version(requirement: str) -> None:
    name, separator, version = requirement.partition(";")[0].partition(">=")
    assert (separator, version.replace(".", "").isdigit()) == (">=", True)
    assert check_versions.lowest(requirement).partition(";")[0] == f"{name}=={version}"


@pytest.mark.parametrize("name", ["faker", "responses"])
def test_what_only_some_need_is_not_installed_for_all(name: str) -> None:
    project = tomllib.loads((check_versions.ROOT / "pyproject.toml").read_text())["project"]
    assert not any(one.startswith(name) for one in project["dependencies"])
