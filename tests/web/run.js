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

/* A journey that names the day on which it begins has a city of its own, whose clock it may move. */
async function walk(browser, common, { name, width, script, begins, go }) {
  const own = [], began = Date.now(), city = begins ? await open_city(program, begins) : common;
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
  if (begins) faults.push(...city.ended() ? [city.said.text] : await dead_ends(city, own), ...await city.stop() === 0 ? [] : [city.said.text]);
  else walkers.push(...own);
  told(name, faults, (Date.now() - began) / 1000);
}

/* Of each shape of link that was seen, by whom: what is a party's own is no dead end to him. */
function seen_by(walkers) {
  const shapes = new Map();

  for (const { links, cookie } of walkers)
    for (const link of [...links].filter(link => link.startsWith("/") && !/\/assets\//.test(link)).map(link => link.split("#")[0])) {
      const shape = link.replace(/\d+/g, "N").replace(/=[^&]*/g, "="), seen = shapes.get(shape) ?? [];
      if (seen.length < 3 && !seen.some(one => one.cookie === cookie)) shapes.set(shape, [...seen, { link, cookie }]);
    }
  return [...shapes.values()];
}

/* Once more where it fails: a connection that was kept may be the server's before the clock was moved. */
const ask = (...words) => fetch(...words).catch(() => fetch(...words));

async function leads(city, seen) {
  for (const { link, cookie } of seen)
    if ((await ask(city.address + link, { redirect: "manual", headers: { cookie } })).status < 400) return true;
  return false;
}

/* Every link that was seen leads somewhere, one of each shape; every form has a door behind it. */
async function dead_ends(city, walkers) {
  const actions = new Map(walkers.flatMap(walker => [...walker.actions]).map(link => [link.replace(/\d+/g, "N"), link]));
  const faults = [];

  await new Promise(done => setTimeout(done, 2000)); /* what was written last is signed after a second */
  for (const seen of seen_by(walkers))
    if (!await leads(city, seen)) faults.push(`a dead end: ${seen[0].link}`);
  for (const link of actions.values()) {
    const { status } = await ask(city.address + link, { method: "POST", redirect: "manual" });
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
for (const journey of await journeys()) if (!city.ended()) await walk(browser, city, journey);
if (!word && !city.ended()) told("every link that was seen leads somewhere", await dead_ends(city, walkers));
await browser.close();
told("the server stays up until it is told to end", city.ended() ? [city.said.text] : []);
told("and then ends cleanly", await city.stop() === 0 ? [] : [city.said.text]);
console.log(`1..${count}`);
