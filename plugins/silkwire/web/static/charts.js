// Draws each chart of a page from its specification, in the page's own colours. No expression is compiled (`ast`): the
// Content-Security-Policy forbids it.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");

function theme() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const text = {labelColor: of("--quiet"), titleColor: of("--quiet"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal"};
  return {
    background: null,
    font: style.fontFamily,
    axis: {...text, gridColor: of("--line"), domainColor: of("--line"), tickColor: of("--line")},
    legend: text,
    header: text,
    title: {color: of("--ink")},
    text: {color: of("--ink")},
    view: {stroke: null},
  };
}

// A legend above a narrow chart is cut off at its edge, unless its entries stand below each other.
function stackLegends(part) {
  if (part === null || typeof part !== "object") return;
  if (part.legend?.orient === "top" && !part.legend.direction) part.legend.columns = Math.min(part.legend.columns ?? 2, 2);
  Object.entries(part).forEach(([name, value]) => name === "data" || name === "datasets" || stackLegends(value));
}

async function draw(place) {
  try {
    const answer = await fetch(place.dataset.chart, {headers: {accept: "application/json"}, credentials: "same-origin"});
    if (!answer.ok) throw new Error(`${answer.status}`);
    const spec = await answer.json();
    spec.config = {...theme(), ...(spec.config ?? {})};
    if (place.clientWidth < 480) stackLegends(spec);
    place.replaceChildren();
    await vegaEmbed(place, spec, {ast: true, actions: false, defaultStyle: false, renderer: "canvas", tooltip: {disableDefaultStyle: true}});
  } catch (error) {
    const said = document.createElement("p");
    said.className = "quiet";
    said.textContent = `The chart could not be drawn (${error.message}). The tables below have its numbers.`;
    place.replaceChildren(said);
  }
}

const places = document.querySelectorAll("[data-chart]");
// Only what is looked at is drawn.
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }
}, {rootMargin: "300px"});
places.forEach((place) => seen.observe(place));
dark.addEventListener("change", () => places.forEach(draw));
