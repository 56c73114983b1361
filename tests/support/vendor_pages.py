"""Pages in the formats of the vendor's documentation, for an endpoint that does not exist: one content, many forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

ADDRESS = "https://api.stance.example/api/analysis-stance"
REQUEST = [
    ("Email", "string", "Address of the account", "유저 이메일 주소"),
    ("UserKey", "string", "Key of the user", "유저 키 값"),
    ("APIKey", "string", "Key of the API", "API 키 값"),
    ("forigimg", "string(base64)", "Front photo in base64", "base64로 인코딩 된 정면 사진"),
]
COMMON = [
    ("state", "bool", "Whether it worked", "성공 여부"),
    ("credit", "int", "Balance", "남은 크레딧"),
    ("forigimg", "string", "Front photo with the result", "결과를 그린 정면 사진"),
    ("far_coords", "string", "Front joints as a JSON string", "정면 골격 좌표"),
]
WORDS = {
    -2: ("Right side up, danger", "오른쪽 위로 위험"),
    -1: ("Right side up, caution", "오른쪽 위로 주의"),
    0: ("Normal", "정상"),
    1: ("Left side up, caution", "왼쪽 위로 주의"),
    2: ("Left side up, danger", "왼쪽 위로 위험"),
}
CODES = [
    ("Input data", "입력 데이터", "Protocol Error", "프로토콜 에러", "400"),
    ("Input data", "입력 데이터", "No Input Data", "입력 데이터 없음", "411"),
    ("Input data", "입력 데이터", "Front Image Error", "정면 이미지 에러", "413"),
    ("Other issues", "기타 이슈", "User Not Verified", "사용 유저 확인 안됨", "420"),
    ("Analysis", "분석 이슈", "Person Not Detected in Front Photo", "정면 사진 사람 인식 안됨", "511"),
    ("Analysis", "분석 이슈", "Incorrect Angle in Front Photo", "정면 사진의 각도 틀림", "514"),
]
BOUNDS = {"far_head_bal": (1.5, 5), "far_tilt": (0.75, 10)}
"""The inner and the outer bound of each metric: symmetric, a bound belongs to the worse grade."""

EXPECTED_BANDS = {
    "far_head_bal_grade": [
        (-2, None, None, -5, True),
        (-1, -5, False, -1.5, True),
        (0, -1.5, False, 1.5, False),
        (1, 1.5, True, 5, False),
        (2, 5, True, None, None),
    ],
    "far_tilt_grade": [
        (-2, None, None, -10, True),
        (-1, -10, False, -0.75, True),
        (0, -0.75, False, 0.75, False),
        (1, 0.75, True, 10, False),
        (2, 10, True, None, None),
    ],
}
EXPECTED_CODES = [
    (400, "protocol", ()),
    (411, "missing_input", ()),
    (413, "image", ("front",)),
    (420, "unknown_user", ()),
    (511, "no_person", ("front",)),
    (514, "wrong_angle", ("front",)),
]


def signs(grade: int, inner: float, outer: float) -> str:
    """Write the limits of a grade as the vendor does."""
    return {
        -2: f"value<=-{outer}",
        -1: f"-{outer}<value<=-{inner}",
        0: f"-{inner}<value<{inner}",
        1: f"{inner}<=value<{outer}",
        2: f"value>={outer}",
    }[grade]


def turned(grade: int, inner: float, outer: float) -> str:
    return {
        -2: f"-{outer} >= value",
        -1: f"-{inner} >= value > -{outer}",
        0: f"{inner} > value > -{inner}",
        1: f"{outer} > value >= {inner}",
        2: f"{outer} <= value",
    }[grade]


def typographic(grade: int, inner: float, outer: float) -> str:
    plain = signs(grade, inner, outer).replace("<=", " ≤ ").replace(">=", " ≥ ").replace("<", " ＜ ")
    return plain.replace("-", "–")


def korean(grade: int, inner: float, outer: float) -> str:
    return {
        -2: f"-{outer} 이하",
        -1: f"-{outer} 초과 -{inner} 이하",
        0: f"-{inner}초과~{inner}미만",
        1: f"{inner}도 이상 {outer}도 미만",
        2: f"{outer}° 이상",
    }[grade]


def english(grade: int, inner: float, outer: float) -> str:
    return {
        -2: f"-{outer} or less",
        -1: f"more than -{outer} and at most -{inner}",
        0: f"more than -{inner} and less than {inner}",
        1: f"at least {inner} and less than {outer}",
        2: f"{outer} degrees or more",
    }[grade]


def ranges(grade: int, inner: float, outer: float) -> str:
    """Write ranges of which only the worse grade says that the bound is its own."""
    return {
        -2: f"value<=-{outer}",
        -1: f"-{outer} ~ -{inner} 이하",
        0: f"-{inner} ~ {inner}",
        1: f"{inner} 이상 ~ {outer}",
        2: f"value>={outer}",
    }[grade]


def joined(grade: int, inner: float, outer: float) -> str:
    return {
        -2: f"value <= -{outer}",
        -1: f"value > -{outer} && value <= -{inner}",
        0: f"|value| < {inner}",
        1: f"value >= {inner} and value < {outer}",
        2: f"value >= {outer}",
    }[grade]


Condition = Callable[[int, float, float], str]


@dataclass(frozen=True)
class Form:
    """How a page is written: its language, its tables, and how it prints limits and grades."""

    korean: bool = False
    tables: str = "html"
    condition: Condition = signs
    grade: str = "{grade}: {words} ({condition})"
    lines: str = "<p>{}</p>"
    code_table: str = "pipe"
    address: str = "mark"
    titles: str = "**{}**"


def page(form: Form) -> str:
    """Write the page in a form."""
    names = (
        ("파라미터(json)", "응답(json)", "에러 코드 안내")
        if form.korean
        else ("Parameters(json)", "Response(json)", "Error Code Guide")
    )
    titles = [form.titles.format(name) for name in names]
    parts = ["# Stance", _address(form), titles[0], _request(form), titles[1], _response(form), titles[2], _codes(form)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _address(form: Form) -> str:
    host, path = ADDRESS[: ADDRESS.index("/api/")], ADDRESS[ADDRESS.index("/api/") :]
    return {
        "mark": f'<mark style="color:green;">`POST`</mark> `{ADDRESS}`',
        "path": f'<mark style="color:green;">`POST`</mark> `{path}`',
        "plain": f"`POST` {ADDRESS}",
        "lines": f"Method: POST\n\nURL: {ADDRESS}",
        "swagger": f'{{% swagger method="post" path="{path}" baseUrl="{host}" summary="Stance" %}}',
        "swagger-url": f'{{% swagger baseUrl="{ADDRESS}" method="post" path="" summary="Stance" %}}',
        "swagger-lines": f'{{% swagger method="post" path="{path}" baseUrl="{host}" %}}',
        "link": f"`POST` [{ADDRESS}]({ADDRESS})",
        "api-method": f'{{% api-method method="post" host="{host}" path="{path}" %}}',
        "openapi": f'{{% openapi-operation spec="stance" path="{path}" method="post" %}}\n'
        "[file](x.yaml)\n{% endopenapi-operation %}",
    }[form.address]


def _request(form: Form) -> str:
    pick = 3 if form.korean else 2
    if form.address.startswith("swagger"):
        gap = " " if form.address == "swagger-lines" else "\n"
        blocks = [
            f'{{% swagger-parameter in="body" name="{row[0]}" type="{row[1]}" required="true" %}}'
            f"{gap}{row[pick]}{gap}{{% endswagger-parameter %}}"
            for row in REQUEST
        ]
        return "\n\n".join([*blocks, "{% endswagger %}"])
    if form.address == "api-method":
        blocks = [
            f'{{% api-method-parameter name="{row[0]}" type="{row[1]}" required=true %}}\n'
            f"{row[pick]}\n{{% endapi-method-parameter %}}"
            for row in REQUEST
        ]
        return "\n".join(
            [
                "{% api-method-request %}",
                "{% api-method-body-parameters %}",
                *blocks,
                "{% endapi-method-body-parameters %}",
            ]
        )
    head = ["이름", "타입", "설명", "필수"] if form.korean else ["Name", "Type", "Description", "Required"]
    return table(form.tables, head, [[f"`{row[0]}`", row[1], row[pick], "true"] for row in REQUEST])


def _response(form: Form) -> str:
    pick = 3 if form.korean else 2
    rows = [[f"`{row[0]}`", row[1], row[pick]] for row in COMMON]
    for name, (inner, outer) in BOUNDS.items():
        rows.append([f"`{name}_m_`", "float", "각도. degree 단위." if form.korean else "Angle. In degrees."])
        grades = [
            form.grade.format(
                grade=grade,
                sign="- " if grade < 0 else "",
                size=abs(grade),
                words=WORDS[grade][form.korean],
                condition=form.condition(grade, inner, outer),
            )
            for grade in (-2, -1, 0, 1, 2)
        ]
        rows.append([f"`{name}_grade`", "int", _lines(form, grades)])
    return table(form.tables, ["Name", "Type", "Description"], rows)


def _lines(form: Form, grades: Sequence[str]) -> str:
    title = "평가." if form.korean else "Assessment."
    if form.tables.startswith("html") and form.tables != "html-raw":
        grades = [text.replace("<", "&#x3C;") for text in grades]
    return title + "".join(form.lines.format(text) for text in grades)


def _codes(form: Form) -> str:
    pick = form.korean
    head = ["대분류", "소분류", "코드"] if form.korean else ["Main Category", "Sub Category", "Code"]
    if form.code_table == "merged":
        return _merged(head, [(row[pick], row[2 + pick], row[4]) for row in CODES])
    if form.code_table == "list":
        return "\n".join(f"* {row[4]} : {row[2 + pick]}" for row in CODES)
    if form.code_table == "list-behind":
        return "\n\n".join(f"{row[2 + pick]} ({row[4]})" for row in CODES)
    if form.code_table == "block":
        return "\n".join(["```", *(f"{row[4]}: {row[2 + pick]}" for row in CODES), "```"])
    if form.code_table == "two-columns":
        rows = [[row[4], row[2 + pick]] for row in CODES]
        return table("pipe", ["코드", "설명"] if form.korean else ["Code", "Description"], rows)
    rows, last = [], ""
    for row in CODES:
        rows.append(["" if row[pick] == last else row[pick], row[2 + pick], row[4]])
        last = row[pick]
    return table(form.code_table, head, rows)


def _merged(head: Sequence[str], rows: Sequence[tuple[str, str, str]]) -> str:
    categories = [row[0] for row in rows]
    lines, seen = [], ""
    for category, cause, code in rows:
        first = f'<td rowspan="{categories.count(category)}">{category}</td>' if category != seen else ""
        lines.append(f"<tr>{first}<td>{cause}</td><td>{code}</td></tr>")
        seen = category
    heads = "".join(f"<th>{name}</th>" for name in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def table(kind: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table: `html`, `html-hidden`, `html-lines` (spread over lines), `html-raw`, `pipe`."""
    if kind == "pipe-escaped":
        rows = [
            [cell.replace("`", "").replace("_", "\\_").replace("<br>", "\0").replace("<", "\\<") for cell in row]
            for row in rows
        ]
        return table("pipe", head, [[cell.replace("\0", "<br>") for cell in row] for row in rows])
    if kind == "pipe":
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    gap = "\n\n" if kind == "html-lines" else ""
    attribute = " data-header-hidden" if kind == "html-hidden" else ""
    heads = "".join(f"<th>{'' if attribute else name}</th>" for name in head)
    body = gap.join(f"<tr>{gap}{gap.join(f'<td>{_coded(cell)}</td>' for cell in row)}{gap}</tr>" for row in rows)
    return f"<table{attribute}>{gap}<thead><tr>{heads}</tr></thead>{gap}<tbody>{body}</tbody>{gap}</table>"


