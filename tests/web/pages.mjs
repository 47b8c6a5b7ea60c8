/*
 * Every page over its example document (docs/pages), in a real browser, without the server: no Content-Security-Policy
 * report, no fault of a script, nothing wider than the screen, no link without text, at 1280 and 375 px, in Chinese and
 * English; no accessibility violation (axe, WCAG 2.2 AA) in Chinese at 375 and in English at 1280 px; and each text of
 * the pages translated. Prints TAP.
 *
 *   node tests/web/pages.mjs PREVIEW [SHOTS]    PREVIEW: the built preview program; SHOTS: a folder for screenshots
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const [preview, shots, only] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/* The policy of the program: keep equal to src/web. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };

/* An example is named for its page; NAME+VARIANT.json is a further example of the same page. */
const examples = readdirSync(join(root, "docs/pages")).filter(name => name.endsWith(".json") && name !== "layout.json")
  .map(name => name.slice(0, -5)).filter(name => !only || name === only);

const run = promisify(execFile);

/* PREVIEW reads from a folder of its own: the layout in both languages, each document as it stands. */
const folder = mkdtempSync(join(tmpdir(), "tieqiao-pages-"));
const layout = JSON.parse(readFileSync(join(root, "docs/pages/layout.json"), "utf8"));

if (!existsSync(join(root, "assets/vendor/echarts.js"))) layout.page.charts = null; /* as the program does */
writeFileSync(join(folder, "zh.json"), JSON.stringify(layout));
layout.page.lang = "en";
layout.page.other = { href: "/language/zh?next=%2F", label: "中文", lang: "zh-CN" };
writeFileSync(join(folder, "en.json"), JSON.stringify(layout));

/* Once for both widths; the next page is drawn while the browser looks at this one. */
const rendered = new Map();

function render(example, language) {
  const key = `${language}/${example}`;

  if (!rendered.has(key))
    rendered.set(key, run(preview, [join(root, "pages"), join(root, "po"), example.split("+")[0], language,
      join(root, `docs/pages/${example}.json`), join(folder, `${language}.json`)], { encoding: "utf8", maxBuffer: 1 << 24 }).then(({ stdout }) => stdout));
  return rendered.get(key);
}

/* Somebody acts while the page is open: what it then says is looked at too. */
const event = `id: 812\nevent: step\ndata: ${JSON.stringify({ leaf: 812, href: "/contacts/501", title: "含沙介质耐磨轴承涂层",
  step: { code: "accept", label: "接受", label_en: "Accept" }, mine: false })}\n\n`;

async function answer(request, reply) {
  const url = new URL(request.url, "http://localhost");
  const [, language, example] = /^\/(zh|en)\/([a-z_+]+)$/.exec(url.pathname) ?? [];
  const asset = /^\/assets\/[a-z]+\/[a-z]+\.(css|js|svg)$/.exec(url.pathname);

  reply.setHeader("Content-Security-Policy", policy);
  try {
    reply.setHeader("Content-Type", types[asset ? asset[1] : "html"]);
    if (url.pathname.endsWith("/events")) {
      reply.setHeader("Content-Type", "text/event-stream");
      reply.write(event);
      return;
    }
    if (url.pathname === "/import/43") reply.end(readFileSync(join(root, "docs/pages/import_job+running.json")));
    else reply.end(example ? await render(example, language) : asset ? readFileSync(join(root, url.pathname)) : "");
  } catch (problem) {
    reply.statusCode = 500;
    reply.end(String(problem.stderr ?? problem));
  }
}

const server = createServer(answer).listen(0, "127.0.0.1");
await new Promise(done => server.once("listening", done));
const address = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let count = 0, failed = 0;

function told(name, faults) {
  count++;
  if (faults.length) failed++;
  console.log(`${faults.length ? "not ok" : "ok"} ${count} - ${name}`);
  faults.forEach(fault => console.log(`# ${fault}`));
}

