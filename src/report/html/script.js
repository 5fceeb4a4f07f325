// Comfort, never content: a theme switch, values under the pointer, sorting and filtering. Every
// word and number stands on the page without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };

  // A page opened from a mail or a disk may be refused a memory; the switch works without.
  const KEY = "lightfoot-theme";
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem(KEY, theme); } catch { /* not kept */ } };
  const THEMES = [["", "as the system"], ["light", "light"], ["dark", "dark"]];
  let theme = Math.max(0, THEMES.findIndex(([id]) => id === (remembered() ?? "")));
  const switcher = make("button", { type: "button", class: "theme" });
  const wear = () => {
    const [id, word] = THEMES[theme];
    if (id) root.dataset.theme = id; else delete root.dataset.theme;
    switcher.textContent = `Colours: ${word}`;
  };
  switcher.addEventListener("click", () => {
    theme = (theme + 1) % THEMES.length;
    remember(THEMES[theme][0]);
    wear();
  });
  wear();
  document.querySelector(".top")?.prepend(switcher);

  // Values of a mark: pointed at, touched, or walked to with the arrow keys.
  const tip = make("div", { class: "tip", role: "status", hidden: "" });
  document.body.append(tip);
  let marked = null;
  const said = (hit) => {
    const title = hit.querySelector("title");
    if (title) {
      hit.dataset.said = title.textContent;
      title.remove();
    }
    return hit.dataset.said ?? "";
  };
  const hide = () => {
    marked?.classList.remove("on");
    marked = null;
    tip.hidden = true;
  };
  const show = (hit) => {
    if (hit === marked) return;
    hide();
    marked = hit;
    hit.classList.add("on");
    tip.textContent = said(hit);
    tip.hidden = false;
    const at = hit.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const edge = root.clientWidth - box.width - 8;
    const left = Math.max(8, Math.min(at.left + at.width / 2 - box.width / 2, edge));
    const above = at.top - box.height - 8;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above > 8 ? above : at.bottom + 8) + scrollY}px`;
  };
  const hitOf = (event) => (event.target instanceof Element ? event.target.closest(".hit") : null);
  const point = (event) => { const hit = hitOf(event); if (hit) show(hit); else hide(); };
  document.addEventListener("pointerover", point);
  document.addEventListener("pointerdown", point);
  for (const picture of all("svg")) {
    const hits = all(".hit", picture);
    if (hits.length === 0) continue;
    hits.sort((a, b) => a.getBBox().x - b.getBBox().x);
    picture.setAttribute("tabindex", "0");
    picture.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight Home End");
    let place = -1;
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -hits.length, End: hits.length };
    picture.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return hide();
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      place = Math.max(0, Math.min(hits.length - 1, place + step));
      show(hits[place]);
    });
    picture.addEventListener("blur", () => { place = -1; hide(); });
  }

  // What a cell is sorted by: clocks and paces as seconds, numbers as numbers, the rest as words.
  const value = (text) => {
    const plain = text.trim().replace("−", "-").replace(/^under /, "").replace(/\s%$/, "");
    if (/^\d+(:\d\d)+(\.\d+)?$/.test(plain)) return plain.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const number = Number(plain);
    if (plain !== "" && Number.isFinite(number)) return number;
    return /^[–—-]?$/.test(plain) ? null : plain.toLowerCase();
  };
  // Empty cells stay at the end whichever way a column is sorted.
  const order = (a, b, direction) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === typeof b) return direction * (typeof a === "number" ? a - b : a.localeCompare(b));
    return typeof a === "number" ? -1 : 1;
  };
  for (const table of all("table.sortable")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    // A long table shows its first rows and says how many there are; paper has them all.
    const FIRST = 20;
    const box = table.closest(".scroll") ?? table;
    const fold = Boolean(table.dataset.of) && rows.length > FIRST + 5;
    const told = make("p", { class: "rest", role: "status" });
    const rest = make("button", { type: "button", "aria-expanded": "false" });
    let whole = !fold;
    const lay = () => {
      const shown = [...body.rows].filter((row) => !row.hidden);
      shown.forEach((row, i) => row.classList.toggle("beyond", !whole && i >= FIRST));
      const seen = whole ? shown.length : Math.min(FIRST, shown.length);
      told.textContent = `${seen} of ${rows.length} ${table.dataset.of ?? "rows"} shown`;
      rest.textContent = whole ? `Show the first ${FIRST} only` : `Show all ${shown.length}`;
      rest.hidden = shown.length <= FIRST;
      rest.setAttribute("aria-expanded", String(whole));
    };
    if (fold) {
      const foot = make("div", { class: "more" });
      foot.append(told, rest);
      box.after(foot);
      rest.addEventListener("click", () => { whole = !whole; lay(); });
      table.addEventListener("reach", () => { whole = true; lay(); });
      lay();
    }
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "descending";
        const direction = down ? 1 : -1;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        // The first column is time: the page writes it newest first.
        const key = (row, i) => (column === 0 ? -i : value(row.cells[column].textContent));
        const keyed = rows.map((row, i) => [key(row, i), i, row]);
        keyed.sort((a, b) => order(a[0], b[0], direction) || a[1] - b[1]);
        body.append(...keyed.map(([, , row]) => row));
        if (fold) lay();
      });
    });
    const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const count = make("span", { class: "quiet", role: "status" });
    const label = make("label", {}, "Show only rows with ");
    label.append(field);
    const bar = make("p", { class: "filter" });
    bar.append(label, " ", count);
    (table.closest(".scroll") ?? table).before(bar);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const row of rows) {
        const text = [...row.cells].map((cell) => cell.textContent).join(" ").replace(/\s/g, " ").toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        left += row.hidden ? 0 : 1;
      }
      if (fold) lay();
      count.textContent = words.length > 0 ? `${left} of ${rows.length}` : "";
    });
  }

  // A link into a fold opens it; paper opens them all.
  const unfold = (element) => { for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true; };
  const reach = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("tr.beyond")) {
      target.closest("table").dispatchEvent(new Event("reach"));
      target.scrollIntoView();
    }
    if (target?.closest("details:not([open])")) { unfold(target); target.scrollIntoView(); }
  };
  addEventListener("hashchange", reach);
  reach();
  addEventListener("beforeprint", () => all("details").forEach((fold) => { fold.open = true; }));
})();
