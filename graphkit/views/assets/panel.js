// The side panel: what is known of an entity or of the links between two, and which rows say so.
const panel = document.getElementById("panel");

function show(...children) {
  panel.replaceChildren(...children.filter((child) => child));
  panel.scrollTop = 0;
}

function titleBar(icon, text, close) {
  const button = element("button", { type: "button", class: "close" }, words.close);
  button.addEventListener("click", close);
  return element("div", { class: "top" }, icon, text, button);
}

function rowsBehind(told) {
  const unit = told.count === 1 ? words.row : words.rows;
  const summary = element("summary", {}, `${told.count} ${unit}`);
  const list = element("ul", {}, ...told.rows.map(reference));
  if (told.count > told.rows.length) {
    list.append(element("li", {}, fill(words.more_rows, { count: told.count - told.rows.length })));
  }
  return element("details", { class: "rows" }, summary, list);
}

function reference(row) {
  const file = row.slice(0, row.indexOf("#"));
  const place = row.slice(file.length + 1);
  const colon = place.lastIndexOf(":");
  const where = ` · ${place.slice(0, colon)} · ${fill(words.row_of, { row: place.slice(colon + 1) })}`;
  return element("li", {}, (content.files[file] || file) + where, element("code", {}, row));
}

function alarm(there) {
  return there ? element("span", { class: "alarm" }, words.disputed) : null;
}

function fact(title, ...told) {
  const values = told.map((each) => element("dd", {}, ...[each].flat()));
  return element("div", { class: "fact" }, element("dt", {}, title), ...values);
}

function property(each) {
  const values = each.values.map((value) => [element("div", {}, value.value), rowsBehind(value)]);
  if (each.disputed) values.unshift(alarm(true));
  return fact(each.title, ...values);
}

function showEntity(id, close, choose) {
  const entity = entities[id];
  const beside = neighbours(id).map((bundle) => neighbour(id, bundle, choose));
  const known = entity.properties.length
    ? element("dl", {}, ...entity.properties.map(property))
    : element("p", { class: "soft" }, words.no_properties);
  show(
    titleBar(kindIcon(entity.kind), content.kinds[entity.kind].title, close),
    element("h2", {}, entity.name),
    element("div", { class: "id" }, element("code", {}, entity.id)),
    alarm(entity.disputed),
    element("h3", {}, words.properties),
    known,
    element("h3", {}, `${words.neighbours} (${beside.length})`),
    ...(beside.length ? beside : [element("p", { class: "soft" }, words.no_links)]),
  );
}

function neighbours(id) {
  const beside = [];
  bundles.forEach((bundle, i) => {
    if (bundle.from === id || bundle.to === id) beside.push(i);
  });
  return beside.sort((a, b) => bundles[b].count - bundles[a].count);
}

function kindsOf(bundle) {
  return Object.entries(bundle.kinds)
    .map(([kind, count]) => content.linkKinds[kind].title + (count > 1 ? ` ×${count}` : ""))
    .join(" · ");
}

function neighbour(id, place, choose) {
  const bundle = bundles[place];
  const other = bundle.from === id ? bundle.to : bundle.from;
  const what = element("span", { class: "what" }, kindsOf(bundle), bundle.disputed ? " " : null, alarm(bundle.disputed));
  const button = element("button", { type: "button", class: "other" }, kindIcon(entities[other].kind), entities[other].name, what);
  button.addEventListener("click", () => choose.bundle(place));
  return button;
}

function showBundle(place, close, choose) {
  const bundle = bundles[place];
  const more = bundle.count > bundle.links.length
    ? element("p", { class: "note" }, fill(words.more_links, { shown: bundle.links.length, count: bundle.count }))
    : null;
  show(
    titleBar(null, words.between, close),
    end(bundle.from, choose),
    end(bundle.to, choose),
    alarm(bundle.disputed),
    element("h3", {}, `${words.links} (${bundle.count})`),
    more,
    ...bundle.links.map((link) => linkCard(bundle, link)),
  );
}

function end(id, choose) {
  const button = element("button", { type: "button", class: "other" }, kindIcon(entities[id].kind), element("strong", {}, entities[id].name));
  button.addEventListener("click", () => choose.entity(id));
  return button;
}

function linkCard(bundle, link) {
  const [first, second] = link.forward ? [bundle.from, bundle.to] : [bundle.to, bundle.from];
  const kind = content.linkKinds[link.kind];
  const arrow = kind.directed ? " → " : " – ";
  const head = element("div", { class: "top head" }, linkIcon(link.kind), element("strong", {}, kind.title), alarm(link.disputed));
  const ends = element("div", { class: "soft" }, entities[first].name + arrow + entities[second].name);
  return element("div", { class: "link" }, head, ends, ...link.versions.map(version), element("code", { class: "soft" }, link.id));
}

function version(told) {
  const quantity = told.quantity === null ? null : `${told.quantity} ${told.unit || ""}`;
  const amount = told.amount === null ? null : `${told.amount} ${told.currency || ""}`;
  const stated = [[words.time, told.time], [words.until, told.until], [words.quantity, quantity], [words.amount, amount], ...told.details];
  const facts = stated.filter(([, value]) => value).map(([title, value]) => fact(title, value));
  return element("div", { class: "version" }, element("dl", {}, ...facts), rowsBehind(told));
}

function showAbout(order, choose) {
  const about = content.about;
  const links = bundles.reduce((sum, bundle) => sum + bundle.count, 0);
  const most = order.slice(0, 12).filter((id) => neighbours(id).length);
  show(
    element("div", { class: "top" }, words.about),
    element("h2", {}, content.title),
    element("p", { class: "soft" }, words.hint),
    element("dl", {}, fact(words.shown, fill(words.counts, { entities: entities.length, links })),
      fact(words.store, about.store), fact(words.revision, element("code", {}, about.revision))),
    about.notes.length ? element("h3", {}, words.notes) : null,
    ...about.notes.map((note) => element("p", { class: "note" }, note)),
    most.length ? element("h3", {}, words.most) : null,
    ...most.map((id) => connected(id, choose)),
  );
}

function connected(id, choose) {
  const what = element("span", { class: "what" }, String(neighbours(id).length));
  const button = element("button", { type: "button", class: "other" }, kindIcon(entities[id].kind), entities[id].name, what);
  button.addEventListener("click", () => choose.entity(id));
  return button;
}
