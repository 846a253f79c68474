// The drawing itself, and what clicking, pointing and hiding do to it.
const nodes = new vis.DataSet(read("drawing-nodes"));
const usual = read("drawing-edges"); // how each bundle looks where nothing is chosen
const edges = new vis.DataSet(usual);
var network = new vis.Network(document.getElementById("mynetwork"), { nodes, edges }, read("drawing-options"));
const degree = entities.map(() => 0);
for (const bundle of bundles) {
  degree[bundle.from] += 1;
  degree[bundle.to] += 1;
}
const order = entities.map((_, id) => id).sort((a, b) => degree[b] - degree[a] || a - b);
let chosen = null; // the entities that are looked at; null where none is
let drawn = order;

const FAINT = 0.18;
const USUAL = 0.62;

function look(ids) {
  chosen = ids ? new Set(ids) : null;
  drawn = chosen ? [...ids, ...order.filter((id) => !chosen.has(id))] : order;
  const lit = (bundle) => !chosen || (bundle.lit ?? false);
  nodes.update(entities.map((_, id) => ({ id, hidden: !entityShown(id), opacity: !chosen || chosen.has(id) ? 1 : FAINT })));
  edges.update(usual.map((edge, id) => ({
    id, hidden: !bundleShown(bundles[id]), label: lit(bundles[id]) ? edge.label || " " : " ",
    color: { ...edge.color, opacity: lit(bundles[id]) ? (chosen ? 0.95 : USUAL) : FAINT },
  })));
}

function light(test) {
  bundles.forEach((bundle, place) => { bundle.lit = test(bundle, place); });
}

function chooseEntity(id, moved) {
  light((bundle) => bundle.from === id || bundle.to === id);
  const beside = neighbours(id).map((place) => (bundles[place].from === id ? bundles[place].to : bundles[place].from));
  network.selectNodes([id], false);
  look([id, ...beside.filter((other) => other !== id)]);
  showEntity(id, clear, choose);
  if (moved) fit([id, ...beside]);
}

function chooseBundle(place) {
  light((_, other) => other === place);
  network.unselectAll();
  network.selectEdges([place]);
  look([bundles[place].from, bundles[place].to]);
  showBundle(place, clear, choose);
}

function clear() {
  network.unselectAll();
  look(null);
  showAbout(order, choose);
}

function fit(ids) {
  network.fit({ nodes: ids.filter(entityShown), maxZoomLevel: 1.25, animation: false });
  network.moveTo({ scale: network.getScale() * 0.94, animation: false }); // room for names at the rim
}

const choose = { entity: (id) => chooseEntity(id, true), bundle: chooseBundle };
const tip = document.getElementById("tip");

function point(text, event) {
  const stage = document.getElementById("stage").getBoundingClientRect();
  tip.textContent = text;
  tip.hidden = false;
  const left = Math.min(event.clientX - stage.left + 14, stage.width - tip.offsetWidth - 6);
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.min(event.clientY - stage.top + 14, stage.height - tip.offsetHeight - 6)}px`;
}

network.on("click", (event) => {
  if (event.nodes.length) chooseEntity(event.nodes[0], false);
  else if (event.edges.length) chooseBundle(event.edges[0]);
  else clear();
});
network.on("hoverNode", ({ node, event }) => point(`${entities[node].name} · ${content.kinds[entities[node].kind].title}`, event));
network.on("hoverEdge", ({ edge, event }) => point(kindsOf(bundles[edge]), event));
for (const away of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(away, () => { tip.hidden = true; });
network.on("afterDrawing", (context) => {
  drawLabels(context, network, drawn, (id) => entityShown(id) && (!chosen || chosen.has(id)), chosen || new Set());
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
document.getElementById("fit").addEventListener("click", () => fit(order));
window.addEventListener("resize", () => fit(order));

if (window.innerWidth <= 900) document.getElementById("legend").open = false;
buildLegend(() => look(chosen ? [...chosen] : null));
buildSearch(choose.entity);
showAbout(order, choose);
fit(order);
