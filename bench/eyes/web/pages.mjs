#!/usr/bin/env node
// Draws the pages under each framework with Chromium and writes NAME.png and NAME.json (percept-truth/1) for each.
//   node pages.mjs OUT [--only REGEX of names] [--per N]
import fs from 'node:fs'; import http from 'node:http'; import path from 'node:path'; import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { PAGES, dice } from './content.mjs';
import { LAYOUT } from './base.mjs';
import { truth, write } from './truth.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2), option = (k, d) => { const i = args.indexOf(k); return i < 0 ? d : args.splice(i, 2)[1]; };
const only = new RegExp(option('--only', '.')), per = +option('--per', 1), keepHtml = option('--html', '');
const out = path.resolve(args[0] || path.join(here, 'out')); fs.mkdirSync(out, { recursive: true });

const FONTS = ['Liberation Sans', 'DejaVu Sans', 'Roboto', 'Open Sans', 'Lato', 'Inter', 'Cantarell', 'Liberation Serif'];
const frameworks = [];
for (const f of fs.readdirSync(path.join(here, 'frameworks')).sort()) if (f.endsWith('.mjs')) for (const F of (await import('./frameworks/' + f)).default) frameworks.push(F);

// What one picture asks for, drawn from its name, so that a picture stays the same when others are added.
function variant(F, page, n) {
  const r = dice(`${F.name}/${page}/${n}`);
  return { framework: F.name, page, variant: n, theme: F.themes.length > 1 && r.chance(.4) ? 'dark' : F.themes[0], font_px: r.chance(.25) ? null : r.between(13, 18), font: F.fonts && r.chance(.6) ? r.pick(FONTS) : null, labels: r.pick(F.labels), fill: r.pick(['filled', 'mixed', 'mixed', 'empty']), scroll: r.chance(.25) ? r.next() : 0, r };
}

function html(F, o) {
  const inner = PAGES[o.page](F, o, o.r);
  const css = [F.css].flat().map(c => `<link rel="stylesheet" href="/node_modules/${c}">`).join(''), js = F.js.map(c => `<script src="/node_modules/${c}"></script>`).join('');
  const face = o.font ? `body,input,select,textarea,button,table,h1,h2,h3,h4,label,legend,[class]{font-family:"${o.font}",${/Serif/.test(o.font) ? 'serif' : 'sans-serif'}}i[class],[class*=icon],[class*=mdi]{font-family:revert-layer}` : '';
  const size = o.font_px ? F.size ? F.size(o.font_px) : `html{font-size:${o.font_px}px}body{font-size:${o.font_px}px}` : '';
  return `<!doctype html><html lang="en"${F.root(o)}><head><meta charset="utf-8"><title>${o.page}</title>${css}${js}<style>${LAYOUT}${size}${face}</style>${F.head(o)}</head><body${F.body(o)}>${F.mount === 'html' ? inner : `<div id="app"></div><script type="text/plain" id="source">${inner}</script>`}${F.script(o)}<script>addEventListener('load', () => { const f = document.querySelector('[autofocus]'); if (f) f.focus(); })</script></body></html>`;
}

const pages = new Map(), TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.ttf': 'font/ttf', '.json': 'application/json', '.png': 'image/png' };
const server = http.createServer((q, a) => {
  const url = decodeURIComponent(q.url.split('?')[0]);
  if (pages.has(url)) return a.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pages.get(url));
  const f = path.join(here, path.normalize(url));
  if (!f.startsWith(path.join(here, 'node_modules')) && !f.startsWith(path.join(here, 'out')) || !fs.existsSync(f) || fs.statSync(f).isDirectory()) return a.writeHead(404).end();
  a.writeHead(200, { 'content-type': TYPES[path.extname(f)] || 'application/octet-stream' }); fs.createReadStream(f).pipe(a);
}).listen(0, '127.0.0.1');
await new Promise(r => server.once('listening', r));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--lang=en-US', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'], defaultViewport: { width: 1280, height: 800 } });
let done = 0, failed = 0;
for (const F of frameworks) for (const name of Object.keys(PAGES)) for (let n = 0; n < per; n++) {
  const base_name = `web-${F.name}-${name}-${n}`;
  if (!only.test(base_name) || (F.skip || []).includes(name)) continue;
  const o = variant(F, name, n), page = await browser.newPage(), troubles = [];
  page.on('console', m => { if (m.type() === 'error' && !/Failed to load/.test(m.text())) troubles.push(m.text().slice(0, 200)); }); page.on('pageerror', e => troubles.push(String(e.message || e).split('\n')[0])); page.on('requestfailed', q => troubles.push('no ' + q.url())); page.on('response', q => { if (q.status() >= 400 && !/favicon/.test(q.url())) troubles.push(q.status() + ' ' + q.url()); });
  try {
    if (F.prepare) await F.prepare(here);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: o.theme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
    pages.set(`/${base_name}`, html(F, o)); if (keepHtml) fs.writeFileSync(path.join(out, base_name + '.html'), pages.get(`/${base_name}`));
    await page.goto(`${base}/${base_name}`, { waitUntil: 'networkidle0', timeout: 30000 });
    await page.evaluate(() => document.fonts.ready);
    if (F.ready) await page.waitForFunction(F.ready, { timeout: 10000 });
    if (F.after) { await page.evaluate(`(${F.after})()`); await new Promise(r => setTimeout(r, 300)); }
    if (name === 'dashboard' && F.opensMenu) { await page.click('#opener'); await page.mouse.move(640, 795); await new Promise(r => setTimeout(r, 700)); }
    let scrollY = 0;
    if (o.scroll && name !== 'dialog' && name !== 'dashboard') scrollY = await page.evaluate(k => { const room = document.documentElement.scrollHeight - innerHeight; scrollTo(0, Math.round(k * Math.max(0, room))); return Math.round(scrollY); }, o.scroll);
    await page.evaluate(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))));
    const png = path.join(out, base_name + '.png');
    await page.screenshot({ path: png });
    let region = [0, 0, 1280, 800];
    if (name === 'dialog') region = await page.evaluate(`(${F.regionOf || `() => { const b = document.querySelector(${JSON.stringify(F.region)}).getBoundingClientRect(); return [b.left, b.top, b.width, b.height].map(Math.round); }`})()`);
    const t = await truth(page, { png, partOf: F.part, region });
    const source = { kind: 'web', framework: F.name, page: name, variant: n, theme: o.theme, font_px: o.font_px, font: o.font, labels: o.labels, fill: o.fill, scroll_y: scrollY, appearance: t.appearance };
    write(path.join(out, base_name + '.json'), { schema: 'percept-truth/1', image: base_name + '.png', size: [1280, 800], source, region, ignore_boxes: F.neutral ? await page.evaluate(F.neutral) : [], ignore_word_boxes: [], elements: t.elements, words: t.words });
    done++; console.log(base_name, t.elements.length, 'elements', t.words.length, 'words', troubles.length ? 'TROUBLES ' + [...new Set(troubles)].slice(0, 3).join(' | ') : '');
  } catch (e) { failed++; console.log(base_name, 'FAILED', e.stack.split('\n').slice(0, 4).join(' '), troubles.slice(0, 3).join(' | ')); }
  await page.close(); pages.delete(`/${base_name}`);
}
console.log(done, 'pictures,', failed, 'failed');
await browser.close(); server.close();
process.exit(failed ? 1 : 0);
