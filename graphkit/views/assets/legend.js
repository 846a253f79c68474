// The legend: which colour and shape is which kind, how many there are, and hiding kinds.
const hiddenKinds = new Set();
const hiddenLinkKinds = new Set();

function count(names) {
  const counts = new Map();
  for (const [name, number] of names) counts.set(name, (counts.get(name) || 0) + number);
  return counts;
}

function buildLegend(changed) {
  const kinds = count(entities.map((entity) => [entity.kind, 1]));
  const links = count(bundles.flatMap((bundle) => Object.entries(bundle.kinds)));
  document.getElementById("legend-kinds").append(
    group(words.entities, content.kinds, kinds, hiddenKinds, kindIcon, changed),
    links.size ? group(words.links, content.linkKinds, links, hiddenLinkKinds, linkIcon, changed) : "",
    element("p", {}, words.toggle),
  );
}

function group(title, kinds, counts, hidden, icon, changed) {
  const buttons = Object.keys(kinds).map((name) => toggle(name, kinds[name].title, counts.get(name) || 0, hidden, icon, changed));
  return element("div", { class: "group" }, element("h2", {}, title), ...buttons);
}

function toggle(name, title, number, hidden, icon, changed) {
  const button = element("button", { type: "button", class: "kind", "aria-pressed": "true" },
    icon(name), element("span", { class: "name" }, title), element("span", { class: "count" }, String(number)));
  button.addEventListener("click", () => {
    if (!hidden.delete(name)) hidden.add(name);
    button.setAttribute("aria-pressed", String(!hidden.has(name)));
    changed();
  });
  return button;
}

function entityShown(id) {
  return !hiddenKinds.has(entities[id].kind);
}

function bundleShown(bundle) {
  return entityShown(bundle.from) && entityShown(bundle.to) && Object.keys(bundle.kinds).some((kind) => !hiddenLinkKinds.has(kind));
}
