/*
 * The charts of the indicators (assets/js/chart.js) in a real browser, over the example city: what is drawn, told, saved and printed, with no
 * report of the Content-Security-Policy and no word on the console; then the same city where ECharts is not installed. Prints TAP.
 *
 *   node tests/web/charts.mjs BUILD
 */
import assert from "node:assert/strict";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { open_city } from "./city.js";

const root = new URL("../..", import.meta.url).pathname, program = resolve(process.argv[2] ?? "build", "src/cli/tieqiao");
const IRON = "#243b53", RIVER = "#a3561f"; /* of the style sheet */
let count = 0;

async function test(name, work) {
  count++;
  try {
    await work();
    console.log(`ok ${count} - ${name}`);
  } catch (problem) {
    process.exitCode = 1;
    console.log(`not ok ${count} - ${name}\n# ${String(problem.stack ?? problem).replace(/\n/g, "\n# ")}`);
  }
}

/* ---- a city whose assets are its own, so that ECharts can be taken from it -------------------- */

function house() {
  const share = mkdtempSync(join(tmpdir(), "tieqiao-share-")), wrapper = join(share, ".tieqiao");

  for (const name of readdirSync(root).filter(name => !name.startsWith(".") && name !== "assets")) symlinkSync(join(root, name), join(share, name));
  cpSync(join(root, "assets"), join(share, "assets"), { recursive: true });
  writeFileSync(wrapper, `#!/bin/sh\nexec '${program}' "$@" --share '${share}'\n`);
  chmodSync(wrapper, 0o755);
  return { share, wrapper };
}

/* A visitor is told no amount of fewer than three contracts. */
function contracts(share) {
  const file = join(share, "past_deals.csv"), lines = Array.from({ length: 8 }, (_, nth) => `图-${nth},第 ${nth} 项示例技术合同,2025-0${nth % 2 + 3}-1${nth},${nth + 1}00000`);

  writeFileSync(file, ["合同编号,合同名称,签订日期,成交额", ...lines, ""].join("\n"));
  return ["import", file, "--owner", "示例理工大学"];
}

