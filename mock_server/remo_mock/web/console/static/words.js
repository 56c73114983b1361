const WORDS = {
  en: {
    honest: "Mock: invented values, not a measurement",
    account: "Account", reference: "API reference", demo: "Demo view", request: "Request", reply: "Reply", journal: "Journal", accounts: "Accounts and queued outcomes",
    asCode: "This request as code", front: "front", side: "side", back: "back", photo: "photo", ownPhoto: "own photo…", goodPhoto: "good photo", "posture-normal": "normal posture", "posture-caution": "caution posture", "posture-danger": "danger posture", man: "man", woman: "woman",
    noPhoto: "none (field left out)", dropHere: "click, or drop a photo", send: "Send", sending: "Waiting for the reply…",
    queueIt: "Queue for this account's next request", outcome: "Outcome", natural: "decided by the photos", errors: "Error codes", profiles: "Profiles of a success",
    normal: "normal: every grade 0", caution: "caution: every grade 1", danger: "danger: every grade 2", example: "the page's own example",
    delay: "Delay, ms", fault: "Fault", noFault: "none", uuid: "uuid (the same for each request of a set)", new: "New", newUuid: "begin another set",
    priceOfSet: "Requests with one uuid are a set, in which {photos} photos cost {price}.", priceEach: "Each success costs {price}.", setSoFar: "Charged so far under this uuid: {text}; together {price}.",
    creditOne: "credit", creditMany: "credits", page: "page {page}",
    readings: "How this mock reads the vendor's pages", readingsNote: "Where the pages contradict themselves, the mock is set to one reading. `remo-mock ledger` describes each.",
    option: "option of serve", isSetTo: "is set to", choices: "choices", liveService: "seen of the live service", ledger: "ledger",
    "http-status": "HTTP status of errors", "error-shape": "key of an error's code", "api-name": "APIName", "split-price": "price of split requests", "side-reply": "fields of the side view's reply",
    nothingYet: "Send a request: the photos come back with the result drawn on them, and the metrics with their grades.",
    metric: "metric", value: "value", range: "place in the bands", grade: "grade", raw: "Reply as JSON, photos shortened", drawnAlt: "{view} photo with the result drawn on it",
    degrees: "Degrees of single metrics", degreesNote: "What is left empty is decided by the photo, or by the profile.",
    choosePhoto: "Choose photo", takePhoto: "Take photo", cancel: "Cancel", cancelled: "You cancelled the wait. The mock may have answered all the same: the journal below shows what was charged.", leftOut: "There is no place here for {names}.", add10Credits: "Add 10 credits to this account",
    search: "Search account, endpoint, code, reason", shownKind: "Which exchanges", "kind-all": "all", "kind-good": "successes", "kind-bad": "errors", noneFound: "No exchange fits the search.", details: "Details of exchange {id}",
    againPhotos: "To get this again, send the same photos again: the same photos give the same result.", againQueue: "To get this again with the account's next request:",
    "fault-drop": "the connection ends inside the reply", "fault-truncate": "half of the JSON", "fault-garbage": "a Python literal, no JSON", "fault-html": "an HTML page", "fault-html-502": "a gateway's HTML page", "fault-html-503": "a gateway's HTML page", "fault-html-504": "a gateway's HTML page", "fault-slow": "piece by piece", "fault-hang": "no reply for a minute",
    "fault-charged-then-lost": "charged, and no reply", "fault-no-image": "without the drawn photo", "fault-broken-image": "the drawn photo is cut off", "fault-redirect": "308 to https",
    heic: "{name}: this browser cannot read iPhone photos in HEIC. On the phone choose Settings, Camera, Formats, Most Compatible, or mail the photo to yourself, which makes a JPEG.",
    free: "nothing charged", cost: "{n} credit charged", costs: "{n} credits charged", noAnswer: "The connection ended before the reply was complete",
    noAnswerNote: "A client gets an exception here. The journal below shows what was charged.", noJson: "The reply is not JSON", asked: "requested outcome: {text}",
    waiting: "Queued for the next request of {account}.", journalNote: "The latest exchanges of all clients.", empty: "No exchange yet.",
    time: "time", client: "account", endpoint: "endpoint", code: "code", why: "reason", price: "price", balance: "balance", ms: "ms", photos: "photos",
    twice: "paid twice for the same photo (exchange {id})", clear: "Clear the journal", byNature: "on its own",
    card: "photo card", refused: "refused",
    email: "Email", userKey: "UserKey", apiKey: "APIKey", credits: "credits", add10: "+10", drain: "0 credits", remove: "Delete", create: "Open an account",
    queued: "Queued outcome", queuedTimes: "{text}, {times} times", queuedOnce: "{text}, once", queuedUntil: "{text}, until the photo changes", clearQueue: "Clear the queue", emptyQueue: "The queue is empty: the photos decide the outcome.",
    reset: "Reset everything", resetNote: "Accounts, queue and journal return to the start state.", copy: "click to copy",
    unreachable: "The mock does not answer. Is `remo-mock serve` still running? Trying again…", tokenWanted: "This mock needs its admin token (printed when it started):", go: "Continue", tokenWrong: "Wrong token. `remo-mock serve` printed it after `token`.", noAccount: "There is no account; open one below.",
    sureRemove: "Delete {email}, its charges and its queued outcomes?", sureReset: "Reset accounts, queue and journal to the start state?", delayForm: "milliseconds, such as 800, or a range, such as 200-800",
    anyEndpoint: "any endpoint", samplesNote: "`remo-mock photos DIR` writes the sample photos and cards.",
  },
  ko: {
    honest: "모의 서버: 지어낸 값이며 실제 측정이 아닙니다",
    account: "계정", reference: "API 문서", demo: "데모 화면", request: "요청", reply: "응답", journal: "기록", accounts: "계정과 예약된 결과",
    asCode: "이 요청을 코드로", front: "정면", side: "측면", back: "후면", photo: "사진", ownPhoto: "내 사진…", goodPhoto: "정상 사진", "posture-normal": "정상 자세", "posture-caution": "주의 자세", "posture-danger": "위험 자세", man: "남성", woman: "여성",
    noPhoto: "없음 (필드 생략)", dropHere: "클릭하거나 사진을 끌어다 놓기", send: "보내기", sending: "응답을 기다리는 중…",
    queueIt: "이 계정의 다음 요청에 예약", outcome: "결과", natural: "사진대로", errors: "오류 코드", profiles: "성공 프로필",
    normal: "정상: 모든 등급 0", caution: "주의: 모든 등급 1", danger: "위험: 모든 등급 2", example: "문서의 예시 그대로",
    delay: "지연 (ms)", fault: "장애", noFault: "없음", uuid: "uuid (한 묶음의 요청은 모두 같은 값)", new: "새로 만들기", newUuid: "새 묶음 시작",
    priceOfSet: "같은 uuid로 보낸 요청은 한 묶음이며, 사진 {photos}장에 {price}입니다.", priceEach: "성공할 때마다 {price}입니다.", setSoFar: "이 uuid로 지금까지 차감: {text}, 합계 {price}.",
    creditOne: "크레딧", creditMany: "크레딧", page: "문서 {page}",
    readings: "이 서버가 문서를 읽는 방식", readingsNote: "문서가 서로 어긋나는 곳에서는 한 가지 해석을 골라 응답합니다. `remo-mock ledger`에 각각의 설명이 있습니다.",
    option: "serve 옵션", isSetTo: "현재 값", choices: "선택지", liveService: "실제 서비스에서 관찰된 값", ledger: "항목",
    "http-status": "오류의 HTTP 상태", "error-shape": "오류 코드의 키", "api-name": "APIName", "split-price": "나눠 보내는 요청의 가격", "side-reply": "측면 응답의 필드",
    nothingYet: "요청을 보내면 결과가 그려진 사진과 등급이 매겨진 지표가 여기에 나옵니다.",
    metric: "지표", value: "값", range: "등급 구간", grade: "등급", raw: "JSON 응답 (사진은 줄임)", drawnAlt: "결과가 그려진 {view} 사진",
    degrees: "지표별 각도", degreesNote: "비워 두면 사진이나 프로필에 따라 정해집니다.",
    choosePhoto: "사진 고르기", takePhoto: "사진 찍기", cancel: "취소", cancelled: "기다리기를 취소했습니다. 서버는 그대로 처리했을 수 있으니, 차감 여부는 아래 기록에서 확인하세요.", leftOut: "{names}: 넣을 자리가 없습니다.", add10Credits: "이 계정에 10 크레딧 추가",
    search: "계정, 엔드포인트, 코드, 이유 검색", shownKind: "보일 기록", "kind-all": "전체", "kind-good": "성공", "kind-bad": "오류", noneFound: "검색에 맞는 기록이 없습니다.", details: "기록 {id} 자세히",
    againPhotos: "같은 사진을 다시 보내면 같은 결과가 나옵니다.", againQueue: "이 계정의 다음 요청에서 같은 결과를 받으려면:",
    "fault-drop": "응답 도중 연결 끊김", "fault-truncate": "JSON의 절반만", "fault-garbage": "JSON이 아닌 Python 리터럴", "fault-html": "HTML 페이지", "fault-html-502": "게이트웨이의 HTML 페이지", "fault-html-503": "게이트웨이의 HTML 페이지", "fault-html-504": "게이트웨이의 HTML 페이지", "fault-slow": "조금씩 나눠서", "fault-hang": "1분 동안 응답 없음",
    "fault-charged-then-lost": "차감되었지만 응답 없음", "fault-no-image": "그려진 사진 없음", "fault-broken-image": "잘린 사진", "fault-redirect": "https로 308",
    heic: "{name}: 이 브라우저는 iPhone의 HEIC 사진을 읽지 못합니다. 휴대전화에서 설정, 카메라, 포맷, 높은 호환성을 고르거나, 사진을 메일로 보내 JPEG로 바꾸세요.",
    free: "차감 없음", cost: "{n} 크레딧 차감", costs: "{n} 크레딧 차감", noAnswer: "응답이 다 오기 전에 연결이 끊겼습니다",
    noAnswerNote: "클라이언트에서는 예외가 됩니다. 차감 여부는 아래 기록에 있습니다.", noJson: "응답이 JSON이 아닙니다", asked: "요청한 결과: {text}",
    waiting: "예약됨: {account}의 다음 요청에 적용됩니다.", journalNote: "모든 클라이언트의 최근 요청과 응답입니다.", empty: "아직 기록이 없습니다.",
    time: "시각", client: "계정", endpoint: "엔드포인트", code: "코드", why: "이유", price: "차감", balance: "잔액", ms: "ms", photos: "사진",
    twice: "같은 사진에 두 번 차감됨 (기록 {id})", clear: "기록 비우기", byNature: "자연 발생",
    card: "사진 카드", refused: "거절됨",
    email: "Email", userKey: "UserKey", apiKey: "APIKey", credits: "크레딧", add10: "+10", drain: "0 크레딧", remove: "삭제", create: "계정 만들기",
    queued: "예약된 결과", queuedTimes: "{text}, {times}번", queuedOnce: "{text}, 한 번", queuedUntil: "{text}, 사진이 바뀔 때까지", clearQueue: "예약 비우기", emptyQueue: "예약된 결과가 없습니다. 결과는 사진에 따라 정해집니다.",
    reset: "모두 초기화", resetNote: "계정, 예약, 기록이 처음 상태로 돌아갑니다.", copy: "클릭하면 복사",
    unreachable: "서버가 응답하지 않습니다. `remo-mock serve`가 실행 중인가요? 다시 시도합니다…", tokenWanted: "이 서버의 관리자 토큰을 입력하세요 (시작할 때 출력됨):", go: "계속", tokenWrong: "토큰이 맞지 않습니다. `remo-mock serve`가 출력한 `token` 뒤의 값입니다.", noAccount: "계정이 없습니다. 아래에서 만드세요.",
    sureRemove: "{email} 계정과 차감 내역, 예약된 결과를 삭제할까요?", sureReset: "계정, 예약, 기록을 처음 상태로 되돌릴까요?", delayForm: "밀리초(800) 또는 범위(200-800)",
    anyEndpoint: "모든 엔드포인트", samplesNote: "예시 사진과 카드는 `remo-mock photos DIR`로 만들 수 있습니다.",
  },
};

