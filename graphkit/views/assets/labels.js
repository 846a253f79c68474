// Names are drawn at one size on the screen, the more connected first, and left out where they would cover each other.
const FONT = getComputedStyle(document.documentElement).fontFamily;
const LABEL_PX = 12.5;
const FIRST = 24; // so many names are drawn even where they cover an entity of little weight
const MAIN = 60; // so many entities are never covered

function shortened(name) {
  const letters = Array.from(name);
  const wide = letters.filter((letter) => letter.codePointAt(0) >= 0x2e80).length;
  const room = wide > letters.length / 2 ? 13 : 24;
  return letters.length > room ? letters.slice(0, room - 1).join("") + "…" : name;
}

function overlaps(box, others) {
  return others.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
}

function places(x, y, radius, width, height, gap) {
  const below = [x - width / 2, y + radius + gap];
  const above = [x - width / 2, y - radius - gap - height];
  const right = [x + radius + gap * 2, y - height / 2];
  const left = [x - radius - gap * 2 - width, y - height / 2];
  return [below, right, left, above].map(([a, b]) => [a, b, a + width, b + height]);
}

function drawLabels(context, network, order, isShown, forced) {
  const size = LABEL_PX / network.getScale();
  const points = network.getPositions();
  const shown = order.filter(isShown);
  const discs = shown.map((id) => around(points[id], extent(network, id) * 0.85));
  const page = { context, network, size, discs, labels: [], main: discs.slice(0, MAIN), view: visible(network) };
  context.save();
  context.textBaseline = "top";
  context.lineJoin = "round";
  shown.forEach((id, rank) => drawLabel(page, id, points[id], forced.has(id), rank < FIRST));
  context.restore();
}

function around({ x, y }, radius) {
  return [x - radius, y - radius, x + radius, y + radius];
}

function extent(network, id) {
  const { shape, options } = network.body.nodes[id];
  return options.shape === "box" ? shape.height / 2 || options.size : shape.radius || options.size;
}

function visible(network) {
  const { clientWidth, clientHeight } = document.getElementById("mynetwork");
  const low = network.DOMtoCanvas({ x: 2, y: 2 });
  const high = network.DOMtoCanvas({ x: clientWidth - 2, y: clientHeight - 2 });
  return [low.x, low.y, high.x, high.y];
}

function inside(box, view) {
  return box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
}

function drawLabel(page, id, point, forced, important) {
  const { context, size } = page;
  const radius = extent(page.network, id);
  if (entities[id].disputed) drawMark(context, point.x + radius * 0.8, point.y - radius * 0.8, Math.min(size * 0.46, radius * 0.55));
  const text = shortened(entities[id].name);
  context.font = `${forced ? 650 : 500} ${size}px ${FONT}`;
  const candidates = places(point.x, point.y, radius, context.measureText(text).width, size * 1.1, size * 0.18);
  const free = candidates.filter((box) => inside(box, page.view) && !overlaps(box, page.labels));
  const box = free.find((each) => !overlaps(each, page.discs)) || (important ? free.find((each) => !overlaps(each, page.main)) : null) || (forced ? free[0] : null);
  if (!box) return;
  page.labels.push([box[0] - size * 0.3, box[1], box[2] + size * 0.3, box[3]]);
  context.lineWidth = size * 0.32;
  context.strokeStyle = "rgba(255,255,255,0.92)";
  context.strokeText(text, box[0], box[1]);
  context.fillStyle = "#1d232b";
  context.fillText(text, box[0], box[1]);
}

function drawMark(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = "#b3261e";
  context.fill();
  context.lineWidth = radius * 0.25;
  context.strokeStyle = "#ffffff";
  context.stroke();
  context.font = `700 ${radius * 1.5}px ${FONT}`;
  context.fillStyle = "#ffffff";
  context.fillText("!", x - context.measureText("!").width / 2, y - radius * 0.75);
}
