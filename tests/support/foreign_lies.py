"""What the foreign server can be made to break, and the checks of which one has to name it."""

from collections.abc import Mapping

from tests.support.foreign_server import NO_PERSON, Promises

EXAMPLES = {
    "v1": "Analysis_skeleton",
    "v2": "Analysis-skeleton-v2",
    "back": "Analysis-skeleton-v2",
    "front": "Analysis-skeleton-v2-front",
    "side": "Analysis-skeleton-v2",
}
OBSERVED = {"back": "Analysis-skeleton-v2-back", "side": "Analysis-skeleton-v2-side"}

LIES: Mapping[str, tuple[Promises, str]] = {
    "front photo's error is the side's": (
        Promises(no_base64_v2={"f": 414, "s": 414, "b": 412}),
        "REMO-ERROR-413",
    ),
    "side photo's error is the front's": (
        Promises(no_base64_v2={"f": 413, "s": 413, "b": 412}),
        "REMO-ERROR-414",
    ),
    "undecodable back photo lacks input": (Promises(no_base64_back=411), "REMO-ERROR-412"),
    "no image is a process error": (Promises(no_image=550), "REMO-ERROR-412"),
    "bad JSON is an unknown user": (Promises(protocol=420), "REMO-ERROR-400"),
    "missing field is a wrong key": (Promises(nothing_sent=421), "REMO-ERROR-411"),
    "missing field is a code of nobody": (Promises(nothing_sent=499), "REMO-ERROR-DOCUMENTED"),
    "unknown user is a wrong key": (Promises(unknown_user=421), "REMO-ERROR-420"),
    "wrong key is an unknown user": (Promises(wrong_key=420), "REMO-ERROR-421"),
    "nobody in front is nobody beside": (Promises(no_person=NO_PERSON | {"f": 512}), "REMO-ERROR-511"),
    "nobody beside is nobody in front": (Promises(no_person=NO_PERSON | {"s": 511}), "REMO-ERROR-512"),
    "front and side are front and back": (Promises(no_person=NO_PERSON | {"fs": 519}), "REMO-ERROR-513"),
    "nobody behind is a wrong angle": (Promises(no_person=NO_PERSON | {"b": 522}), "REMO-ERROR-518"),
    "front and back are front and side": (Promises(no_person=NO_PERSON | {"fb": 513}), "REMO-ERROR-519"),
    "side and back are the side alone": (Promises(no_person=NO_PERSON | {"sb": 512}), "REMO-ERROR-520"),
    "all three are two": (Promises(no_person=NO_PERSON | {"fsb": 513}), "REMO-ERROR-521"),
    "errors say true": (Promises(error_state=True), "REMO-ERROR-STATE"),
    "errors have no message": (
        Promises(error_fields=("state", "status", "credit")),
        "REMO-ERROR-FIELD-message",
    ),
    "errors have no balance": (Promises(error_fields=("state", "status", "message")), "REMO-ERROR-FIELD-credit"),
    "errors have no code": (Promises(error_fields=("state", "credit", "message")), "REMO-ERROR-FIELD-status"),
    "errors redirect": (Promises(http_errors=302), "REMO-HTTP-REDIRECT"),
    "a request costs two": (Promises(price=2), "REMO-CREDIT-PRICE"),
    "the second of a set costs two": (Promises(second_of_a_set=2), "REMO-CREDIT-SET"),
    "a failure costs one": (Promises(price_of_failure=1), "REMO-CREDIT-FAILURE"),
    "the change is positive": (Promises(sign=1), "REMO-CREDIT-SIGN"),
    "the balance is the one before": (Promises(balance_lags=True), "REMO-CREDIT-BALANCE"),
    "the balance is a text": (Promises(balance_type=str), "REMO-TYPE-credit"),
    "a success has code 201": (Promises(success_code=201), "REMO-CODE-SUCCESS"),
    "a success has code '200'": (Promises(success_code="200"), "REMO-TYPE-status_code"),
    "page B has page A's bands": (Promises(tables={"v2": "v2", "back": "v2"}), "REMO-GRADE-bar_tilt"),
    "C, D and E have page A's bands": (Promises(table_of_the_others="v2"), "REMO-GRADE-far_tilt"),
    "sar_tilt_grade has no name": (Promises(sar_tilt_grade="tilt_grade"), "REMO-FIELD-sar_tilt_grade"),
    "page A has page B's bands": (Promises(tables={"v2": "back", "back": "back"}), "REMO-GRADE-sar_tilt"),
    "grades are texts": (Promises(grade_type=str), "REMO-TYPE-bar_tilt_grade"),
    "grades are floats": (Promises(grade_type=float), "REMO-TYPE-bar_tilt_grade"),
    "the uuid is made anew": (Promises(echoes_uuid=False), "REMO-UUID-ECHO"),
    "there is no uuid": (Promises(left_out=("uuid",)), "REMO-FIELD-uuid"),
    "turtle_neck has no grade": (Promises(left_out=("turtle_neck_grade",)), "REMO-FIELD-turtle_neck_grade"),
    "bar_knee_bal has no value": (Promises(left_out=("bar_knee_bal_m_",)), "REMO-FIELD-bar_knee_bal_m_"),
    "the uuid is always one": (Promises(fixed={"uuid": "job:000001"}), "REMO-UUID-ECHO"),
    "APIName is another service's": (Promises(fixed={"APIName": "Analysis-motion"}), "REMO-APINAME"),
    "a value is not a number": (Promises(fixed={"bar_tilt_m_": float("nan")}), "REMO-BYTES-NAN"),
    "there are 21 joints": (Promises(joints=21), "REMO-COORDS-COUNT"),
    "left and right are the viewer's": (Promises(mirrored="b"), "REMO-COORDS-SIDES"),
    "coordinates are an array": (Promises(coords_are_text=False), "REMO-TYPE-bar_coords"),
    "front and back images change places": (
        Promises(photo_of={"f": "b", "s": "s", "b": "f"}),
        "REMO-IMAGE-VIEW",
    ),
    "images have no prefix": (Promises(prefix=""), "REMO-IMAGE-PREFIX"),
    "images are PNG": (Promises(encoding="PNG"), "REMO-IMAGE-JPEG"),
    "nothing is drawn": (Promises(drawn=False), "REMO-IMAGE-DRAWN"),
    "JSON is called HTML": (Promises(content_type="text/html"), "REMO-BYTES-CONTENT-TYPE"),
    "the body is UTF-16": (Promises(charset="utf-16"), "REMO-BYTES-UTF8"),
    "a proxy signs the body": (Promises(wrap=("", "<!-- proxied -->")), "REMO-BYTES-TRAILING"),
    "the body is wrapped": (Promises(wrap=('{"data":', "}")), "REMO-BODY-WRAPPED"),
    "the body begins with a mark": (Promises(wrap=("\ufeff", "")), "REMO-BYTES-BOM"),
}

# Servers of other habits, of which none is a lie.
HABITS: Mapping[str, Promises] = {
    "as it is": Promises(),
    "errors mirrored": Promises(http_errors=400),
    "each split request is paid": Promises(second_of_a_set=1),
    "with APIName": Promises(api_names=EXAMPLES),
    "with APIName as observed": Promises(api_names=EXAMPLES | OBSERVED),
    "the side's grade of the live service": Promises(sar_tilt_grade="bar_left_qang_grade"),
    "back photo's error is the example's": Promises(no_base64_back=413),
    "JSON by suffix": Promises(content_type="application/vnd.remo+json"),
}
