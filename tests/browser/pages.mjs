// Opens finished pages in Chromium: no request leaves them, nothing complains, nobody is locked
// out (axe), and nothing runs sideways at the width of a phone.
//
//   node tests/browser/pages.mjs PROGRAM SAMPLES WORKING_FOLDER [HOSTILE_PAGES]
//
// HOSTILE_PAGES is a folder with pages whose every text is an attempt to break out; they come from
//   LIGHTFOOT_PAGES=FOLDER cargo test --test hostile every_text

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [program, samples, folder, hostilePages] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node pages.mjs PROGRAM SAMPLES WORKING_FOLDER [HOSTILE_PAGES]");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/// Widths to look at; 320 is a page at 400 % zoom (WCAG 1.4.10).
const WIDTHS = [320, 390, 768, 1200];
/// Widths at which every page is checked by axe; these are checked at all but 320.
const CHECKED = [390];
const WHOLE = ["whole", "squad"];
const THEMES = ["light", "dark"];
const failures = [];
const fail = (where, what) => failures.push(`${where}: ${what}`);

/// Pages that a reader may meet: a whole history, three runs, one run, and runs that lack things.
function pages() {
  const files = readdirSync(samples).filter((f) => /\.(fit|gpx|tcx)$/.test(f)).sort();
  const xml = (kind, ...elements) => {
    const name = files.find((f) => f.endsWith(kind));
    let text = readFileSync(path.join(samples, name), "utf8");
    for (const e of elements) text = text.replace(new RegExp(`<(\\w+:)?${e}>[^<]*</(\\w+:)?${e}>`, "g"), "");
    return [name, text];
  };
  const sets = {
    "whole": null,
    "three-runs": files.slice(0, 3),
    "one-run": files.slice(0, 1),
    "no-cadence": [xml(".gpx", "cad")],
    "no-altitude": [xml(".gpx", "ele")],
  };
  return Object.entries(sets).map(([name, set]) => {
    const html = path.join(folder, `${name}.html`);
    let input = samples;
    if (set) {
      input = path.join(folder, name);
      mkdirSync(input, { recursive: true });
      for (const file of set) {
        if (Array.isArray(file)) writeFileSync(path.join(input, file[0]), file[1]);
        else copyFileSync(path.join(samples, file), path.join(input, file));
      }
    }
    execFileSync(program, ["report", input, "-o", html, "-q"], { stdio: ["ignore", "ignore", "inherit"] });
    return { name, html };
  });
}

/// Pages of single runs: hills, a track, an export without dynamics, a truncated file; and one
/// whose title is an attempt to break out of it.
function runPages() {
  const write = (input, name) => {
    const runs = path.join(folder, `${name}-runs`);
    const html = path.join(folder, `${name}-of-runs.html`);
    execFileSync(program, ["report", input, "-o", html, "--runs", runs, "-q"], { stdio: ["ignore", "ignore", "inherit"] });
    return readdirSync(runs).map((file) => ({ name: `run ${file}`, html: path.join(runs, file) }));
  };
  const days = ["2026-05-12", "2026-05-07", "2026-03-08", "2026-03-31"];
  const own = write(samples, "whole").filter(({ html }) => days.some((d) => path.basename(html).startsWith(d)));
  if (own.length !== days.length) fail("pages of runs", `${own.length} of ${days.length}`);
  const broken = write(path.join(folder, "hostile"), "hostile");
  if (broken.length === 0) fail("pages of hostile runs", "none");
  return [...own, ...broken.slice(0, 2)];
}

/// A page whose every name is an attempt to break out of it.
function hostile() {
  const input = path.join(folder, "hostile");
  mkdirSync(input, { recursive: true });
  const payloads = [
    "<script>fetch('https://example.org')</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style><svg onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
  ];
  const name = readdirSync(samples).find((f) => f.endsWith(".gpx"));
  const text = readFileSync(path.join(samples, name), "utf8");
  const escaped = (s) => s.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  payloads.forEach((payload, i) => {
    const moved = text
      .replace(/<name>[^<]*<\/name>/, () => `<name>${escaped(payload)}</name>`)
      .replace(/creator="[^"]*"/, () => `creator="${escaped(payload)}"`)
      .replaceAll("2026-03", `2025-${String(i + 1).padStart(2, "0")}`);
    writeFileSync(path.join(input, `${payload.replaceAll("/", "_")}.gpx`), moved);
  });
  writeFileSync(path.join(input, "lightfoot.toml"), `[runner]\nname = ${JSON.stringify(payloads[1])}\n`);
  const html = path.join(folder, "hostile.html");
  execFileSync(program, ["report", input, "-o", html, "-q"], { stdio: ["ignore", "ignore", "inherit"] });
  return { name: "hostile", html };
}

