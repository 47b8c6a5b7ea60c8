import assert from "node:assert/strict";

const need = `我们做石化流程泵。多级离心泵的轴承现在平均 3000 小时就要换,含砂介质下更短;
想把寿命提到 8000 小时,预算 200 万元,年底前要样机。可以合作开发,也可以买许可。`;

async function finds_partners(walk) {
  await walk.type("难题或成果", need);
  await walk.click("应答");
  const columns = await walk.read(".col > h2");
  assert.equal(columns.length, 7, `seven columns: ${columns}`);

  const levels = await walk.read(".card .level");
  assert.ok(levels.length >= 3, "three partners at least");
  assert.ok(levels.every(level => /(强|较强|弱)$/.test(level)), `levels in words: ${levels}`);
  assert.ok((await walk.read(".card mark")).length >= 3, "the words that fitted are lit");
  assert.ok((await walk.read(".fit li")).length >= 3, "what is met, open or missing is said");
  assert.ok((await walk.read(".card .next a")).length >= 3, "a next step is named");
}

async function visits_three(walk) {
  for (const column of ["achievement", "people", "place"]) {
    const [title] = await walk.read(`.col-${column} .card h3 a`);

    await walk.click(title, { within: `.col-${column} .card h3` });
    assert.equal(await walk.heading(), title);
    await walk.back();
    assert.equal((await walk.read(".col > h2")).length, 7, "the answers are still there");
  }
}

async function partner(walk) {
  const [title] = await walk.read(".col-achievement .card h3 a");

  await walk.click(title, { within: ".col-achievement .card h3" });
  await walk.sees("谁合适", "历史");
  const [fit] = await walk.read(".cols .card h3 a");
  await walk.click(fit, { within: ".cols .card h3" });
  assert.equal(await walk.heading(), fit);
  await walk.back();
  assert.equal(await walk.heading(), title);
  await walk.back();
  assert.equal((await walk.read(".col > h2")).length, 7, "the answers are still there");
}

async function finds(walk) {
  await finds_partners(walk);
  await visits_three(walk);
  await partner(walk);
}

export default [
  { name: "a stranger finds three partners for a pasted need", go: finds },
  { name: "a stranger on a phone finds three partners", width: 375, go: finds },
];
