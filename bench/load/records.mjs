#!/usr/bin/env node
/*
 * 20,000 real records out of ../shared/data as JSON Lines for `tieqiao import`, into a folder outside the project: the data
 * is for measuring only and never shipped.
 *
 *   bench/load/records.mjs SHARED OUT     parties.jsonl, needs.jsonl, achievements.jsonl
 *
 * Enterprise needs, achievement titles, Chinese abstracts, NSF and SBIR awards. Where the source has a title only, the
 * abstract repeats it and says so.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [shared, out] = process.argv.slice(2);
const MOST = 20000;
const holder = "计量用单位(示例)";

const lines = path => readFileSync(join(shared, "data", path), "utf8").split("\n").filter(Boolean).map(line => JSON.parse(line));
const head = (text, count) => [...text].slice(0, count).join("");

function achievement(title, abstract, keywords = []) {
  const whole = abstract && [...abstract].length >= 20 ? abstract : `${title}(来源只有题名,没有摘要,供计量使用)`;

  return { title: head(title.replace(/\s+/g, " ").trim(), 190), abstract: head(whole, 4900),
           keywords: keywords.slice(0, 15).map(word => head(word, 50)), owner: holder };
}

const achievements = [
  ...lines("text/csl/csl_full_records.jsonl").map(r => achievement(r.title, r.abstract, r.keywords)),
  ...lines("text/fewclue_csl/abstracts_discipline.jsonl").map(r => achievement(head(r.abstract, 60), r.abstract)),
  ...lines("match/needs/achievements.jsonl").map(r => achievement(r.title_words.replaceAll(" ", ""), "")),
  ...lines("en/nsf_awards_fy2026/awards.jsonl").map(r => achievement(r.title_clean, r.abstract)),
  ...lines("en/sbir_awards_sample/awards.jsonl").map(r => achievement(r.title, r.abstract)),
];
const needs = lines("match/needs/needs.jsonl").map(r => ({ title: head(r.title, 190), now: head(r.text || r.title, 3900).padEnd(10, "。"),
                                                           owner: holder }));

/* One record a name, as the platform itself holds it: case, blanks and punctuation do not tell names apart. */
function distinct(records) {
  const seen = new Set();

  return records.filter(record => {
    const key = record.title.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

    return [...record.title].length >= 4 && !seen.has(key) && seen.add(key);
  });
}

/* Every source in its share, so that the count can be met without cutting one off whole. */
function spread(records, most) {
  return records.filter((_, i) => Math.floor(i * most / records.length) !== Math.floor((i - 1) * most / records.length));
}

const write = (name, records) => writeFileSync(join(out, name), records.map(record => JSON.stringify(record) + "\n").join(""));
const kept_needs = distinct(needs);
const all = distinct(achievements);
const kept = all.length > MOST - kept_needs.length ? spread(all, MOST - kept_needs.length) : all;

mkdirSync(out, { recursive: true });
write("parties.jsonl", [{ name: holder, side: "university", region: ["620102"] }]);
write("needs.jsonl", kept_needs);
write("achievements.jsonl", kept);
console.log(`${kept_needs.length + kept.length} records (${kept_needs.length} needs, ${kept.length} achievements) in ${out}`);