/* What axe does not look at: sideways scrolling of the whole page, and tags that were left standing. */
function look() {
  const faults = [];
  const wide = document.documentElement.scrollWidth - innerWidth;

  if (wide > 0) {
    const far = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
      && !e.closest(".scroll, nav, .unseen"));
    faults.push(`${wide} px wider than the screen: ${far.slice(0, 3).map(e => e.outerHTML.slice(0, 80))}`);
  }
  if (innerWidth <= 640)
    for (const box of document.querySelectorAll(".carded")) {
      if (box.scrollWidth > box.clientWidth) faults.push(`a table that does not become cards: ${box.scrollWidth} px of ${box.clientWidth}`);
      const bare = [...box.querySelectorAll("td")].filter(e => e.textContent.trim() && !e.matches("[data-label], [colspan], .named"));
      bare.slice(0, 3).forEach(e => faults.push(`a cell without its label: ${e.outerHTML.slice(0, 80)}`));
    }
  if (/\{\{|\}\}/.test(document.documentElement.outerHTML)) faults.push("a tag was left standing");
  document.querySelectorAll("[style]:not([data-chart] *)").forEach(e => faults.push(`inline style: ${e.outerHTML.slice(0, 80)}`));
  if (document.documentElement.lang === "en") {
    const words = [...document.querySelectorAll("nav a, button, h2, label > span, summary, th")]
      .filter(e => !e.closest("[lang^=zh]") && e.firstChild?.nodeType === 3 && /^[\u3400-\u9fff]/.test(e.textContent));
    words.slice(0, 20).forEach(e => faults.push(`untranslated: ${e.textContent.trim().slice(0, 30)}`));
  }
  return faults;
}

/* In the page: what is wrong alone, since the rest, and where exactly it all stands, takes most of axe's time. */
async function violations() {
  const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"], selectors: false });

  return found.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(n => `${id}: ${n.html.slice(0, 120)} ${n.any[0]?.message ?? ""}`));
}

async function accessible(page) {
  await page.evaluate(axe);
  return page.evaluate(violations);
}

/* axe says the same of a page in the other language, but for what has room: so once where it is narrow, once where it is long. */
const measured = (language, width) => language === "zh" ? width < 600 : width > 600;

async function check(page, example, language, width) {
  const faults = [], hear = m => m.type() === "error" && faults.push(`console: ${m.text()}`), fail = e => faults.push(`script: ${e.message}`);

  page.on("console", hear);
  page.on("pageerror", fail);
  await page.setViewportSize({ width, height: width > 600 ? 900 : 760 });
  const reply = await page.goto(`${address}/${language}/${example}`, { waitUntil: "load" });
  if (reply.status() !== 200) faults.push(`${reply.status()}: ${(await reply.text()).slice(0, 2000)}`);
  faults.push(...await page.evaluate(look));
  if (measured(language, width)) faults.push(...await accessible(page));
  if (shots) await page.screenshot({ path: join(shots, `${example}-${language}-${width}.png`), fullPage: true });
  page.off("console", hear);
  page.off("pageerror", fail);
  told(`${example} ${language} ${width}`, faults);
}

const extract = spawnSync(process.execPath, [join(root, "po/extract"), "--check"], { encoding: "utf8" });
told("every text has its English", extract.status === 0 ? [] : extract.stderr.trim().split("\n"));
if (shots) mkdirSync(shots, { recursive: true });
const left = examples.flatMap(example => ["zh", "en"].flatMap(language => [1280, 375].map(width => [example, language, width])));

async function worker() {
  const page = await browser.newPage();

  for (let next; (next = left.shift());) {
    const [after] = left; /* drawn by the time it is asked for */
    if (after) render(after[0], after[1]).catch(() => {});
    await check(page, ...next);
  }
}

await Promise.all([worker(), worker()]); /* most of the time is the page's own, on one core */
await browser.close();
server.close();
rmSync(folder, { recursive: true });
console.log(`1..${count}`);
process.exitCode = failed ? 1 : 0;