def _coded(cell: str) -> str:
    return f"<code>{cell[1:-1]}</code>" if cell.startswith("`") else cell


FORMS = {
    "as today, English": Form(),
    "as today, Korean": Form(korean=True, grade="{grade} : {words}({condition})"),
    "breaks in one cell": Form(lines="<br>{}"),
    "breaks with slashes, Korean": Form(korean=True, lines="<br/>{}"),
    "one line": Form(lines=" {}"),
    "one line with commas": Form(korean=True, lines=" {},", grade="{grade}:{words}({condition})"),
    "list items": Form(lines="<li>{}</li>"),
    "pipe table with breaks": Form(tables="pipe", lines="<br>{}"),
    "pipe table, Korean": Form(korean=True, tables="pipe", lines="<br />{}", condition=korean),
    "hidden headings": Form(tables="html-hidden"),
    "spread over lines": Form(tables="html-lines"),
    "signs that are not escaped": Form(tables="html-raw"),
    "swagger": Form(address="swagger"),
    "swagger, Korean": Form(address="swagger", korean=True),
    "api-method": Form(address="api-method", tables="pipe", lines="<br>{}"),
    "openapi": Form(address="openapi"),
    "path alone": Form(address="path"),
    "plain address": Form(address="plain"),
    "method and URL apart": Form(address="lines"),
    "headings": Form(titles="## {}"),
    "merged categories": Form(code_table="merged"),
    "merged categories, Korean": Form(code_table="merged", korean=True),
    "codes in HTML": Form(code_table="html"),
    "code first": Form(code_table="two-columns"),
    "code first, Korean": Form(code_table="two-columns", korean=True),
    "turned comparisons": Form(condition=turned),
    "typographic signs": Form(condition=typographic, grade="{grade} ： {words} （{condition}）"),
    "Korean words": Form(korean=True, condition=korean),
    "Korean words without brackets": Form(korean=True, condition=korean, grade="{grade} : {words} {condition}"),
    "English words": Form(condition=english, grade="{grade} = {words} ({condition})"),
    "English words behind a comma": Form(condition=english, grade="{grade}: {words}, {condition}"),
    "ranges": Form(condition=ranges, korean=True),
    "two conditions": Form(condition=joined),
    "no spaces": Form(grade="{grade}:{words}({condition})", lines="<br>{}"),
    "no colon": Form(grade="{grade} {words} ({condition})"),
    "swagger with the whole URL": Form(address="swagger-url", korean=True),
    "swagger in one line each": Form(address="swagger-lines"),
    "address as a link": Form(address="link"),
    "codes as a list": Form(code_table="list"),
    "codes as a list, Korean": Form(code_table="list", korean=True),
    "codes behind their words": Form(code_table="list-behind"),
    "codes in a block": Form(code_table="block", korean=True),
    "titles with space behind": Form(titles="**{}**&#x20;"),
    "titles with a colon": Form(titles="__{}__ :"),
    "grade behind the words": Form(grade="{words} ({grade}) : {condition}"),
    "limits on a line of their own": Form(grade="{grade} : {words}</p><p>({condition})"),
    "a space behind the minus": Form(grade="{sign}{size} : {words}({condition})"),
    "letters without width": Form(grade="{grade}\u200b : {words}\u200b(\u200b{condition})"),
    "escaped names and signs": Form(tables="pipe-escaped", lines="<br>{}"),
    "square brackets": Form(grade="[{grade}] {words} [{condition}]"),
}  # fmt: skip
