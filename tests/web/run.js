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
  if (city.ended()) faults.push(city.said.text);
  else await follow(city, own);
  if (begins) faults.push(...city.ended() ? [] : await dead_ends(city), ...await city.stop() === 0 ? [] : [city.said.text]);
  told(name, faults, (Date.now() - began) / 1000);
}

/* What a link is made of: its numbers and what its words hold do not matter. */
const shape_of = link => link.replace(/\d+/g, "N").replace(/=[^&]*/g, "=");

/* Of the links that were seen in a city: the shapes of which one led somewhere, those that wait for one, and the doors of forms. */
const shapes_of = city => city.shapes ??= { led: new Set(), waiting: new Map(), actions: new Map() };

/* Once more where it fails: a connection that was kept may be the server's before the clock was moved. */
const ask = (...words) => fetch(...words).catch(() => fetch(...words));

/* Somebody whose session has ended is led to the sign-in from everywhere: that is no answer. */
async function leads(city, { link, cookie }) {
  const { status, headers } = await ask(city.address + link, { redirect: "manual", headers: { cookie } });

  return status < 400 && !(/\bsid=/.test(cookie) && headers.get("location")?.startsWith("/sign-in"));
}

/*
 * The links that these walkers saw, one of each shape, asked for while their sessions last: those that they clicked led somewhere. The
 * newest comes first and others follow until one stands, since a thing may rightly have gone (a draft that was published) and what is
 * a party's own is no dead end to him. A shape of which none stands waits for a later walker.
 */
async function follow(city, walkers) {
  const { led, waiting, actions } = shapes_of(city);

  for (const walker of walkers) {
    for (const link of walker.followed) led.add(shape_of(link));
    for (const action of walker.actions) actions.set(action.replace(/\d+/g, "N"), action);
  }
  for (const { links, cookie } of walkers)
    for (const link of [...links].filter(link => link.startsWith("/") && !/\/assets\//.test(link)).map(link => link.split("#")[0])) {
      const shape = shape_of(link);
      if (!led.has(shape)) waiting.set(shape, [{ link, cookie }, ...waiting.get(shape) ?? []]);
    }
  await try_again(city);
}

async function try_again(city) {
  const { led, waiting } = shapes_of(city);

  for (const [shape, seen] of waiting) {
    for (const one of led.has(shape) ? [] : seen)
      if (await leads(city, one)) {
        led.add(shape);
        break;
      }
    if (led.has(shape)) waiting.delete(shape);
  }
}

/* Every link that was seen leads somewhere, one of each shape; every form has a door behind it. */
async function dead_ends(city) {
  const { waiting, actions } = shapes_of(city), faults = [];

  if (waiting.size) await new Promise(done => setTimeout(done, 2000)); /* what was written last is signed after a second */
  await try_again(city);
  for (const [{ link }] of waiting.values()) faults.push(`a dead end: ${link}`);
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

/* Those that have a city of their own walk beside those that share one; in each lane one comes after the other. */
const lanes = all => [all.filter(journey => !journey.begins), all.filter(journey => journey.begins)];

const program = process.env.TQ_PROGRAM ?? join(build, "src/cli/tieqiao");
const city = await open_city(program);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu",
  "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

city.patent = await patent_pdf(browser);
told("the walks take no short cuts", shortcuts());
await Promise.all(lanes(await journeys()).map(async lane => {
  for (const journey of lane) if (!city.ended()) await walk(browser, city, journey);
}));
if (!word && !city.ended()) told("every link that was seen leads somewhere", await dead_ends(city));
await browser.close();
told("the server stays up until it is told to end", city.ended() ? [city.said.text] : []);
told("and then ends cleanly", await city.stop() === 0 ? [] : [city.said.text]);
console.log(`1..${count}`);
