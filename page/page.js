
const report = blockData('run');
const byId = (id) => document.getElementById(id);
const ORDER = ['failed', 'broken', 'flaky', 'skipped', 'passed'];
const wanted = { text: '', outcomes: new Set(), tags: new Set() };
let opened = null; /* { item, try, look, walk } */

/* Cases with their tries, in the order of the run; a case that passed at last is flaky. */
function casesOf(results) {
  const cases = new Map();
  results.forEach((result, index) => {
    const key = result.case;
    if (!cases.has(key)) cases.set(key, { name: key === '.' ? result.name || 'record' : key, number: cases.size, tries: [] });
    cases.get(key).tries.push({ result, index });
  });
  for (const item of cases.values()) {
    item.tries.sort((a, b) => (a.result.try || 1) - (b.result.try || 1));
    const last = item.tries[item.tries.length - 1].result;
    item.outcome = last.outcome;
    if (last.outcome === 'passed' && item.tries.length > 1) item.outcome = 'flaky';
    item.ignored = last.ignored && ['failed', 'broken'].includes(item.outcome);
    item.seconds = item.tries.reduce((sum, { result }) => sum + (result.seconds || 0), 0);
    item.tags = [...new Set(item.tries.flatMap(({ result }) => result.tags || []))];
    item.words = item.tries.map(({ result }) => [result.case, result.name, result.file, result.why, result.step, ...(result.tags || [])].join('\n')).join('\n').toLowerCase();
  }
  return [...cases.values()];
}
const cases = casesOf(report.tries);

function isWanted(item) {
  return wanted.text.toLowerCase().split(/\s+/).filter(Boolean)
    .every((word) => word.startsWith('@') ? item.tags.some((tag) => tag.toLowerCase() === word.slice(1)) : item.words.includes(word)) &&
    (!wanted.outcomes.size || wanted.outcomes.has(item.outcome)) && [...wanted.tags].every((tag) => item.tags.includes(tag));
}

const ORDERS = {
  run: (a, b) => a.number - b.number,
  outcome: (a, b) => ORDER.indexOf(tone(a.outcome)) - ORDER.indexOf(tone(b.outcome)) || a.number - b.number,
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  time: (a, b) => b.seconds - a.seconds,
};

function caseItem(item) {
  const { result } = item.tries[item.tries.length - 1];
  const where = [result.file, item.tries.length > 1 ? `${item.tries.length} tries` : '', ...item.tags.map((tag) => `@${tag}`)].filter(Boolean).join('   ');
  return el('li', {}, el('a', { href: `#${address(item)}`, 'data-case': item.number, 'aria-current': String(Boolean(opened && opened.item === item)) },
    glyph(item.outcome), el('span', { class: 'name' }, el('span', { class: 'hidden' }, `${item.outcome}: `), item.name),
    el('span', { class: 'time' }, duration(item.seconds)), where ? el('span', { class: 'where', title: where }, where) : null));
}

function listed() {
  return cases.filter(isWanted).sort(ORDERS[byId('order').value]);
}

function showList() {
  const shown = listed();
  byId('cases').replaceChildren(...shown.map(caseItem));
  byId('count').textContent = shown.length === cases.length ? `${cases.length} shown` : `${shown.length} of ${cases.length} shown`;
}

function chip(pressed, label, change, ...content) {
  const button = el('button', { type: 'button', 'aria-pressed': String(pressed), 'aria-label': label, onclick: () => {
    const now = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(now));
    change(now);
    showList();
  } }, ...content);
  return button;
}

function setMember(set, member, inside) {
  if (inside) set.add(member); else set.delete(member);
}

function showFilters() {
  const outcomes = [...new Set([...(report.test ? ORDER : []), ...cases.map((item) => item.outcome)])];
  const count = (outcome) => cases.filter((item) => item.outcome === outcome).length;
  byId('outcomes').replaceChildren(...outcomes.map((outcome) => chip(false, `${outcome}: ${count(outcome)}`,
    (now) => setMember(wanted.outcomes, outcome, now), glyph(outcome), ` ${outcome} `, el('b', {}, String(count(outcome))))));
  const tags = [...new Set(cases.flatMap((item) => item.tags))].sort();
  byId('tags').replaceChildren(...tags.map((tag) => chip(false, `tag ${tag}`, (now) => setMember(wanted.tags, tag, now), `@${tag}`)));
}

function showOverview() {
  const run = report.run || {};
  const count = (wantedTone) => cases.filter((item) => tone(item.outcome) === wantedTone).length;
  const bad = count('failed') + count('broken') - cases.filter((item) => item.ignored).length;
  const title = report.test ? 'hem test' : cases.length === 1 ? cases[0].name : `hem: ${report.folder}`;
  byId('title').textContent = title;
  byId('verdict').className = bad ? 'failed' : count('flaky') ? 'flaky' : 'passed';
  const what = report.test ? 'cases' : 'episodes';
  byId('verdict').textContent = cases.length === 1 && !report.test ? cases[0].outcome
    : bad ? `${bad} of ${cases.length} ${what} went wrong` : `all ${cases.length} ${what} are well${count('flaky') ? `, ${count('flaky')} flaky` : ''}`;
  document.title = `${bad ? '✗' : '✓'} ${title}: ${byId('verdict').textContent}`;
  byId('bar').replaceChildren(...ORDER.filter(count).map((outcome) => {
    const part = el('i', { class: outcome });
    part.style.flexGrow = count(outcome);
    return part;
  }));
  const took = (Date.parse(run.ended) - Date.parse(run.started)) / 1000;
  const facts = [['ended early', run.stopped], [took >= 0 && 'took', duration(took)], ['cases and tries', duration(cases.reduce((sum, item) => sum + item.seconds, 0))], ['began', localTime(run.started)],
    ['host', run.host], ['shard', run.shard && run.shard.join(' of ')], ['workers', run.workers], ['hem', run.hem || report.hem], ['command', (run.command || []).join(' ')]];
  byId('facts').replaceChildren(...facts.filter(([name, value]) => name && value).map(([name, value]) => el('li', {}, `${name} `, el('b', {}, String(value)))));
}