/// Pages that were made elsewhere from some hundred texts in every field.
function fromElsewhere() {
  if (!hostilePages) return [];
  const names = readdirSync(hostilePages).filter((f) => f.endsWith(".html")).sort();
  if (names.length === 0) fail(hostilePages, "no page");
  return names.map((f) => ({ name: f, html: path.join(hostilePages, f), hostile: true }));
}

/// A coach's list: a whole history with pain noted, a part of it, a damaged file, a name that would
/// like to be markup, and nothing at all.
function squad() {
  const input = path.join(folder, "squad");
  const files = readdirSync(samples).filter((f) => /\.(fit|gpx|tcx)$/.test(f)).sort();
  const athletes = {
    "Ada": files,
    "Bo": files.slice(-20),
    "<img src=x onerror=alert(1)>": files.slice(0, 3),
    "Nobody": [],
  };
  for (const [name, own] of Object.entries(athletes)) {
    mkdirSync(path.join(input, name), { recursive: true });
    for (const file of own) copyFileSync(path.join(samples, file), path.join(input, name, file));
  }
  const notes = "date,pain during,pain where\n2026-06-07,3,\"<b onclick=alert(1)>knee</b>\"\n";
  writeFileSync(path.join(input, "Ada", "notes.csv"), notes);
  writeFileSync(path.join(input, "Bo", "broken.fit"), "x".repeat(500));
  const html = path.join(folder, "squad.html");
  // A damaged file and a folder of nothing: the list is whole, and the program says so with a 3.
  const { status } = spawnSync(program, ["coach", input, "-o", html, "-q"], { stdio: "ignore" });
  if (status !== 3) fail("squad", `ended with ${status}`);
  return { name: "squad", html };
}

/// The browser of the system, wherever the distribution put it.
function browserPath() {
  const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return process.env.CHROMIUM ?? places.find((p) => existsSync(p));
}

const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
for (const { name, html, hostile: many } of [
  ...pages(), hostile(), squad(), ...runPages(), ...fromElsewhere(),
]) {
  const url = pathToFileURL(html).href;
  for (const colorScheme of many ? THEMES.slice(0, 1) : THEMES) {
    for (const width of many ? CHECKED : WIDTHS) {
      const where = `${name}, ${colorScheme}, ${width} px`;
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false });
      const page = await context.newPage();
      page.on("request", (r) => r.url() !== url && fail(where, `asks for ${r.url()}`));
      page.on("console", (m) => fail(where, `console says ${m.text()}`));
      page.on("pageerror", (e) => fail(where, `error ${e.message}`));
      page.on("dialog", (d) => { fail(where, `dialog ${d.message()}`); d.dismiss(); });
      await page.goto(url);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (sideways > 1) fail(where, `runs ${sideways} px sideways`);
      const active = await page.evaluate(() => [...document.querySelectorAll("script, iframe, object, embed")].map((e) => e.tagName));
      if (active.join() !== "SCRIPT") fail(where, `active elements: ${active}`);
      await context.close();
      if (many) continue;
      const wanted = WHOLE.includes(name) ? width !== 320 : CHECKED.includes(width);
      if (!wanted) continue;
      // The page's own policy forbids every script, so the checker gets a context that allows it.
      const checked = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const copy = await checked.newPage();
      await copy.goto(url);
      await copy.addScriptTag({ content: axe });
      const { violations } = await copy.evaluate(() => window.axe.run(document));
      for (const v of violations) fail(where, `${v.id}: ${v.help} (${v.nodes.length} x ${v.nodes[0].target})`);
      await checked.close();
    }
  }
}
await browser.close();
if (failures.length > 0) {
  console.error([...new Set(failures)].join("\n"));
  process.exit(1);
}
console.log("pages: no request, no complaint, no barrier");
