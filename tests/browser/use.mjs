// Uses finished pages as a reader does: with the keyboard, by touch, on paper, without script, in
// the other theme; the page of a squad and of a run as well.
//
//   node tests/browser/use.mjs PROGRAM SAMPLES WORKING_FOLDER

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [program, samples, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node use.mjs PROGRAM SAMPLES WORKING_FOLDER");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const failures = [];
const expect = (what, holds) => { if (!holds) failures.push(what); };
const run = (...words) => execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"], cwd: folder });
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? places.find((p) => existsSync(p));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

/// A page that fails on any request, complaint or dialog.
async function open(html, options = {}) {
  const url = pathToFileURL(html).href;
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const name = path.basename(html);
  page.on("request", (r) => expect(`${name} asks for ${r.url()}`, r.url().split("#")[0] === url));
  page.on("console", (m) => expect(`${name}: console says ${m.text()}`, false));
  page.on("pageerror", (e) => expect(`${name}: error ${e.message}`, false));
  page.on("dialog", (d) => { expect(`${name}: dialog`, false); d.dismiss(); });
  await page.goto(url);
  return page;
}

const report = path.join(folder, "use.html");
const handout = path.join(folder, "handout.html");
const runs = path.join(folder, "use-runs");
run("report", samples, "-o", report, "--runs", runs, "--try", "cadence", "-q");
run("report", samples, "-o", handout, "--handout", "-q");

// Sorting, filtering and the switch of colours.
{
  const page = await open(report);
  const cells = (column) => page.$$eval("#runs tbody tr:not([hidden])", (rows, i) => rows.map((r) => r.cells[i].textContent), column);
  const before = await cells(0);
  const distance = page.locator("#runs thead button").nth(1);
  await distance.click();
  const far = (await cells(1)).map(Number);
  expect("distance sorts downwards", far.every((v, i) => i === 0 || v <= far[i - 1]) && far[0] > far.at(-1));
  expect("the sorted column says so", (await page.locator("#runs thead th").nth(1).getAttribute("aria-sort")) === "descending");
  await distance.press("Enter");
  const near = (await cells(1)).map(Number);
  expect("and upwards", near.every((v, i) => i === 0 || v >= near[i - 1]));
  await page.locator("#runs thead button").nth(0).click();
  expect("by date as it was", JSON.stringify(await cells(0)) === JSON.stringify(before));
  await page.locator("#runs input").fill("Mar 2026");
  const found = await cells(0);
  expect("the filter leaves March", found.length > 3 && found.every((d) => d.includes("Mar 2026")));
  expect("and counts", (await page.locator("#runs .filter [role=status]").textContent()).startsWith(`${found.length} of ${before.length}`));
  await page.locator("#runs input").fill("");
  const seen = () => page.$$eval("#runs tbody tr", (rows) => rows.filter((r) => r.checkVisibility()).length);
  const more = page.locator("#runs .more button");
  expect("the first runs stand, and how many there are", (await seen()) === 20 && (await page.locator("#runs .rest").textContent()) === `20 of ${before.length} runs shown`);
  await more.click();
  expect("all runs on demand", (await seen()) === before.length && (await more.getAttribute("aria-expanded")) === "true");
  await more.click();
  expect("and back", (await seen()) === 20);
  await page.emulateMedia({ media: "print" });
  expect("paper has all runs", (await seen()) === before.length);
  await page.emulateMedia({ media: "screen" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const switcher = page.locator("button.theme");
  await switcher.click();
  await switcher.click();
  const dark = await ground();
  expect("the switch darkens the page", dark !== light && (await switcher.textContent()).includes("dark"));
  await page.reload();
  expect("and is remembered", (await ground()) === dark);
  await page.emulateMedia({ media: "print" });
  expect("paper is white in any theme", (await ground()) === "rgb(255, 255, 255)");
  await page.context().close();
}

// Values of marks: by pointer, by touch, by keys.
{
  const page = await open(report);
  const tip = page.locator(".tip");
  const picture = page.locator("#cadence_trend svg.wide");
  await picture.scrollIntoViewIfNeeded();
  await picture.locator(".hit").nth(4).hover();
  const pointed = await tip.textContent();
  expect("a mark says its value under the pointer", (await tip.isVisible()) && /steps a minute/.test(pointed));
  await picture.focus();
  await page.keyboard.press("Home");
  const first = await tip.textContent();
  await page.keyboard.press("ArrowRight");
  const second = await tip.textContent();
  expect("arrow keys walk along the marks", (await tip.isVisible()) && first !== second);
  await page.keyboard.press("Escape");
  expect("Escape hides it", !(await tip.isVisible()));
  await page.context().close();
  const phone = await open(report, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const small = phone.locator("#cadence_trend svg.narrow");
  await small.scrollIntoViewIfNeeded();
  await small.locator(".hit").nth(4).tap();
  expect("and under a finger", await phone.locator(".tip").isVisible());
  const box = await phone.locator(".tip").boundingBox();
  expect("inside the screen", box.x >= 0 && box.x + box.width <= 390);
  await phone.context().close();
}

// The keyboard reaches everything that can be used, in the order of the page, and shows where it is.
{
  const page = await open(report);
  const usable = await page.$$eval("a[href],button,input,summary,[tabindex='0']", (all) => all.filter((e) => e.checkVisibility()).length);
  const seen = new Set();
  let upward = 0;
  let last = -1;
  let unseen = 0;
  for (let i = 0; i < usable + 5; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const all = [...document.querySelectorAll("*")];
      return { at: all.indexOf(e), outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
    });
    if (!at || seen.has(at.at)) break;
    seen.add(at.at);
    if (at.at < last) upward += 1;
    if (!at.outlined) unseen += 1;
    last = at.at;
  }
  expect(`Tab reaches ${seen.size} of ${usable}`, seen.size >= usable);
  expect(`Tab goes up ${upward} times`, upward === 0);
  expect(`${unseen} places show no focus`, unseen === 0);
  await page.context().close();
}

// Without script everything that is said and drawn is there.
{
  const page = await open(report, { javaScriptEnabled: false });
  for (const words of ["What deserves attention", "One thing to try", "Numbers, and how sure they are", "What is known, for every reader alike"]) {
    expect(`without script: ${words}`, (await page.getByText(words).count()) > 0);
  }
  expect("without script: charts", (await page.locator("svg.wide").count()) > 5);
  expect("without script: no dead buttons", (await page.locator("button, input").count()) === 0);
  await page.context().close();
}

// Paper: the handout is one side of A4 and of Letter; the report prints whole, and folds are open.
{
  const sheets = (pdf) => Number(/\/Type\s*\/Pages[^>]*\/Count (\d+)/.exec(pdf.toString("latin1"))?.[1] ?? /\/Count (\d+)/.exec(pdf.toString("latin1"))[1]);
  for (const format of ["A4", "Letter"]) {
    const page = await open(handout);
    expect(`the handout is one side of ${format}`, sheets(await page.pdf({ format })) === 1);
    await page.context().close();
    const whole = await open(report);
    const count = sheets(await whole.pdf({ format }));
    expect(`the report prints on ${count} sheets of ${format}`, count > 3 && count < 60);
    await whole.context().close();
  }
}

// The pages of runs and of a squad, in both themes and three widths.
const squad = path.join(folder, "use-squad");
for (const [i, name] of ["Ada", "Ben", "Cleo <b>x</b>"].entries()) {
  const athlete = path.join(squad, name.replaceAll("/", "_"));
  mkdirSync(athlete, { recursive: true });
  const files = readdirSync(samples).filter((f) => /\.(fit|gpx|tcx)(\.gz)?$/.test(f)).sort();
  for (const file of files.slice(i * 12, i * 12 + 24)) copyFileSync(path.join(samples, file), path.join(athlete, file));
}
writeFileSync(path.join(squad, "Ben", "notes.csv"), "date,pain_during,where\n2026-05-05,3,left knee\n");
const coach = path.join(folder, "coach.html");
run("coach", squad, "-o", coach, "-q");
const one = readdirSync(runs).find((f) => f.endsWith(".html"));
for (const html of [coach, handout, path.join(runs, one)]) {
  const name = path.basename(html);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 768, 1200]) {
      const where = `${name}, ${colorScheme}, ${width} px`;
      const page = await open(html, { colorScheme, viewport: { width, height: 900 } });
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(`${where}: runs ${sideways} px sideways`, sideways <= 1);
      await page.context().close();
      const checked = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const copy = await checked.newPage();
      await copy.goto(pathToFileURL(html).href);
      await copy.addScriptTag({ content: axe });
      const { violations } = await copy.evaluate(() => window.axe.run(document));
      for (const v of violations) expect(`${where}: ${v.id}: ${v.help} (${v.nodes.length} x ${v.nodes[0].target})`, false);
      await checked.close();
    }
  }
}

