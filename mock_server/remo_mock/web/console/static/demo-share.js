import { givenToken } from "./api.js";
import { copyable, el } from "./dom.js";
import { word } from "./words.js";

const LOCAL = /^(localhost|127\.|\[::1\])/;

/** Return the address of the demo for another device, or null if this mock answers on this machine alone. */
function addressFor(contract) {
  const base = LOCAL.test(location.host) ? contract.addresses[0] : location.origin;
  if (!base) return null;
  // What stands behind the # is not sent by browsers: the token reaches no log.
  return `${base}/demo${givenToken() ? `#token=${givenToken()}` : ""}`;
}

/** Open the dialog with the demo's address as a QR code, or with what makes the mock reachable. */
export async function shareDialog(dialog, contract) {
  const address = addressFor(contract);
  const close = el("button", { type: "button", class: "second", onclick: () => dialog.close() }, word("close"));
  const title = el("h2", { id: "share-title" }, word("share"));
  if (!address) {
    dialog.replaceChildren(title, el("p", {}, word("shareLocal")), copyable(el("pre"), "remo-mock serve --host 0.0.0.0", word("copy")), close);
    dialog.showModal();
    return;
  }
  // Sent as a body: an address with a token belongs in no log of addresses.
  const answer = await fetch("/console/qr.svg", { method: "POST", headers: { "Content-Type": "text/plain" }, body: address });
  const url = URL.createObjectURL(await answer.blob());
  dialog.replaceChildren(title, el("p", {}, word("shareText")), el("img", { class: "qr", src: url, alt: address.split("#")[0] }),
    el("p", { class: "quiet" }, word("shareCopy"), " ", el("code", {}, address.split("#")[0])), close);
  dialog.onclose = () => URL.revokeObjectURL(url);
  dialog.showModal();
}
