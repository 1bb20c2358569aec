// The web page in a real browser: what a person would do with it, by mouse and by keyboard. Screenshots go to the folder given.
//   node page.mjs URL FOLDER [USER PASSWORD]
// PAGE_KEY is the hash of the public key that Chromium is to trust, NODE_EXTRA_CA_CERTS the certificate that Node is to, where the page comes over HTTPS.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import puppeteer from 'puppeteer-core';

const [url, folder, username, password] = process.argv.slice(2);
const trust = process.env.PAGE_KEY ? [`--ignore-certificate-errors-spki-list=${process.env.PAGE_KEY}`] : [];
const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', ...trust] });
const page = await browser.newPage();
await page.setViewport({ width: 1400, height: 860 });
const complaints = [];
page.on('pageerror', error => complaints.push(error.message));
page.on('console', message => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url ?? ''}`));
page.on('request', request => !request.url().startsWith(url) && !/^(data|blob):/.test(request.url()) && complaints.push(`asks elsewhere: ${request.url()}`));

const text = selector => page.$eval(selector, found => found.innerText);
const step = async (name, work) => {
  try {
    await work();
    await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png` });
    console.log(`ok    ${name}`);
  } catch (error) {
    await page.screenshot({ path: `${folder}/failed-${name.replaceAll(' ', '-')}.png` });
    console.log(`FAILS ${name}: ${error.message}`);
    process.exitCode = 1;
  }
};
const until = (condition, ...args) => page.waitForFunction(condition, { timeout: 30000 }, ...args);
const enter = async sql => {
  await page.click('#tab-sql');
  await page.$eval('#sql-text', (box, value) => { box.value = value; }, sql);
  await page.focus('#sql-text');
};
const chord = async key => {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
};

if (username) {
  await step('nobody is let in without a password', async () => assert.equal((await fetch(url)).status, 401));
  await step('nor with a wrong one', async () => assert.equal((await fetch(url, { headers: { Authorization: `Basic ${btoa(`${username}:wrong`)}` } })).status, 401));
  await page.authenticate({ username, password });
}
await page.goto(url, { waitUntil: 'networkidle2' });

await step('a query by the keyboard', async () => {
  await enter("SELECT x AS id, 'row ' || x AS name, x * 1.5 AS price, NULL AS nothing, '<b>bold</b>' AS markup FROM generate_series(1, 30) AS g(x)");
  await chord('Enter');
  await until(() => document.querySelectorAll('#sql-results tbody tr').length === 30);
  assert.match(await text('#sql-results'), /SELECT, 30 rows/);
  assert.equal(await page.$eval('#sql-results tbody tr td:last-child', cell => cell.textContent), '<b>bold</b>');
  assert.equal(await page.$('#sql-results b'), null);
});

await step('several statements and an error with its place', async () => {
  await enter('SELECT 1 AS one;\nSELECT 2 AS two;\nSELECT missing FROM generate_series(1, 2) AS g(x)');
  await chord('Enter');
  await until(() => document.querySelector('#sql-results .error'));
  assert.equal((await page.$$('#sql-results table')).length, 2);
  assert.match(await text('#sql-results .error'), /42703: column "missing" does not exist[\s\S]*SELECT missing FROM[^\n]*\n {7}\^{7}/);
});

await step('rows beyond the limit are told', async () => {
  await enter('SELECT x FROM generate_series(1, 5000) AS g(x)');
  await page.$eval('#sql-limit', box => { box.value = 10; });
  await chord('Enter');
  await until(() => /there are more/.test(document.querySelector('#sql-results').innerText));
  assert.equal((await page.$$('#sql-results tbody tr')).length, 10);
});

await step('all rows are saved as a file', async () => {
  const session = await page.createCDPSession();
  await session.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  for (const format of ['csv', 'json', 'parquet', 'arrow']) {
    await page.select('#sql-format', format);
    await page.click('#sql-export');
    await until(name => document.querySelector('#sql-status').textContent.startsWith(name), `result.${format}`);
  }
  const file = `${folder}/result.csv`;
  for (let i = 0; i < 50 && !fs.existsSync(file); i++) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.equal(fs.readFileSync(file, 'utf8').split('\n').length, 5002);
});

const slow = 'SELECT count(*) FROM generate_series(1, 100000000000) AS g(x) WHERE x % 7 = 8';
await step('a running statement with its live plan', async () => {
  await enter(slow);
  await chord('Enter');
  await page.click('#tab-statements');
  await page.select('#statement-state', 'running');
  await until(() => document.querySelectorAll('#statement-list tbody tr').length === 1);
  await page.click('#statement-list tbody tr');
  await until(() => /Aggregate[\s\S]*generate_series/.test(document.querySelector('#statement-plan').textContent));
  assert.match(await text('#statement-figures'), /running/);
});

await step('it is cancelled', async () => {
  await page.click('#statement-cancel');
  await until(() => document.querySelector('#statement-figures').innerText.includes('canceled'));
  await until(() => document.querySelectorAll('#statement-list tbody tr').length === 0);
  await page.click('#tab-sql');
  await until(() => /57014/.test(document.querySelector('#sql-results').innerText));
});

await step('Escape stops what runs', async () => {
  await enter(slow);
  await chord('Enter');
  await until(() => document.querySelector('#sql-status').textContent.startsWith('running ... '));
  await page.keyboard.press('Escape');
  await until(() => document.querySelector('#sql-status').textContent === 'stopped');
  await page.click('#tab-statements');
  await page.select('#statement-state', '');
  await until(() => document.querySelector('#statement-count').textContent.endsWith(' 0 running'));
});

await step('statements are found by their text', async () => {
  await page.click('#statement-close').catch(() => {});
  await page.$eval('body', body => body.focus());
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  await page.keyboard.type('missing');
  await until(() => [...document.querySelectorAll('#statement-list tbody tr')].every(row => row.innerText.includes('missing')) && document.querySelector('#statement-list tbody tr'));
  await page.$eval('#statement-list tbody tr', row => row.focus());
  await page.keyboard.press('Enter');
  await until(() => /42703/.test(document.querySelector('#statement-error').textContent));
});

await step('tables and their columns', async () => {
  await page.click('#tab-catalog');
  await until(() => document.querySelectorAll('#catalog-tree li').length > 10);
  await page.type('#catalog-search', 'tpch.sf1.lineitem');
  await page.$eval('#catalog-tree li[data-name="tpch.sf1.lineitem"] button', button => button.click());
  await until(() => document.querySelectorAll('#table-columns tbody tr').length === 16);
  await page.$eval('#sql-limit', box => { box.value = 1000; });
  await page.click('#table-query');
  await until(() => document.querySelectorAll('#sql-results tbody tr').length === 100);
});

await step('dark', async () => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.click('#tab-statements');
  assert.equal(await page.$eval('body', body => getComputedStyle(body).backgroundColor), 'rgb(22, 24, 29)');
});

await step('a narrow window', async () => {
  await page.setViewport({ width: 420, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

await step('nothing is complained of', async () => assert.deepEqual(complaints.filter(complaint => !complaint.includes('401')), []));
await browser.close();