/** Add the texts of another page, by language. */
export function addWords(texts) {
  for (const [name, words] of Object.entries(texts)) Object.assign(WORDS[name], words);
}

const VERDICTS = {
  ko: { no_person: "사람 없음", wrong_angle: "잘못된 방향", tilted: "기울어짐", not_a_pose: "A자세 아님", undecodable: "base64 오류", not_image: "이미지 아님", unseen: "보지 않음" },
  en: { no_person: "no person", wrong_angle: "wrong angle", tilted: "tilted", not_a_pose: "not A-pose", undecodable: "broken base64", not_image: "not an image", unseen: "not looked at" },
};

const KEPT = "remo-mock-language";

const chosen = localStorage.getItem(KEPT);

export let language = chosen in WORDS ? chosen : navigator.language.startsWith("ko") ? "ko" : "en";

export function setLanguage(wanted) {
  language = wanted;
  localStorage.setItem(KEPT, wanted);
}

/** Look up a text and fill in its `{name}`s. A name without a text is returned as it is. */
export const word = (name, fill = {}) =>
  Object.entries(fill).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), WORDS[language][name] ?? name);

/** Translate the head of a column; `#` marks a column of numbers. */
export const heading = (name) => (name.startsWith("#") ? `#${word(name.slice(1))}` : word(name));

/** Name an endpoint by the photos that it takes: `front + side`. */
export const viewsOf = (endpoint) => endpoint.views.map((view) => word(view.name)).join(" + ");

export const verdictWords = (verdict) => VERDICTS[language][verdict] ?? verdict.replaceAll("_", " ");

/** Return the nodes of a text in which what stands between backticks is code. */
export const withCode = (text) => text.split("`").map((part, at) => (at % 2 ? Object.assign(document.createElement("code"), { textContent: part }) : part));

/** Translate the fixed texts of the page. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.replaceChildren(...withCode(word(element.dataset.word)));
  }
  for (const link of document.querySelectorAll("a[data-word=reference]")) link.search = `lang=${language}`;
}
