/*
 * An auditor in a real browser, over generated deals: from his desk to the population, a filter, a deal and its red flags, a draw, its
 * files, his own log; at a desk's width and a phone's, and without scripts. Each page is looked at: accessibility (axe, WCAG 2.2 AA),
 * reports of the Content-Security-Policy, sideways scrolling, raw codes. Then the audit administrator reads what was looked at. Prints TAP.
 *
 *   TQ_BUILD=build node tests/web/audit_walk.mjs        TQ_SHOTS=FOLDER keeps a picture of each page
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { City, build, finish, join, root, test, until } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let shots = 0;

class Person {
    static async at(browser, place, login, { width, script }) {
        const person = new Person(), context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN', javaScriptEnabled: script });
        Object.assign(person, { context, script, faults: [], width });
        person.page = await context.newPage();
        person.page.setDefaultTimeout(20_000);
        person.page.on('console', message => message.type() === 'error' && person.faults.push(`${person.page.url()}: ${message.text()}`));
        await person.page.goto(`http://127.0.0.1:${place.server.port}/`);
        await person.click('登录');
        await person.page.getByLabel('登录名').fill(login);
        await person.page.getByLabel('密码').fill(place.password);
        await person.click('登录', 'main');
        return person;
    }
    async click(name, within = 'body') {
        const inside = this.page.locator(within);
        await inside.getByRole('link', { name, exact: typeof name === 'string' }).or(inside.getByRole('button', { name, exact: typeof name === 'string' })).first().click();
        await this.page.waitForLoadState();
        await this.look();
    }
    async look() {
        const folder = process.env.TQ_SHOTS;
        if (folder) {
            mkdirSync(folder, { recursive: true });
            await this.page.screenshot({ path: join(folder, `${String(++shots).padStart(3, '0')}-${this.width}.png`), fullPage: true });
        }
        if (!this.script) return;
        const found = await this.page.evaluate(`${axe}; axe.run({ runOnly: ${JSON.stringify(STANDARDS)} }).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 120)))`);
        const seen = await this.page.evaluate(() => ({ wide: document.documentElement.scrollWidth - innerWidth,
            raw: document.body.innerText.match(/\{\{|\}\}|\b(null|undefined|NaN)\b/g) }));
        for (const one of found) this.faults.push(`${this.page.url()}: ${one}`);
        if (seen.wide > 0) this.faults.push(`${this.page.url()}: ${seen.wide} px too wide`);
        if (seen.raw) this.faults.push(`${this.page.url()}: ${seen.raw}`);
    }
    async sees(...texts) {
        const text = await this.page.locator('main').innerText();
        for (const one of texts) assert.ok(text.includes(one), `no “${one}” on ${this.page.url()}:\n${text.slice(0, 1200)}`);
    }
    async leave() { await this.context.close(); assert.deepEqual(this.faults, []); }
}

async function audits(person) {
    await person.click('审计台', 'main');
    await person.sees('200 项', '签约额', '登记成交额', '登记技术交易额', '已发放奖酬', '不是结论');
    await person.page.getByLabel('疑点', { exact: true }).selectOption({ label: '奖酬低于法定下限' });
    await person.page.getByLabel('金额不低于').fill('100万元');
    await person.click('查看');
    await person.sees('奖酬低于法定下限');
    await person.page.locator('ul.deals a').first().click();
    await person.look();
    await person.sees('奖酬低于法定下限', '促进科技成果转化法第四十五条', '可能的正当解释', '账本第');
    await person.click('打开卷宗');
    await person.sees('走到哪一步');
    await person.click('疑点与账本条目');
    await person.click('审计台', 'main');
    await person.click('疑点定义');
    await person.sees('临近起点的多份合同', '参数');
}

async function draws(person) {
    await person.click('审计台', 'main');
    await person.page.getByText('从这些项目里抽样，或者整体导出').click();
    await person.page.getByLabel('方法').selectOption({ label: '货币单元（按金额，系统选样）' });
    await person.page.getByLabel('样本量').fill('6');
    await person.click('抽样', 'main form.form');
    await person.sees('重抽了一遍，总体和样本都一致', '种子', '要 6');
    const given = person.page.waitForEvent('download');
    await person.page.getByRole('link', { name: /xlsx/ }).click();
    const names = spawnSync('unzip', ['-p', await (await given).path(), 'xl/workbook.xml'], { encoding: 'utf8' }).stdout;
    assert.deepEqual([...names.matchAll(/<sheet name="([^"]+)"/g)].map(found => found[1]), ['说明', '总体', '样本', '疑点', '疑点定义']);
    await person.click('抽样清单', 'main');
    await person.click('审计台', 'main');
    await person.click('我的查阅日志', 'main');
    await person.sees('转化项目', '抽样', '审计台');
}

const city = new City('sqlite'), place = { city };
city.run('init');
assert.equal(spawnSync(join(build, 'bench/audit/bench-audit'), ['fill', `sqlite:${city.data}`, '200', '7', join(root, 'schema'), join(root, 'codes')]).status, 0);
place.password = city.accounts([['auditor', '示例 审', '', 'auditor'], ['second', '示例 计', '', 'auditor'], ['watch', '示例 查', '', 'audit_admin']]);
place.server = await city.serve({ env: { TQ_CLOCK_MS: String(Date.parse('2026-12-01T02:00:00Z')) } });
await until(async () => (await place.server.guest().get('/log/checkpoint')).status === 200);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [title, login, how] of [['at a desk', 'auditor', { width: 1280, script: true }], ['on a phone', 'second', { width: 375, script: true }], ['without scripts', 'auditor', { width: 375, script: false }]])
    await test(`an auditor ${title}: population, filter, red flags, a draw, its workbook, his log`, async () => {
        const person = await Person.at(browser, place, login, how);
        await audits(person);
        await draws(person);
        await person.leave();
    });
await test('the audit administrator reads what auditors looked at', async () => {
    const person = await Person.at(browser, place, 'watch', { width: 375, script: true });
    await person.click('审计查阅日志', 'main');
    await person.sees('示例 审', '示例 计', '转化项目');
    await person.leave();
});
await browser.close();
await city.end();
finish();
