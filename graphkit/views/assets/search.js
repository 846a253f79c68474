// Finding an entity by name or id, by mouse and by keyboard.
const MOST_FOUND = 9;

function matching(text) {
  const wanted = text.normalize("NFKC").toLowerCase().trim();
  if (!wanted) return [];
  const ranked = [];
  entities.forEach((entity, id) => {
    const name = entity.name.normalize("NFKC").toLowerCase();
    const place = name.indexOf(wanted);
    if (name === wanted) ranked.push([0, id]);
    else if (place >= 0) ranked.push([place === 0 ? 1 : 2, id]);
    else if (entity.id.toLowerCase().includes(wanted)) ranked.push([3, id]);
  });
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST_FOUND).map(([, id]) => id);
}

function buildSearch(choose) {
  const input = document.getElementById("search-text");
  const list = document.getElementById("search-results");
  let found = [];
  let active = 0;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function pick(id) {
    close();
    choose(id);
  }

  function option(id, place) {
    const entity = entities[id];
    const item = element("li", { role: "option", id: `found-${place}`, "aria-selected": String(place === active) },
      kindIcon(entity.kind), element("span", {}, entity.name), element("span", { class: "soft" }, content.kinds[entity.kind].title));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(id);
    });
    return item;
  }

  function draw() {
    const empty = element("li", { class: "soft" }, words.nothing);
    list.replaceChildren(...(found.length ? found.map(option) : [empty]));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.setAttribute("aria-activedescendant", found.length ? `found-${active}` : "");
  }

  input.addEventListener("input", () => {
    found = matching(input.value);
    active = 0;
    draw();
  });
  input.addEventListener("focus", () => { if (input.value.trim()) draw(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && found.length) pick(found[active]);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      draw();
      event.preventDefault();
    }
  });
}