/* What was imported is counted behind the import. */
async function counted(address) {
  for (let left = 900; left > 0; left--) {
    const { indicators } = await (await fetch(`${address}/api/v1/indicators`)).json();

    if (!indicators.behind && indicators.counted >= indicators.leaves) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error("the indicators are not counted 90 s after the import");
}

/* ---- looking ---------------------------------------------------------------------------------- */

/* A visitor; what his browser says against a page is in `faults`. */
async function visit(browser, path, { width = 1280, javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN", javaScriptEnabled });
  const page = await context.newPage(), faults = [], asked = [];

  page.on("console", message => faults.push(`console: ${message.text()}`));
  page.on("pageerror", error => faults.push(`script: ${error.message}`));
  page.on("response", reply => (asked.push(reply.url()), reply.status() >= 400 && faults.push(`${reply.status()}: ${reply.url()}`)));
  page.on("requestfailed", request => faults.push(`failed: ${request.url()}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", event => console.error(`refused: ${event.violatedDirective}`)));
  await page.goto(city.address + path, { waitUntil: "load" });
  return { page, faults, asked };
}

async function seen(browser, path, options, look) {
  const { page, faults, asked } = await visit(browser, path, options);

  try {
    await look(page, asked);
    assert.deepEqual(faults, []);
  } finally {
    await page.context().close();
  }
}

const chart = (page, table) => page.locator(`figure[data-chart=${table}] svg`);
const bars = (page, table) => chart(page, table).locator(`path[fill="${IRON}"]`);
const standing = (page, table) => bars(page, table).evaluateAll(all => all.filter(e => e.getBBox().height > 0).length); /* a nought has no height */
const width_of = svg => svg.evaluate(e => Math.round(e.getBoundingClientRect().width));
const texts = async svg => (await svg.locator("text").allTextContents()).join("|");

async function draws_bars(page) {
  const known = await page.locator("#by-month td[data-number]").evaluateAll(all => all.filter(e => Number(e.dataset.number) > 0).length);
  const last = page.locator("#by-month tbody tr").last().locator("td").first();

  assert.ok(known > 0, "the example counts needs in some month");
  assert.equal(await standing(page, "by-month"), known, "a bar each month that counts something");
  assert.match(await texts(chart(page, "by-month")), /项/, "the unit stands above the axis");
  await bars(page, "by-month").last().hover();
  await page.waitForFunction(([said]) => [...document.querySelectorAll("figure[data-chart=by-month] text")].some(e => e.textContent === said),
    [(await last.innerText()).trim()]);
}

async function draws_lines(page) {
  const years = chart(page, "by-year");

  assert.ok(await chart(page, "by-month").locator(`path[stroke="${IRON}"]`).count() > 0, "what is held is a line");
  assert.ok(await years.locator(`path[stroke="${RIVER}"][stroke-dasharray]`).count() > 0, "the target is a dashed line");
  assert.match(await texts(years), /2025 年目标：.*1,?300/);
}

async function draws_the_board(page) {
  const svg = chart(page, "by-month"), heads = await page.locator("#by-month thead th").allTextContents();

  assert.equal(heads.length, 5, "the month and four amounts");
  for (const head of heads.slice(1)) assert.ok((await texts(svg)).includes(head), head);
  assert.equal(await standing(page, "by-month"), 3, "contracts were signed in two months; and what tells the colour");
  assert.ok(!await page.locator("#by-month").isVisible());
  await page.locator("summary", { hasText: "看成表" }).click();
  assert.ok(await page.locator("#by-month").isVisible());
}

async function saves(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("figure[data-chart=by-month] button", { hasText: "下载图（SVG）" }).click()]);
  const text = readFileSync(await file.path(), "utf8"), title = await page.locator("h1").innerText();
  const blank = await page.context().newPage(); /* under no policy: the file has styles of its own */
  const broken = await blank.evaluate(svg => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror")?.textContent, text);

  assert.equal(file.suggestedFilename(), `${title}，按月.svg`);
  assert.equal(broken, undefined);
  assert.match(text, /^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.ok(text.includes(`${title}，按月`) && /\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d/.test(text), "it says what it shows, and of when");
  assert.ok(text.includes(`fill="${IRON}"`) && !/<script|href=/.test(text));
}

async function follows_the_window(page) {
  const svg = chart(page, "by-month"), wide = await width_of(svg);

  await page.setViewportSize({ width: 375, height: 760 });
  await page.waitForFunction(was => document.querySelector("figure svg").getBoundingClientRect().width < was, wide);
  assert.ok(await width_of(svg) <= 375);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
}

async function prints(page) {
  const before = await width_of(chart(page, "by-month"));

  await page.evaluate(() => addEventListener("beforeprint", () => { window.on_paper = document.querySelector("figure svg").getAttribute("viewBox"); }));
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  assert.equal(await page.evaluate(() => window.on_paper), "0 0 340 210");
  await page.waitForFunction(was => Math.round(document.querySelector("figure svg").getBoundingClientRect().width) === was, before);
  await page.emulateMedia({ media: "print" });
  const [svg, figure] = await page.evaluate(() => ["figure svg", "figure"].map(name => document.querySelector(name).getBoundingClientRect().width));
  assert.ok(Math.abs(svg - figure) < 2, `${svg} of ${figure} px on paper`);
  assert.ok(!await page.locator("figure button").first().isVisible());
}

async function has_its_table(page, asked) {
  assert.ok(!await page.locator("figure").first().isVisible());
  assert.ok(await page.locator("#by-month tbody tr").count() > 0 && await page.locator("#by-month").isVisible());
  assert.deepEqual(asked.filter(url => url.includes("/vendor/")), []);
}

/* ---- */

const { share, wrapper } = house(), vendor = join(share, "assets/vendor/echarts.js");
const city = await open_city(wrapper);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const NEEDS = "/indicators/need_published";

await city.runs(...contracts(share));
await counted(city.address);
await test("ECharts is there (./start and ./check bring it)", () => assert.ok(existsSync(vendor), vendor));
await test("counts are bars, told as the table tells them", () => seen(browser, NEEDS, {}, draws_bars));
await test("what is held is a line, with the year's target", () => seen(browser, "/indicators/hi_tech_firm?year=2025", {}, draws_lines));
await test("the board draws the four amounts, with their table", () => seen(browser, "/indicators?year=2025", {}, draws_the_board));
await test("the chart is taken as an SVG file that stands by itself", () => seen(browser, NEEDS, {}, saves));
await test("it follows the window down to 375 px", () => seen(browser, NEEDS, {}, follows_the_window));
await test("it prints as wide as the paper has room, and comes back", () => seen(browser, NEEDS, {}, prints));
await test("in English its words are English", () => seen(browser, `${NEEDS}?lang=en`, {}, async page =>
  assert.doesNotMatch(await texts(chart(page, "by-month")) + await page.locator("figure").first().innerText(), /\p{Script=Han}/u)));
await test("without JavaScript there is the table", () => seen(browser, NEEDS, { javaScriptEnabled: false }, page => has_its_table(page, [])));
rmSync(vendor, { force: true });
await city.later(0);
await test("without ECharts there is the table, and nothing is asked for in vain", () => seen(browser, NEEDS, {}, has_its_table));
await browser.close();
await test("the server ends cleanly", async () => assert.equal(await city.stop(), 0));
rmSync(share, { recursive: true });
console.log(`1..${count}`);
