const WORDS = {
  en: {
    account: "Account", reference: "API reference", request: "Request", reply: "Reply", journal: "Journal", accounts: "Accounts and what waits",
    asCode: "The same as code", front: "front", side: "side", back: "back", photo: "photo", ownPhoto: "own photo…", goodPhoto: "good photo",
    noPhoto: "none (field left out)", dropHere: "click, or drop a photo", send: "Send", sending: "Waiting for the answer…",
    queueIt: "Queue for this account's next request", outcome: "Outcome", natural: "as the photos say", errors: "Error codes", profiles: "Profiles of a success",
    normal: "normal: every grade 0", caution: "caution: every grade 1", danger: "danger: every grade 2", example: "the page's own example",
    delay: "Delay, ms", fault: "Fault", noFault: "none", uuid: "uuid of a set",
    nothingYet: "Send a request: the photos come back with the result drawn on them, and the metrics with their grades.",
    metric: "metric", value: "value", range: "where it lies", grade: "grade", raw: "Reply as JSON, photos shortened", drawnAlt: "photo with the result drawn on it",
    free: "nothing charged", cost: "{n} credit charged", costs: "{n} credits charged", noAnswer: "The connection ended without a whole answer",
    noAnswerNote: "A client sees an exception here. The journal below tells what was charged.", noJson: "The answer is no JSON", asked: "asked for: {text}",
    waiting: "Queued: the next request of {account} comes to it.", journalNote: "The last exchanges of all clients, as they come.", empty: "No exchange yet.",
    time: "time", client: "account", endpoint: "endpoint", code: "code", why: "why", price: "price", balance: "balance", ms: "ms", photos: "photos",
    twice: "paid twice for the same photo (exchange {id})", clear: "Empty the journal", byNature: "by itself",
    card: "photo card", refused: "refused",
    email: "Email", userKey: "UserKey", apiKey: "APIKey", credits: "credits", add10: "+10", drain: "0 credits", remove: "Delete", create: "Open an account",
    waits: "Waits", waitsFor: "{text}, {times} times", waitsOnce: "{text}, once", takeBack: "Take back", nothingWaits: "Nothing waits: requests come to what their photos say.",
    reset: "Reset everything", resetNote: "Accounts, queue and journal go back to the start state.", copy: "click to copy",
    unreachable: "The mock does not answer. Is `remo-mock serve` still running? Trying again…", tokenWanted: "This mock wants its admin token (printed at its start):", go: "Go on", tokenWrong: "That is not the token. It stands behind `token` in what `remo-mock serve` printed.", noAccount: "There is no account; open one below.",
    sureRemove: "Delete {email}, its charges and what waits for it?", sureReset: "Bring accounts, queue and journal back to the start state?", delayForm: "milliseconds, such as 800, or a range, such as 200-800",
    anyEndpoint: "any endpoint", samplesNote: "`remo-mock photos DIR` writes the sample photos and cards.",
  },
  ko: {
    account: "계정", reference: "API 문서", request: "요청", reply: "응답", journal: "기록", accounts: "계정과 대기 중인 결과",
    asCode: "같은 요청을 코드로", front: "정면", side: "측면", back: "후면", photo: "사진", ownPhoto: "내 사진…", goodPhoto: "정상 사진",
    noPhoto: "없음 (필드 생략)", dropHere: "클릭하거나 사진을 끌어다 놓기", send: "보내기", sending: "응답을 기다리는 중…",
    queueIt: "이 계정의 다음 요청에 예약", outcome: "결과", natural: "사진대로", errors: "오류 코드", profiles: "성공 프로필",
    normal: "정상: 모든 등급 0", caution: "주의: 모든 등급 1", danger: "위험: 모든 등급 2", example: "문서의 예시 그대로",
    delay: "지연 (ms)", fault: "장애", noFault: "없음", uuid: "묶음 uuid",
    nothingYet: "요청을 보내면 결과가 그려진 사진과 등급이 매겨진 지표가 여기에 나옵니다.",
    metric: "지표", value: "값", range: "위치", grade: "등급", raw: "JSON 응답 (사진은 줄임)", drawnAlt: "결과가 그려진 사진",
    free: "차감 없음", cost: "{n} 크레딧 차감", costs: "{n} 크레딧 차감", noAnswer: "응답이 다 오기 전에 연결이 끊겼습니다",
    noAnswerNote: "클라이언트에서는 예외가 됩니다. 차감 여부는 아래 기록에 있습니다.", noJson: "응답이 JSON이 아닙니다", asked: "지정한 결과: {text}",
    waiting: "예약됨: {account}의 다음 요청에 적용됩니다.", journalNote: "모든 클라이언트의 최근 요청과 응답입니다.", empty: "아직 기록이 없습니다.",
    time: "시각", client: "계정", endpoint: "엔드포인트", code: "코드", why: "이유", price: "차감", balance: "잔액", ms: "ms", photos: "사진",
    twice: "같은 사진에 두 번 차감됨 (기록 {id})", clear: "기록 비우기", byNature: "자연 발생",
    card: "사진 카드", refused: "거절됨",
    email: "Email", userKey: "UserKey", apiKey: "APIKey", credits: "크레딧", add10: "+10", drain: "0 크레딧", remove: "삭제", create: "계정 만들기",
    waits: "대기 중", waitsFor: "{text}, {times}번", waitsOnce: "{text}, 한 번", takeBack: "취소", nothingWaits: "대기 중인 결과가 없습니다. 요청은 사진대로 처리됩니다.",
    reset: "모두 초기화", resetNote: "계정, 예약, 기록이 처음 상태로 돌아갑니다.", copy: "클릭하면 복사",
    unreachable: "서버가 응답하지 않습니다. `remo-mock serve`가 실행 중인가요? 다시 시도합니다…", tokenWanted: "이 서버의 관리자 토큰을 입력하세요 (시작할 때 출력됨):", go: "계속", tokenWrong: "토큰이 아닙니다. `remo-mock serve`가 출력한 `token` 뒤의 값입니다.", noAccount: "계정이 없습니다. 아래에서 만드세요.",
    sureRemove: "{email} 계정과 차감 내역, 대기 중인 결과를 삭제할까요?", sureReset: "계정, 예약, 기록을 처음 상태로 되돌릴까요?", delayForm: "밀리초(800) 또는 범위(200-800)",
    anyEndpoint: "모든 엔드포인트", samplesNote: "예시 사진과 카드는 `remo-mock photos DIR`로 만들 수 있습니다.",
  },
};

