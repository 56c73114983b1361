"""An endpoint that no package holds: what a user would add as data."""

import json
import shutil
from pathlib import Path

from remo_mock.contract.building.schemas import stale_files
from remo_mock.contract.packaged import directory, read_documents

NAME = "analysis-skeleton-v3-front"
FRONT = f"/api/{NAME}"
SOURCE = {"page": None, "section": "made up by a test", "evidence": "assumed"}


def third_endpoint(folder: Path) -> Path:
    """Copy the contract to `folder` and add v3-front: two metrics, three credits for two of a set."""
    schemas = folder / "schemas"
    shutil.copytree(directory("schemas"), schemas)
    data = json.loads((schemas / "analysis-skeleton-v2" / "endpoint.json").read_text(encoding="utf-8"))
    data |= {
        "name": NAME,
        "path": FRONT,
        "also_at": [],
        "api_name": {"sent": "Front", "accepted": ["Front"], "x-remo-source": SOURCE},
        "price": {"credits": 3, "per_views": 2, "set": "v3", "x-remo-source": SOURCE},
        "views": [view for view in data["views"] if view["view"] == "front"],
        "metrics": [metric for metric in data["metrics"] if metric["name"] in ("far_tilt", "far_knee_bal")],
    }
    home = schemas / data["name"]
    home.mkdir()
    (home / "endpoint.json").write_text(json.dumps(data), encoding="utf-8")
    for name, text in stale_files(read_documents(schemas)):
        (schemas / name).write_text(text, encoding="utf-8")
    return schemas
