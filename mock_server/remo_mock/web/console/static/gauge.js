import { svg } from "./dom.js";

const WIDTH = 200;
const HEIGHT = 27;
const TRACK = { top: 9, height: 8 };

/** Return the bounds between a metric's bands, in degrees, ascending. */
const bounds = (bands) => [...new Set(bands.flatMap((band) =>
  [band.minimum, band.exclusiveMinimum, band.maximum, band.exclusiveMaximum].filter((bound) => bound !== undefined)))].sort((a, b) => a - b);

/** Draw a metric's bands as a coloured track with a mark at the value, in degrees. */
export function gauge(metric, value) {
  const inner = bounds(metric.bands);
  const spread = (inner.at(-1) - inner[0]) || 10;
  const low = Math.min(inner[0] - spread * 0.25, value - spread * 0.05);
  const high = Math.max(inner.at(-1) + spread * 0.25, value + spread * 0.05);
  const x = (degrees) => ((degrees - low) / (high - low)) * WIDTH;
  const edges = [low, ...inner, high];
  const pieces = edges.slice(1).map((end, index) => {
    const middle = (edges[index] + end) / 2;
    const band = metric.bands.find((one) => (one.minimum ?? one.exclusiveMinimum ?? -Infinity) <= middle && middle <= (one.maximum ?? one.exclusiveMaximum ?? Infinity));
    return svg("rect", { x: x(edges[index]), y: TRACK.top, width: x(end) - x(edges[index]), height: TRACK.height, class: `g${Math.abs(band?.grade ?? 0)}` });
  });
  const ticks = inner.map((bound) => svg("text", { x: x(bound), y: HEIGHT, class: "tick" }, `${bound}`));
  const at = x(value);
  const mark = svg("path", { d: `M${at} ${TRACK.top + TRACK.height + 1} V${TRACK.top - 1} l-4 -6 h8 l-4 6`, class: "mark" });
  return svg("svg", { viewBox: `-6 0 ${WIDTH + 12} ${HEIGHT + 1}`, class: "gauge", role: "img", "aria-label": `${value}°` }, ...pieces, ...ticks, mark);
}