const VERDICTS = {
  ko: { no_person: "사람 없음", wrong_angle: "잘못된 방향", tilted: "기울어짐", not_a_pose: "A자세 아님", undecodable: "base64 오류", not_image: "이미지 아님", unseen: "보지 않음" },
  en: { no_person: "no person", wrong_angle: "wrong angle", tilted: "tilted", not_a_pose: "not A-pose", undecodable: "broken base64", not_image: "not an image", unseen: "not looked at" },
};

const KEPT = "remo-mock-language";

const chosen = localStorage.getItem(KEPT);

export let language = chosen in WORDS ? chosen : navigator.language.startsWith("ko") ? "ko" : "en";

export function speak(wanted) {
  language = wanted;
  localStorage.setItem(KEPT, wanted);
}

/** Look a word up; `{name}` in it is filled in. A word without a translation is told as it is. */
export const word = (name, fill = {}) =>
  Object.entries(fill).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), WORDS[language][name] ?? name);

/** Translate a table's head; `#` marks the columns of numbers. */
export const heading = (name) => (name.startsWith("#") ? `#${word(name.slice(1))}` : word(name));

export const verdictWords = (verdict) => VERDICTS[language][verdict] ?? verdict.replaceAll("_", " ");

/** Translate everything that the page itself says. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}
