"""What this project's tests share."""

import pytest
from faker import Faker

from remo_mock.faker_provider import RemoProvider


@pytest.fixture
def fake():
    """Faker with remo-mock's provider, seeded."""
    fake = Faker()
    fake.add_provider(RemoProvider)
    fake.seed_instance(1)
    return fake


@pytest.fixture
def photo(fake):
    """A small back photo."""
    return fake.remo_photo("back")
