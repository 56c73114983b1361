"""Holds the words of the vendor's pages by what they mean, in both languages."""

from collections.abc import Mapping, Sequence

LEVELS: Mapping[str, Sequence[str]] = {
    "danger": ("danger", "dangerous", "severe", "위험", "심각", "심함"),
    "caution": ("caution", "warning", "mild", "주의", "경고", "경미"),
    "normal": ("normal", "good", "정상", "양호"),
}
DIRECTIONS: Mapping[str, Sequence[Sequence[str]]] = {
    "right_up": (
        ("right", "up"),
        ("오른쪽", "위"),
        ("우측", "위"),
        ("right", "raised"),
        ("right", "high"),
        ("오른쪽", "높"),
        ("우측", "높"),
    ),
    "left_up": (
        ("left", "up"),
        ("왼쪽", "위"),
        ("좌측", "위"),
        ("left", "raised"),
        ("left", "high"),
        ("왼쪽", "높"),
        ("좌측", "높"),
    ),
    "knock_knee": (("x-leg",), ("x leg",), ("x다리",), ("x자",), ("x 다리",), ("knock",), ("외반",)),
    "bow_leg": (("o-leg",), ("o leg",), ("o다리",), ("o자",), ("o 다리",), ("bow",), ("내반",)),
    "backward": (("backward",), ("뒤로",), ("뒤쪽",), ("후방",)),
    "forward": (("forward",), ("앞으로",), ("앞쪽",), ("전방",)),
    "right": (("right",), ("오른쪽",), ("우측",)),
    "left": (("left",), ("왼쪽",), ("좌측",)),
}
VIEWS: Mapping[str, Sequence[str]] = {
    "front": ("front", "정면", "전면", "앞면"),
    "side": ("side", "lateral", "측면", "옆면"),
    "back": ("back", "rear", "후면", "뒷면"),
}
CAUSES: Sequence[tuple[str, Sequence[Sequence[str]]]] = (
    ("protocol", (("protocol",), ("프로토콜",))),
    (
        "missing_input",
        (
            ("no", "input"),
            ("missing", "input"),
            ("missing", "param"),
            ("missing", "field"),
            ("입력", "없"),
            ("데이터", "없"),
            ("누락",),
            ("파라미터", "없"),
        ),
    ),
    ("wrong_api_key", (("apikey",), ("api key",), ("api키",), ("api 키",))),
    ("insufficient_credit", (("credit",), ("크레딧",), ("크리딧",), ("크래딧",))),
    (
        "no_person",
        (
            ("not detected",),
            ("no person",),
            ("person", "not"),
            ("human", "not"),
            ("no human",),
            ("사람", "인식"),
            ("사람", "없"),
            ("사람", "찾"),
            ("사람", "감지"),
            ("인식", "안"),
            ("검출",),
        ),
    ),
    ("not_a_pose", (("a-pose",), ("a pose",), ("a자",), ("a포즈",), ("a 포즈",), ("a-포즈",))),
    ("tilted", (("tilted",), ("기울",), ("기운",), ("10도",))),
    ("wrong_angle", (("angle",), ("facing",), ("각도",), ("방향",))),
    ("unknown_user", (("user",), ("유저",), ("사용자",))),
    ("other_process_error", (("other", "process"), ("other", "error"), ("기타",))),
    ("process_error", (("process",), ("프로세스",), ("처리 에러",), ("처리 오류",))),
    (
        "image",
        (
            ("image", "error"),
            ("image", "decod"),
            ("이미지", "에러"),
            ("이미지", "오류"),
            ("이미지", "디코딩"),
            ("photo", "error"),
            ("사진", "에러"),
            ("사진", "오류"),
        ),
    ),
)
VERDICTS = frozenset({"no_person", "not_a_pose", "tilted", "wrong_angle"})
"""Those of the causes that are verdicts on photos, so that a code names the views."""
CATEGORIES: Mapping[str, Sequence[str]] = {
    "input": ("input", "입력"),
    "analysis": ("analysis", "분석"),
    "process": ("process", "프로세스", "처리"),
    "other": ("other", "기타"),
}
# Phrases that hold the name of a view and mean none.
NO_VIEWS = (
    r"\b(?:front[- ]?end|back[- ]?end|(?:server|client)[- ]side|side[- ]effects?)\b",
    r"\b(?:sen[dt]s?|gets?|got|gives?|comes?|falls?|returned|returns?|refer|call(?:ed|s)?)\s+(?:it\s+|them\s+)?back\b",
)
UNITS: Mapping[str, Sequence[str]] = {
    "degrees": ("degree", "degrees", "°", "각도 단위", "도 단위"),
    "mm": ("mm", "millimeter", "밀리미터"),
    "cm": ("cm", "centimeter", "센티미터"),
    "pixels": ("pixel", "px", "픽셀"),
    "percent": ("%", "percent", "퍼센트"),
}
TRUE = {"true", "yes", "y", "o", "required", "필수", "예", "참", "✓", "✔", "✅", "☑", "1", "*", "●", "◯", "○"}
FALSE = {
    "false",
    "no",
    "n",
    "x",
    "optional",
    "선택",
    "아니오",
    "거짓",
    "✗",
    "✘",
    "❌",
    "☐",
    "0",
    "-",
    "",
    "옵션",
    "불필요",
}
COLUMNS: Mapping[str, Sequence[str]] = {
    "name": (
        "name",
        "field",
        "key",
        "parameter",
        "param",
        "이름",
        "이름(키)",
        "필드",
        "키",
        "파라미터",
        "변수",
        "변수명",
        "필드명",
        "파라미터명",
        "명칭",
        "항목",
        "property",
    ),
    "type": ("type", "data type", "datatype", "타입", "유형", "자료형", "형식", "데이터 타입", "종류"),
    "words": ("description", "desc", "meaning", "설명", "비고", "내용", "의미", "notes", "note", "value", "comment"),
    "required": ("required", "mandatory", "필수", "필수 여부", "필수여부", "필수값", "optional/required"),
    "code": (
        "code",
        "error code",
        "status code",
        "status",
        "코드",
        "에러 코드",
        "에러코드",
        "오류 코드",
        "오류코드",
        "상태 코드",
        "상태코드",
        "코드값",
        "코드 번호",
    ),
    "category": ("main category", "category", "major category", "대분류", "분류", "구분", "main", "large category"),
    "cause": (
        "sub category",
        "subcategory",
        "minor category",
        "소분류",
        "중분류",
        "원인",
        "에러",
        "오류",
        "error",
        "error message",
        "message",
        "메시지",
        "sub",
        "reason",
    ),
}
KINDS: Sequence[tuple[str, Sequence[str]]] = (
    (
        "codes",
        ("error code", "status code", "에러 코드", "에러코드", "오류 코드", "오류코드", "상태 코드", "코드 안내"),
    ),
    ("request", ("param", "request", "body", "input", "파라미터", "요청", "입력", "매개변수", "인자")),
    ("response", ("response", "return", "result", "output", "응답", "결과", "반환", "출력", "리턴")),
)
