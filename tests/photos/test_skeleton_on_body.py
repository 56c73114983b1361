"""Every joint stays on the body, or within 2 % of its height, as far off normal as the metrics may be."""

from __future__ import annotations

import json
from functools import cache
from itertools import product

import pytest

from remo_mock import Settings, create_app
from remo_mock.contract import Endpoint, Metric, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.photos.joints import JOINTS
from remo_mock.photos.person.figure import Figure, find_figure
from remo_mock.photos.skeleton import angle, pose
from tests.support.calls import credentials, photo_text
from tests.support.figures import fixture
from tests.support.silhouettes import astray, near_body

ENDPOINTS = {endpoint.name: endpoint for endpoint in read_contract(contract_documents(None)).endpoints}
PROFILES = ("", "profile=normal", "profile=caution", "profile=danger", "example")
EVERY_VIEW = [(name, view.name) for name, endpoint in ENDPOINTS.items() for view in endpoint.views]


@cache
def figure(view: str) -> Figure:
    found = find_figure(fixture(view).image, view=view)
    assert found is not None
    return found


def bounds(metric: Metric) -> list[float]:
    """Return the degrees at which the danger begins, on each side that has one."""
    danger = [band for band in metric.bands if abs(band.grade) == 2]
    limits = [(band.minimum, band.exclusive_minimum, band.maximum, band.exclusive_maximum) for band in danger]
    return [float(limit) for some in limits for limit in some if limit is not None]


@pytest.mark.parametrize("asked", PROFILES)
@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_joint_of_a_reply_is_on_the_body(name: str, asked: str) -> None:
    endpoint: Endpoint = ENDPOINTS[name]
    body = credentials() | {view.photo_field: photo_text(view.name) for view in endpoint.views}
    headers = {"Prefer": asked} if asked else {}
    reply = create_app(Settings()).test_client().post(endpoint.path, json=body, headers=headers).get_json()
    joints = {
        view.name: dict(zip(JOINTS, json.loads(reply[view.coords_field]), strict=True)) for view in endpoint.views
    }
    assert {view: astray(near_body(view), places) for view, places in joints.items()} == {view: [] for view in joints}


@pytest.mark.parametrize(("name", "view"), EVERY_VIEW, ids=[f"{name} {view}" for name, view in EVERY_VIEW])
def test_every_joint_is_on_the_body_where_all_dangers_begin(name: str, view: str) -> None:
    metrics = [metric for metric in ENDPOINTS[name].metrics if metric.view == view]
    size = fixture(view).image.size
    off = {}
    for degrees in product(*map(bounds, metrics)):
        measures = {metric.measure: value for metric, value in zip(metrics, degrees, strict=True)}
        skeleton = pose(figure(view), view=view, measures=measures, size=size)
        if names := astray(near_body(view), dict(zip(JOINTS, skeleton, strict=True))):
            off[degrees] = names
    assert off == {}


@pytest.mark.parametrize("turtle_neck", [20.0, 30.0, 40.0, 45.0])
def test_the_face_stays_on_the_face_and_keeps_its_tilt(turtle_neck: float) -> None:
    size = fixture("side").image.size
    measures = {"turtle_neck": turtle_neck, "head_tilt": 4.0, "tilt": 5.0}
    skeleton = pose(figure("side"), view="side", measures=measures, size=size)
    joints = dict(zip(JOINTS, skeleton, strict=True))
    assert joints["LeftEar"][0] + 15 < joints["LeftEye"][0] < joints["Nose"][0]
    assert joints["LeftEye"][1] < joints["Nose"][1] < joints["Lips"][1]
    # The face is about 50 pixels deep there, and points are whole pixels.
    assert angle(skeleton, view="side", measure="head_tilt") == pytest.approx(4, abs=1.5)


@pytest.mark.parametrize("view", ["front", "back"])
@pytest.mark.parametrize("joint", ["LeftElbow", "LeftWrist", "RightElbow", "RightWrist"])
def test_arms_hang_where_they_were_found(view: str, joint: str) -> None:
    size = fixture(view).image.size
    everything = dict.fromkeys(("tilt", "shoulder_bal", "head_bal", "pelvic_bal", "left_qang"), 6.0)
    tilted = pose(figure(view), view=view, measures=everything, size=size)
    assert tilted[JOINTS.index(joint)] == pose(figure(view), view=view, measures={}, size=size)[JOINTS.index(joint)]
