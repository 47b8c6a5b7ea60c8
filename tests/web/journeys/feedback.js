import assert from "node:assert/strict";

/* The first of the firm's records to which somebody fits, by way of the desk. */
async function opens_own(walk) {
  const [line] = await walk.read(".card:has(.fits-list .level) h3");

  await walk.click(line);
  await walk.sees("谁合适");
  return line;
}

/* Beside the first partner of whom nothing has been said. */
const card = ".cols .col > .card:not(:has(.state)) >> nth=0";

async function notes(walk, outcome, note) {
  await walk.click(/^联系过吗？记一笔/, { within: card });
  await walk.choose("进展", outcome);
  if (note) await walk.type("说明", note);
  await walk.look();
  await walk.click(/^记下/, { within: card });
}

async function says(walk) {
  await walk.sign_in("enterprise");
  await opens_own(walk);
  const [first] = await walk.read(".cols .col > .card:not(:has(.state)) h3 a");

  await notes(walk, "在谈", "下周去看台架");
  await walk.sees("反馈已记下，可以随时更正", "我方：在谈", "下周去看台架", "示例企业成员");
  assert.ok((await walk.read(".cols .card:has(.state) h3 a")).includes(first));
}

/* Another one does not fit: it stands at the end, folded, and can be taken back. */
async function refuses(walk) {
  await notes(walk, "不合适：成熟度不够");
  await walk.sees("已记下不合适的理由");
  await walk.click(/^已看过，不合适 1 条/);
  await walk.sees("我方：不合适 · 成熟度不够");
  await walk.look();
}

async function reads_history(walk) {
  await walk.click(/^更正反馈/, { within: ".seen .card" });
  await walk.choose("进展", "收回，还没有联系");
  await walk.click(/^记下/, { within: ".seen .card" });
  await walk.sees("已收回");
  await walk.click("全部反馈和历史");
  await walk.sees("在谈", "收回，还没有联系", "成熟度不够", "第 1 版");
}

async function go(walk) {
  await says(walk);
  await refuses(walk);
  await reads_history(walk);
}

export default [
  { name: "a firm notes what became of its partners", go },
  { name: "a firm notes it on a phone without a script", width: 375, script: false, go: says },
];