function localTime(wall) {
  return wall && Date.parse(wall) ? new Date(wall).toLocaleString() : '';
}

function address(item, tryIndex, look) {
  const words = new URLSearchParams({ case: item.number });
  if (tryIndex > 0) words.set('try', tryIndex + 1);
  if (look >= 0) words.set('look', look);
  return words.toString();
}

function caseHead(item, result) {
  const facts = [[result.file && 'file', result.file + (result.line && !result.source ? `:${result.line}` : '')], ['row', result.row], ['took', duration(result.seconds)],
    ['began', localTime(result.started)]].filter(([name, value]) => name && value);
  return [el('button', { type: 'button', id: 'back', class: 'plain', onclick: () => { location.hash = ''; } }, '← all'),
    el('div', { class: 'case-head' }, el('h2', {}, item.name), el('span', { class: `badge ${tone(item.outcome)}` }, GLYPHS[tone(item.outcome)], ' ', item.outcome, item.ignored ? ', does not count' : ''),
      item.tags.map((tag) => el('span', { class: 'tag' }, `@${tag}`))),
    el('ul', { class: 'facts' }, facts.map(([name, value]) => el('li', {}, `${name} `, el('b', {}, String(value)))))];
}

function tryTabs(item, chosen) {
  if (item.tries.length < 2) return null;
  return el('div', { class: 'tries', role: 'tablist', 'aria-label': 'Tries' }, item.tries.map(({ result }, i) =>
    el('button', { type: 'button', role: 'tab', 'aria-selected': String(i === chosen), onclick: () => { location.hash = address(item, i); } },
      glyph(result.outcome), ` try ${i + 1} `, el('span', { class: 'time' }, duration(result.seconds)))));
}

/* Without a try that was asked for: the one that went wrong, else the last. */
function openCase(item, tryIndex, look) {
  const wrong = item.tries.findIndex(({ result }) => tone(result.outcome) === 'failed');
  const chosen = tryIndex >= 0 && tryIndex < item.tries.length ? tryIndex : wrong >= 0 ? wrong : item.tries.length - 1;
  const { result, index } = item.tries[chosen];
  const trace = blockData(`try-${index}`) || {};
  opened = { item, chosen };
  const view = tryView(result, trace, look, (at) => history.replaceState(null, '', `#${address(item, chosen, at)}`));
  opened.walk = view.walk;
  byId('detail').replaceChildren(...caseHead(item, result), ...[tryTabs(item, chosen)].filter(Boolean), view.node);
  byId('detail').scrollTop = 0;
  document.body.classList.add('opened');
  for (const link of byId('cases').querySelectorAll('a'))
    link.setAttribute('aria-current', String(link.dataset.case === String(item.number)));
}

function openNothing() {
  opened = null;
  document.body.classList.remove('opened');
  byId('detail').replaceChildren(el('p', { class: 'empty' }, cases.length ? 'Choose one on the left.' : 'Nothing was run.'));
  for (const link of byId('cases').querySelectorAll('a')) link.setAttribute('aria-current', 'false');
}

function openAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const item = words.has('case') ? cases[Number(words.get('case'))] : null;
  if (item) openCase(item, words.has('try') ? Number(words.get('try')) - 1 : words.has('look') ? 0 : -1, words.has('look') ? Number(words.get('look')) : -1);
  else if (cases.length === 1 || (matchMedia('(min-width: 761px)').matches && cases.length)) openCase(listed()[0] || cases[0], -1, -1);
  else openNothing();
}

function stepThrough(by) {
  const shown = listed();
  const at = opened ? shown.indexOf(opened.item) : -1;
  const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
  if (!next) return;
  location.hash = address(next);
  byId('cases').children[shown.indexOf(next)].scrollIntoView({ block: 'nearest' });
}

function keyPressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'Escape' && event.target === byId('filter')) byId('detail').focus();
  if (/^(INPUT|SELECT|VIDEO|TEXTAREA)$/.test(event.target.tagName)) return;
  const keys = { '/': () => byId('filter').focus(), j: () => stepThrough(1), k: () => stepThrough(-1), ArrowLeft: () => opened && opened.walk.go(-1),
    ArrowRight: () => opened && opened.walk.go(1), b: () => opened && opened.walk.view.boxes.click(), n: () => opened && opened.walk.view.names.click() };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function start() {
  showOverview();
  showFilters();
  showList();
  byId('filter').addEventListener('input', (event) => { wanted.text = event.target.value; showList(); });
  byId('order').addEventListener('change', showList);
  if (cases.length === 1) document.body.classList.add('one');
  addEventListener('keydown', keyPressed);
  /* What is opened may stand further down in a page that is still being read. */
  const begin = () => { openAddress(); addEventListener('hashchange', openAddress); document.documentElement.dataset.ready = 'yes'; };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
}

chooseTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
byId('theme').addEventListener('click', () => chooseTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
start();
