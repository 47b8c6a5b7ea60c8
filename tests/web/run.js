/*
 * People walking through the served example city in a real browser. Prints TAP.
 *
 *   node tests/web/run.js BUILD [WORD]    BUILD: the build folder; WORD: only journeys whose name has it
 *
 * TQ_SHOTS=FOLDER keeps a picture of each page that was come to; TQ_PROGRAM names another program than the build's.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { open_city } from "./city.js";
import { patent_pdf } from "./papers.js";
import { Walker } from "./walker.js";

const folder = new URL("journeys", import.meta.url).pathname;
const [build = "build", word = ""] = process.argv.slice(2);
const walkers = [];
let count = 0;

function told(name, faults, seconds) {
  count++;
  if (faults.length) process.exitCode = 1;
  console.log(`${faults.length ? "not ok" : "ok"} ${count} - ${name}${seconds ? ` # ${seconds.toFixed(1)} s` : ""}`);
  [...new Set(faults)].forEach(fault => console.log(`# ${String(fault).replace(/\n/g, "\n# ")}`));
}

/* A walk that went round the pages would prove nothing about them. */
function shortcuts() {
  return readdirSync(folder).flatMap(file => {
    const found = /\b(goto|fetch|evaluate|request|SELECT|INSERT|sqlite)\b/.exec(readFileSync(join(folder, file), "utf8"));

    return found ? [`${file} uses ${found[0]}`] : [];
  });
}

/* Who moves the clock has a city of his own, so that nobody else's day changes under him. */
async function walk_apart(browser, journey) {
  const city = await open_city(program);

  await walk(browser, city, journey);
  if (await city.stop() !== 0) told(`${journey.name}: its city ends cleanly`, [city.said.text]);
}

async function walk(browser, city, { name, width, script, go }) {
  const own = [], began = Date.now();
  const arrive = (options = {}) => Walker.arrive(browser, city, { journey: name, width, script, ...options })
    .then(walker => (own.push(walker), walker));
  const faults = [];

  try {
    await go(await arrive(), arrive, city);
  } catch (problem) {
    faults.push(problem.stack ?? problem);
  }
  faults.push(...own.flatMap(walker => walker.faults));
  await Promise.all(own.map(walker => walker.leave()));
  walkers.push(...own);
  told(name, faults, (Date.now() - began) / 1000);
}

/* Every link that was seen leads somewhere, one of each shape; every form has a door behind it. */
async function dead_ends(city) {
  const links = new Map(walkers.flatMap(walker => [...walker.links]).filter(link => link.startsWith("/"))
    .map(link => [link.split("#")[0].replace(/\d+/g, "N").replace(/=[^&]*/g, "="), link.split("#")[0]]));
  const actions = new Map(walkers.flatMap(walker => [...walker.actions]).map(link => [link.replace(/\d+/g, "N"), link]));
  const faults = [];

  await new Promise(done => setTimeout(done, 2000)); /* what was written last is signed after a second */
  for (const link of links.values()) {
    const { status } = await fetch(city.address + link, { redirect: "manual" });
    if (status >= 400 && !/\/assets\//.test(link)) faults.push(`${status}: ${link}`);
  }
  for (const link of actions.values()) {
    const { status } = await fetch(city.address + link, { method: "POST", redirect: "manual" });
    if (status === 404 || status === 405) faults.push(`${status}: no form is taken at ${link}`);
  }
  return faults;
}

async function journeys() {
  const files = readdirSync(folder).filter(file => file.endsWith(".js")).sort();
  const all = await Promise.all(files.map(file => import(join(folder, file))));

  return all.flatMap(file => file.default).filter(journey => journey.name.includes(word));
}

const program = process.env.TQ_PROGRAM ?? join(build, "src/cli/tieqiao");
const city = await open_city(program);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu",
  "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

city.patent = await patent_pdf(browser);
told("the walks take no short cuts", shortcuts());
for (const journey of await journeys()) if (!city.ended())
  await (journey.own_city ? walk_apart(browser, journey) : walk(browser, city, journey));
if (!word && !city.ended()) told("every link that was seen leads somewhere", await dead_ends(city));
await browser.close();
told("the server stays up until it is told to end", city.ended() ? [city.said.text] : []);
told("and then ends cleanly", await city.stop() === 0 ? [] : [city.said.text]);
console.log(`1..${count}`);
