import { addWords } from "./words.js";

addWords({
  en: {
    demoTitle: "Posture demo", toConsole: "Console", newPerson: "New person", photosWay: "Photos", resultWay: "Result", reportWay: "Report", share: "Open on a tablet",
    startTitle: "Show one person's posture", startText: "Choose up to four photos of one person, standing, the whole body in the frame: from the front, from both sides, from the back. They stay on this machine.",
    choosePhotos: "Choose photos", removePhoto: "Remove", analyse: "Analyse", usePerson: "Use the sample person", useWoman: "Use the sample woman", place: "{view} photo", place2: "{view} photo {n}",
    way: "How the photos are sent", oneByOne: "one by one: {views}", together: "in one request: {views}", result: "What the result shows", asPhotos: "what the photos decide", needAll: "This way needs all of its photos: {views}.", needOne: "Choose a photo first.",
    working: "Analysing photo {n} of {all}…", before: "Photo", after: "Result", slider: "Boundary between photo and result", previous: "Previous photo", next: "Next photo", keys: "← → photos · ↑ ↓ photo or result · F full screen · P report",
    notable: "What stands out", allNormal: "Everything that was measured is in its normal range.", measured: "All measurements of this photo", refusedPhoto: "This photo was refused", tryOther: "Choose another photo", nothingCharged: "Nothing was charged.",
    drawnOf: "{view} with the skeleton drawn on it", photoOf: "{view} as it was sent", fullScreen: "Full screen",
    reportTitle: "Posture report", reportDate: "Date", savePdf: "Save as PDF", saveJson: "Download JSON", savePicture: "Download the picture ({view})", noneYet: "Nothing is analysed yet.", invented: "Invented by remo-mock. These values are not a measurement of this person.",
    shareText: "Scan this with the tablet or phone; it must be in the same network.", shareLocal: "This mock can be reached from this machine alone. Start it for the network, then open the demo again:", shareCopy: "or open", close: "Close",
    earlier: "Earlier people in this browser", open: "Open", forget: "Delete",
    noCredit: "The account has no credits left.", addTen: "Add 10 credits", again: "Analyse again", noReply: "No reply came.", noAccountDemo: "This mock has no account. Open one in the console.", samplePersonName: "sample person", ownPersonName: "{n} photos",
  },
  ko: {
    demoTitle: "자세 분석 데모", toConsole: "콘솔", newPerson: "새로 시작", photosWay: "사진", resultWay: "결과", reportWay: "보고서", share: "태블릿에서 열기",
    startTitle: "한 사람의 자세를 보여 주세요", startText: "한 사람의 사진을 네 장까지 고르세요. 정면, 양쪽 측면, 후면에서 온몸이 나오게 선 사진이면 됩니다. 사진은 이 컴퓨터 밖으로 나가지 않습니다.",
    choosePhotos: "사진 고르기", removePhoto: "빼기", analyse: "분석", usePerson: "예시 사진 쓰기", useWoman: "예시 여성 사진 쓰기", place: "{view} 사진", place2: "{view} 사진 {n}",
    way: "사진을 보내는 방식", oneByOne: "한 장씩: {views}", together: "한 번에: {views}", result: "보여 줄 결과", asPhotos: "사진에 따라", needAll: "이 방식에는 {views} 사진이 모두 필요합니다.", needOne: "먼저 사진을 고르세요.",
    working: "사진 {all}장 중 {n}번째 분석 중…", before: "사진", after: "결과", slider: "사진과 결과의 경계", previous: "이전 사진", next: "다음 사진", keys: "← → 사진 · ↑ ↓ 사진/결과 · F 전체 화면 · P 보고서",
    notable: "눈에 띄는 점", allNormal: "측정한 값이 모두 정상 범위입니다.", measured: "이 사진의 모든 측정값", refusedPhoto: "이 사진은 거절되었습니다", tryOther: "다른 사진 고르기", nothingCharged: "크레딧은 차감되지 않았습니다.",
    drawnOf: "골격을 그린 {view}", photoOf: "보낸 그대로의 {view}", fullScreen: "전체 화면",
    reportTitle: "자세 분석 보고서", reportDate: "날짜", savePdf: "PDF로 저장", saveJson: "JSON 내려받기", savePicture: "사진 내려받기 ({view})", noneYet: "아직 분석한 사진이 없습니다.", invented: "remo-mock이 지어낸 값이며, 이 사람을 측정한 값이 아닙니다.",
    shareText: "같은 네트워크에 있는 태블릿이나 휴대전화로 스캔하세요.", shareLocal: "지금은 이 컴퓨터에서만 접속할 수 있습니다. 네트워크에서 접속할 수 있게 다시 시작한 뒤 데모를 여세요:", shareCopy: "또는 직접 열기", close: "닫기",
    earlier: "이 브라우저에 남아 있는 사람", open: "열기", forget: "삭제",
    noCredit: "계정에 크레딧이 없습니다.", addTen: "10 크레딧 추가", again: "다시 분석", noReply: "응답이 없습니다.", noAccountDemo: "계정이 없습니다. 콘솔에서 만드세요.", samplePersonName: "예시 사진", ownPersonName: "사진 {n}장",
  },
});
