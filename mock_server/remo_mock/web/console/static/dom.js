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
  const head = el("tr", {}, heads.map((text) =>
    el("th", { scope: "col", class: text.startsWith("#") ? "number" : null }, text.replace(/^#/, ""))));
  return el("div", { class: "scroll" },
    el("table", properties, el("thead", {}, head), el("tbody", {}, rows)));
}

/** Redraw a part of the page; the focus, by `data-key`, and the scroll position are kept. */
export function redraw(target, ...children) {
  const active = target.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const scrolled = target.querySelector(".scroll")?.scrollLeft ?? 0;
  target.replaceChildren(...children);
  if (active) target.querySelector(`[data-key="${CSS.escape(active)}"]`)?.focus();
  if (scrolled) target.querySelector(".scroll").scrollLeft = scrolled;
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
