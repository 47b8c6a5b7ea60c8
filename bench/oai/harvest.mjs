#!/usr/bin/env node
/*
 * The harvester of bench/oai/run.
 *
 *   harvest.mjs fill COUNT FROM FOLDER   exactly COUNT achievements out of FROM, repeated under numbers where there are fewer
 *   harvest.mjs all COUNT PORT NAME      harvests them thrice and takes them out as files, says how fast; ends with 1 unless exactly all came
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [verb, number, from, to] = process.argv.slice(2), COUNT = Number(number);

function fill() {
  const real = readFileSync(from, "utf8").trim().split("\n").map(line => JSON.parse(line)), ipc = ["F04D", "H01M", "C23C", "G06F", "A61N", "C12N"];
  /* a zero-width space, which no title may hold */
  const line = i => ({ ...real[i % real.length], title: `${real[i % real.length].title.replace(/\u200b/g, "")}${i < real.length ? "" : ` ${i}`}`, ipc: [ipc[i % ipc.length]] });

  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "achievements.jsonl"), Array.from({ length: COUNT }, (_, i) => JSON.stringify(line(i)) + "\n").join(""));
}

const base = `http://127.0.0.1:${from}/oai`;

async function page(args) {
  const reply = await fetch(`${base}?${new URLSearchParams(args)}`);

  if (reply.status !== 200) throw Object.assign(new Error(`${reply.status}`), { status: reply.status });
  return reply.text();
}

/* The server may not listen yet, and what is harvested is made behind it. */
async function ready() {
  for (let left = 1200; left; left--) {
    const size = await page({ verb: "ListIdentifiers", metadataPrefix: "oai_dc" }).then(xml => Number(/completeListSize="(\d+)"/.exec(xml)?.[1] ?? (xml.match(/<header/g) ?? []).length), () => 0);

    if (size >= COUNT) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error("not ready within two minutes");
}

async function harvest(verb, prefix) {
  const seen = new Set(), slow = [];
  let bytes = 0, records = 0, args = { verb, metadataPrefix: prefix };
  const began = performance.now();

  for (;;) {
    const asked = performance.now(), xml = await page(args);

    slow.push(performance.now() - asked);
    bytes += Buffer.byteLength(xml);
    for (const [, id] of xml.matchAll(/<identifier>([^<]+)<\/identifier>/g)) { seen.add(id); records++; }
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(xml)?.[1];
    if (!token) break;
    args = { verb, resumptionToken: token };
  }
  const seconds = (performance.now() - began) / 1000;

  slow.sort((a, b) => a - b);
  console.log(`${to}, ${verb} ${prefix}: ${records} records, ${slow.length} pages, ${seconds.toFixed(2)} s, ${Math.round(records / seconds)} records/s, `
    + `${(bytes / 1e6).toFixed(1)} MB, a page ${slow[slow.length >> 1].toFixed(1)} ms in the middle, ${slow.at(-1).toFixed(1)} ms at most`);
  if (records !== COUNT || seen.size !== COUNT) {
    console.error(`${COUNT} were to come, each once: ${records} came, ${seen.size} different ones`);
    process.exitCode = 1;
  }
}

/* The open data of the kind, made for the first who asks and kept for the others. */
async function download(form) {
  const took = [];
  let bytes, lines;

  for (let i = 0; i < 2; i++) {
    const began = performance.now(), reply = await fetch(base.replace(/oai$/, `open-data/achievements.${form}`)), body = Buffer.from(await reply.arrayBuffer());

    took.push(performance.now() - began);
    bytes = body.length;
    lines = form === "jsonl" ? body.toString().trim().split("\n").length : COUNT;
    if (reply.status !== 200 || lines !== COUNT) {
      console.error(`${form}: ${reply.status}, ${lines} lines of ${COUNT}`);
      process.exitCode = 1;
    }
  }
  console.log(`${to}, open data ${form}: ${(bytes / 1e6).toFixed(1)} MB, ${(took[0] / 1000).toFixed(2)} s for the first, ${took[1].toFixed(0)} ms for the next`);
}

if (verb === "fill") fill();
else {
  await ready();
  for (const [what, prefix] of [["ListRecords", "oai_dc"], ["ListRecords", "tieqiao"], ["ListIdentifiers", "oai_dc"]]) await harvest(what, prefix);
  for (const form of ["csv", "xlsx", "jsonl"]) await download(form);
}