// Every link of the squad's page leads somewhere.
{
  const page = await open(coach);
  const links = await page.$$eval("a[href]", (all) => all.map((a) => a.href).filter((h) => h.startsWith("file:")));
  for (const link of new Set(links)) {
    const [file, anchor] = link.split("#");
    const target = decodeURIComponent(new URL(file).pathname);
    expect(`${link} leads nowhere`, existsSync(target) && statSync(target).size > 0);
    if (anchor && existsSync(target)) expect(`${link} has no anchor`, readFileSync(target, "utf8").includes(`id="${anchor}"`));
  }
  expect("a name stays text", (await page.locator("b").filter({ hasText: /^x$/ }).count()) === 0);
  await page.context().close();
}

// The letters along a route stand apart, however near their places lie: a run out, through hairpins
// within a stone's throw, and back.
{
  const metre = 1 / 111_195;
  let [x, y, second] = [0, 0, 0];
  const points = [];
  const go = (dx, dy) => {
    const steps = Math.round(Math.hypot(dx, dy) / 3);
    for (let k = 0; k < steps; k++) {
      [x, y, second] = [x + dx / steps, y + dy / steps, second + 1];
      const time = new Date(Date.UTC(2026, 4, 1, 7) + second * 1000).toISOString();
      points.push(`<trkpt lat="${50 + y * metre}" lon="${10 + x * metre / Math.cos(50 * Math.PI / 180)}"><time>${time}</time></trkpt>`);
    }
  };
  go(1800, 0);
  for (let k = 0; k < 7; k++) { go(4, 60); second += 90; go(4, -60); }
  go(-1856, -25);
  const gpx = `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>${points.join("")}</trkseg></trk></gpx>`;
  const bends = path.join(folder, "use-bends");
  mkdirSync(bends, { recursive: true });
  writeFileSync(path.join(bends, "bends.gpx"), gpx);
  const pages = path.join(folder, "use-bends-runs");
  run("report", bends, "-o", path.join(folder, "use-bends.html"), "--runs", pages, "-q");
  const html = path.join(pages, readdirSync(pages).find((f) => f.endsWith(".html")));
  for (const width of [390, 1200]) {
    const page = await open(html, { viewport: { width, height: 900 } });
    const found = await page.$$eval("#route-section figure svg", (drawings) => drawings.map((svg) => {
      const frame = svg.getBoundingClientRect();
      const words = [...svg.querySelectorAll("text")].map((t) => ({ text: t.textContent.trim(), box: t.getBoundingClientRect() }));
      const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
      const outside = (box) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      return {
        letters: words.filter((w) => /^[A-Z]$/.test(w.text)).length,
        pairs: words.flatMap((a, i) => words.slice(i + 1).filter((b) => meet(a.box, b.box)).map((b) => `${a.text} on ${b.text}`)),
        outside: words.filter((w) => outside(w.box)).map((w) => w.text),
      };
    }));
    expect(`${width} px: a route is drawn`, found.length > 0);
    for (const { letters, pairs, outside } of found) {
      expect(`${width} px: only ${letters} letters on the route`, letters >= 4);
      expect(`${width} px: letters meet: ${pairs}`, pairs.length === 0);
      expect(`${width} px: letters outside: ${outside}`, outside.length === 0);
    }
    await page.context().close();
  }
}

