/** Make an element: properties by name (`class`, `data-*` and `aria-*` as attributes), then its children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name in element && !name.startsWith("aria-")) element[name] = value;
    else element.setAttribute(name === "class" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Make an SVG element. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Make a table of heads and rows; a head that begins with `#` is for a column of numbers. */
export function table(heads, rows, properties = {}) {
  const head = el("tr", {}, heads.map((text) => (text
    ? el("th", { scope: "col", class: text.startsWith("#") ? "number" : null }, text.replace(/^#/, ""))
    : el("td"))));
  return el("div", { class: "scroll" },
    el("table", properties, el("thead", {}, head), el("tbody", {}, rows)));
}

/**
 * Make a list of tabs as ARIA has it: one is in the tab order, arrow keys choose the others. `items` are
 * `[key, label, title]`; `choose(key)` is called for another one; `panel` is the id of what they control.
 */
export function tabList(label, items, chosen, choose, panel) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  const keys = items.map(([key]) => key);
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": label }, items.map(([key, text, title]) =>
    el("button", { type: "button", role: "tab", "data-key": key, "aria-selected": String(key === chosen), "aria-controls": panel, tabIndex: key === chosen ? 0 : -1, title: title ?? "", onclick: () => choose(key) }, text)));
  list.onkeydown = (event) => {
    const at = keys.indexOf(document.activeElement.dataset.key);
    const next = event.key === "Home" ? 0 : event.key === "End" ? keys.length - 1 : event.key in steps ? (at + steps[event.key] + keys.length) % keys.length : null;
    if (next === null) return;
    event.preventDefault();
    choose(keys[next]);
    document.querySelector(`[role=tab][data-key="${CSS.escape(keys[next])}"]`)?.focus();
  };
  return list;
}

/** Redraw a part of the page; the focus, by `data-key`, and the scroll position are kept. */
export function redraw(target, ...children) {
  const active = target.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const before = target.querySelector(".scroll");
  const scrolled = [before?.scrollLeft ?? 0, before?.scrollTop ?? 0];
  target.replaceChildren(...children.filter(Boolean));
  if (active) target.querySelector(`[data-key="${CSS.escape(active)}"]`)?.focus();
  const scroll = target.querySelector(".scroll");
  if (scroll) [scroll.scrollLeft, scroll.scrollTop] = scrolled;
}

/** Show a text that a click copies. */
export function copyable(element, text, tooltip) {
  element.textContent = text;
  element.title = tooltip;
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    element.classList.add("copied");
    setTimeout(() => element.classList.remove("copied"), 900);
  };
  element.onclick = copy;
  element.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); copy(); } };
  return element;
}
