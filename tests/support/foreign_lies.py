"""What the foreign server can be made to break, and the checks of which one has to name it."""

from collections.abc import Mapping

from tests.support.foreign_server import NO_PERSON, VIEWS, Promises

# The APIName of each endpoint: that of its page's example, and its own (L07).
PAGE_NAMES = dict.fromkeys(VIEWS, "Analysis-skeleton-v2") | {
    "front": "Analysis-skeleton-v2-front",
    "v1": "Analysis_skeleton",
}
OWN_NAMES = PAGE_NAMES | {"side": "Analysis-skeleton-v2-side", "back": "Analysis-skeleton-v2-back"}
DETAILED = ("state", "status_code", "message", "credit", "credit_change")

LIES: Mapping[str, tuple[Promises, str]] = {
    "front photo's error is the side's": (
        Promises(no_base64={"f": 414, "s": 414, "b": 412}),
        "REMO-ERROR-413",
    ),
    "side photo's error is the front's": (
        Promises(no_base64={"f": 413, "s": 413, "b": 412}),
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
    "page B has page A's bands": (Promises(tables=dict.fromkeys(VIEWS, "v2")), "REMO-GRADE-bar_tilt"),
    "page A has page B's bands": (Promises(tables=dict.fromkeys(VIEWS, "later")), "REMO-GRADE-sar_tilt"),
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

# What it can break on the endpoints of the pages C, D and E: the endpoint, what it keeps, and the check.
LATER_LIES: Mapping[str, tuple[str, Promises, str]] = {
    "a front photo's error is the side's": ("front", Promises(no_base64={"f": 414}), "REMO-ERROR-413"),
    "a front photo's error is unknown": ("front", Promises(no_base64={"f": 415}), "REMO-ERROR-DOCUMENTED"),
    "nobody in front is a wrong angle": ("front", Promises(no_person={"f": 514}), "REMO-ERROR-511"),
    "a front is graded by page A": (
        "front",
        Promises(fixed={"far_tilt_m_": 1.2, "far_tilt_grade": 1}),
        "REMO-GRADE-far_tilt",
    ),
    "a side is graded as the head": (
        "side",
        Promises(fixed={"sar_tilt_m_": 2.2, "sar_tilt_grade": 1}),
        "REMO-GRADE-sar_tilt",
    ),
    "a side's neck is graded by page A": (
        "side",
        Promises(fixed={"turtle_neck_m_": 32.1, "turtle_neck_grade": 0}),
        "REMO-GRADE-turtle_neck",
    ),
    "a front's grade is the next one": ("front", Promises(raised={"far_tilt": 1}), "REMO-GRADE-far_tilt"),
    "a front has the side's name": ("front", Promises(names={"front": OWN_NAMES["side"]}), "REMO-APINAME"),
    "a front has page A's name": ("front", Promises(names={"front": OWN_NAMES["v2"]}), "REMO-APINAME"),
    "a front costs two": ("front", Promises(price=2, second_of_a_set=2), "REMO-CREDIT-PRICE"),
    "the second front of a set costs two": ("front", Promises(second_of_a_set=2), "REMO-CREDIT-SET"),
    "a front's left is the viewer's": ("front", Promises(mirrored="b"), "REMO-COORDS-SIDES"),
    "a front has no far_coords": ("front", Promises(left_out=("far_coords",)), "REMO-FIELD-far_coords"),
    "a side photo's error lacks input": ("side", Promises(no_base64_side=411), "REMO-ERROR-414"),
    "nobody beside is nobody in front": ("side", Promises(no_person={"s": 511}), "REMO-ERROR-512"),
    "sar_tilt's grade is the next one": ("side", Promises(raised={"sar_tilt": 1}), "REMO-GRADE-sar_tilt"),
    "the observed grade is the next one": (
        "side",
        Promises(raised={"sar_tilt": 1}, side_grades=("bar_left_qang_grade",)),
        "REMO-GRADE-sar_tilt",
    ),
    "sar_tilt has no grade": ("side", Promises(side_grades=()), "REMO-FIELD-sar_tilt_grade"),
    "sar_tilt's grade has a third name": (
        "side",
        Promises(side_grades=("bar_tilt_grade",)),
        "REMO-FIELD-sar_tilt_grade",
    ),
    "two names have two grades": (
        "side",
        Promises(fixed={"bar_left_qang_grade": 9}),
        "REMO-GRADE-sar_tilt",
    ),
    "a side costs three": ("side", Promises(price_of_a_side=3), "REMO-CREDIT-PRICE"),
    "v1 costs two": ("v1", Promises(price=2), "REMO-CREDIT-PRICE"),
    "v1's code is 201": ("v1", Promises(code_on_v1=201), "REMO-CODE-SUCCESS"),
    "v1's code is a text": ("v1", Promises(code_on_v1="200"), "REMO-TYPE-status_code"),
    "v1's name has a hyphen more": ("v1", Promises(names={"v1": OWN_NAMES["v2"]}), "REMO-APINAME"),
    "v1's side is graded for the other name": (
        "v1",
        Promises(left_out=("sar_tilt_grade",), fixed={"bar_left_qang_grade": 0}),
        "REMO-FIELD-sar_tilt_grade",
    ),
    "v1's nobody is nobody in front": ("v1", Promises(no_person=NO_PERSON | {"fs": 511}), "REMO-ERROR-513"),
    "v1's images change places": ("v1", Promises(photo_of={"f": "s", "s": "f"}), "REMO-IMAGE-VIEW"),
    "v1 has no side": ("v1", Promises(left_out=("sorigimg", "sar_coords")), "REMO-FIELD-sorigimg"),
}

# Servers of other habits, of which none is a lie.
HABITS: Mapping[str, Promises] = {
    "as it is": Promises(),
    "errors mirrored": Promises(http_errors=400),
    "errors as of the golf API": Promises(http_errors=520),
    "errors with details": Promises(error_fields=DETAILED),
    "each split request is paid": Promises(second_of_a_set=1),
    "a side costs two": Promises(price_of_a_side=2),
    "names as in the examples": Promises(names=PAGE_NAMES),
    "names of their own": Promises(names=OWN_NAMES),
    "back photo's error is the example's": Promises(no_base64_back=413),
    "back photo's error is the integrators'": Promises(no_base64_back=415),
    "side photo's error is the example's": Promises(no_base64_side=413),
    "the side's grade has the observed name": Promises(side_grades=("bar_left_qang_grade",)),
    "the side's grade has both names": Promises(side_grades=("sar_tilt_grade", "bar_left_qang_grade")),
    "v1 has a code": Promises(code_on_v1=200),
    "JSON by suffix": Promises(content_type="application/vnd.remo+json"),
    "all as observed": Promises(
        error_fields=DETAILED, second_of_a_set=1, names=OWN_NAMES, side_grades=("bar_left_qang_grade",)
    ),
}