// A year of four runs a week: below 2 MB, and readable in less than a second.
{
  const year = path.join(folder, "use-year");
  mkdirSync(year, { recursive: true });
  const plain = (file) => {
    const bytes = readFileSync(path.join(samples, file));
    return file.endsWith(".gz") ? gunzipSync(bytes).toString() : bytes.toString();
  };
  const texts = readdirSync(samples).filter((f) => /\.(gpx|tcx)(\.gz)?$/.test(f)).sort().map((f) => [f.replace(/\.gz$/, ""), plain(f)]);
  const first = (text) => Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(text)[0]);
  for (let n = 0; n < 208; n++) {
    const [name, text] = texts[n % texts.length];
    const day = 7 * Math.floor(n / 4) + [0, 2, 4, 6][n % 4];
    const by = Math.round((Date.UTC(2025, 0, 6 + day, 7) - first(text)) / 1000) * 1000;
    const moved = text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => new Date(Date.parse(at) + by).toISOString());
    writeFileSync(path.join(year, `${String(n).padStart(3, "0")}-${name}`), moved);
  }
  const html = path.join(folder, "use-year.html");
  run("report", year, "-o", html, "-q");
  const size = statSync(html).size;
  expect(`a year takes ${size} bytes`, size < 2_000_000);
  // What holds is the work of the page's own thread: a busy machine takes longer by the clock, which
  // is told and not held against the page.
  const work = [];
  const clock = [];
  for (let k = 0; k < 3; k++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const inside = await context.newCDPSession(page);
    await inside.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(pathToFileURL(html).href);
    clock.push(await page.evaluate(() => {
      const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Infinity;
      return Math.max(painted, performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
    }));
    const { metrics } = await inside.send("Performance.getMetrics");
    work.push(1000 * metrics.find((m) => m.name === "TaskDuration").value);
    expect("a year has its runs", (await page.locator("#runs tbody tr").count()) > 190);
    await context.close();
  }
  const [least, best] = [work, clock].map((all) => Math.round(Math.min(...all)));
  expect(`a year takes ${least} ms of work until it is readable`, least < 800);
  console.log(`a year of runs: ${Math.round(size / 1000)} kB, ${least} ms of work, readable after ${best} ms here`);
}

await browser.close();
if (failures.length > 0) {
  console.error([...new Set(failures)].join("\n"));
  process.exit(1);
}
console.log("use: sorted, filtered, switched, walked, touched, printed, without script");
