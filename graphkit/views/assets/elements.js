// The page's data, and making elements. Text reaches the page only as textContent.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const content = read("content");
const words = content.words;
const entities = content.entities;
const bundles = content.bundles;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  for (const child of children) {
    if (child !== null && child !== undefined) made.append(child); // text is appended as text
  }
  return made;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

const SHAPES = {
  dot: "M16 9a7 7 0 1 1-14 0a7 7 0 1 1 14 0z",
  square: "M3 3h12v12H3z",
  triangle: "M9 2l7.5 13h-15z",
  triangleDown: "M9 16L1.5 3h15z",
  diamond: "M9 1l7 8l-7 8l-7-8z",
  star: "M9 1l2.3 5.4l5.7.5l-4.3 3.9l1.300 5.800L9 13.600l-5 3l1.300-5.800L1 6.900l5.700-.5z",
  hexagon: "M5 2.500h8l4 6.500l-4 6.500H5L1 9z",
  box: "M3 5h12a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
};

function picture(draw) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries(draw)) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}

function kindIcon(name) {
  const kind = content.kinds[name];
  return picture({ d: SHAPES[kind.shape] || SHAPES.dot, fill: kind.colour });
}

function linkIcon(name) {
  const kind = content.linkKinds[name];
  const dashes = kind.dashed ? { "stroke-dasharray": "3.500 2.500" } : {};
  const arrow = kind.directed ? "M1 9h15M12 5.500L16 9l-4 3.500" : "M1 9h16";
  return picture({ d: arrow, fill: "none", stroke: kind.colour, "stroke-width": 2.2, ...dashes });
}
