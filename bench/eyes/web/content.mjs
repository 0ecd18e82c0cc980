// What stands on the pages, in no framework's words: each function describes a page with the pieces that a renderer knows.
import { esc } from './base.mjs';

export function dice(seed) {
  let a = 2166136261; for (const ch of seed) a = Math.imul(a ^ ch.charCodeAt(0), 16777619);
  const next = () => { a = (a + 0x6D2B79F5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  const r = { next, below: n => Math.floor(next() * n), pick: l => l[Math.floor(next() * l.length)], chance: p => next() < p, between: (a, b) => a + Math.floor(next() * (b - a + 1)) };
  r.some = (l, n) => { const c = [...l]; while (c.length > n) c.splice(r.below(c.length), 1); return c; };
  return r;
}

const FIRST = ['Marta', 'Tobias', 'Ingrid', 'Samuel', 'Noor', 'Henrik', 'Beatriz', 'Olivia', 'Jasper', 'Anneke', 'Rafael', 'Wanda', 'Cedric', 'Lucía', 'Matthieu', 'Greta'];
const LAST = ['Lindqvist', 'Barros', 'Hoffmann', 'Adeyemi', 'Novak', 'Pereira', 'Whitaker', 'Sørensen', 'Kowalski', 'Fontaine', 'Iversen', 'Galloway', 'Schäfer', 'Mbeki', 'Ortega', 'Tanaka'];
const CITY = ['Lisbon', 'Gothenburg', 'Porto', 'Ghent', 'Leipzig', 'Tallinn', 'Cork', 'Bilbao', 'Graz', 'Aarhus'];
const COUNTRY = ['Austria', 'Belgium', 'Denmark', 'Estonia', 'France', 'Ireland', 'Portugal', 'Sweden'];
const BRAND = ['Northwind', 'Copperleaf', 'Bluebird Hotels', 'Quarry Labs', 'Fernhill', 'Tidemark', 'Oakline', 'Brightwater', 'Pinecrest', 'Lumen Works'];
const person = r => `${r.pick(FIRST)} ${r.pick(LAST)}`;
const mail = r => `${r.pick(FIRST).normalize('NFD').replace(/[^a-zA-Z]/g, '').toLowerCase()}.${r.between(10, 99)}@${r.pick(['example.com', 'mail.example.org', 'post.example.net'])}`;
const phone = r => `+${r.between(30, 49)} ${r.between(100, 999)} ${r.between(100, 999)} ${r.between(10, 99)}`;
const day = r => `20${r.between(24, 27)}-${String(r.between(1, 12)).padStart(2, '0')}-${String(r.between(1, 28)).padStart(2, '0')}`;
const main = (inner, w = 980) => `<main class="hl-main" style="--w:${w}px">${inner}</main>`;
const row = (n, ...cells) => `<div class="hl-row" style="--n:${n}">${cells.map(c => `<div>${c}</div>`).join('')}</div>`;

// The renderer bound to one picture: values are given or left out, as the picture's fill says.
function hand(F, o, r) {
  const keep = v => o.fill === 'filled' || (o.fill === 'mixed' && r.chance(.5)) ? v : '';
  const on = p => o.fill === 'empty' ? false : r.chance(p);
  return {
    keep, on,
    field: (kind, label, value, more = {}) => F.field({ kind, label, value: kind === 'select' || kind === 'range' ? value : keep(value), ...more }, o),
    items: (labels, p, dis) => labels.map((label, i) => ({ label, checked: on(p), disabled: dis === i })),
    one: (labels, dis) => { const at = o.fill === 'empty' && r.chance(.5) ? -1 : r.below(labels.length); return labels.map((label, i) => ({ label, checked: i === at && dis !== i, disabled: dis === i })); },
  };
}

function register(F, o, r) {
  const h = hand(F, o, r);
  const form = F.heading(2, 'Create your account') + F.para('It takes two minutes. Fields with a star are needed.') +
    row(2, h.field('text', 'Given name', r.pick(FIRST), { required: true, focus: r.chance(.4) }), h.field('text', 'Family name', r.pick(LAST), { required: true })) +
    row(2, h.field('email', 'Email', mail(r), { required: true, hint: r.chance(.5) ? 'We send the confirmation here.' : '' }), h.field('tel', 'Mobile number', phone(r))) +
    row(2, h.field('password', 'Choose a password', 'Secret-' + r.between(100, 999)), h.field('select', 'Country of residence', r.pick(COUNTRY), { options: COUNTRY })) +
    F.radios('Type of account', h.one(['Personal', 'Business', 'Charity']), true) +
    F.check({ label: 'I accept the terms of service', checked: h.on(.6) }) + F.check({ label: 'Send me product news once a month', checked: h.on(.4) }) +
    F.buttons(F.button('Create account', 'primary'), F.button('Cancel', 'plain')) + F.para('Already registered? ' + F.link('Sign in') + ' or ' + F.link('reset your password'));
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Plans', 'Features', 'Help', 'About us'], at: -1, right: F.button('Sign in', 'plain') }), main(form, r.pick([620, 760, 860]))], o);
}

function booking(F, o, r) {
  const h = hand(F, o, r), rooms = ['Single room', 'Double room', 'Twin room', 'Family suite'];
  const form = F.crumbs(['Home', r.pick(CITY), 'Book a stay']) + F.heading(2, 'Book a stay') +
    row(3, h.field('text', 'Destination', r.pick(CITY)), h.field('date', 'Check-in', day(r)), h.field('date', 'Check-out', day(r))) +
    row(3, h.field('select', 'Room', r.pick(rooms), { options: rooms }), h.field('number', 'Guests', r.between(1, 6), { min: 1, max: 9 }), h.field('time', 'Arrival time', `${r.between(10, 21)}:30`)) +
    row(2, F.radios('Meals', h.one(['Breakfast', 'Half board', 'No meals']), r.chance(.5)), F.checks('Extras', h.items(['Parking space', 'Late check-out', 'Extra bed', 'Airport transfer'], .4, r.below(8)), r.chance(.5))) +
    h.field('range', 'Budget per night', r.between(15, 85)) +
    h.field('textarea', 'Requests', 'Quiet room away from the lift, please.', { rows: 2 }) +
    F.buttons(F.button('Check availability', 'primary', { icon: r.chance(.4) ? 'search' : null }), F.button('Clear', 'plain'), F.button('Pay now', 'plain', { disabled: true }));
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Stays', 'Offers', 'Rewards', 'Contact'], at: 0, right: F.link('My bookings') }), main(form, r.pick([900, 1000, 1120]))], o);
}

const ISSUES = ['Login page is blank on slow links', 'Export drops the last column', 'Add a dark theme', 'Crash when the file is empty', 'Typo in the welcome mail', 'Search ignores accents', 'Rounding error in invoices', 'Slow start on first launch', 'Wrong time zone in reports', 'Keyboard focus is lost'];
const LEVEL = ['Open', 'In review', 'Blocked', 'Closed'];
function issueTable(F, o, r, n) {
  const h = hand(F, o, r), words = r.pick([['Edit', 'Close'], ['View', 'Delete'], ['Assign', 'Archive']]);
  const rows = r.some(ISSUES, n).map(t => { const k = r.between(100, 999), s = r.pick(LEVEL); return [F.bareCheck({ label: 'Pick issue ' + k, checked: h.on(.25) }), F.link('#' + k), esc(t), esc(r.pick(FIRST) + ' ' + r.pick('ABCDEFGHK') + '.'), F.badge(s, { Open: 'success', 'In review': 'info', Blocked: 'danger', Closed: 'plain' }[s]), `<div class="hl-acts">${F.button(words[0], 'plain', { small: true })}${F.button(words[1], 'danger', { small: true })}</div>`]; });
  return F.table(['', 'No.', 'Title', 'Owner', 'State', 'Actions'], rows);
}
function issues(F, o, r) {
  const h = hand(F, o, r);
  const inner = `<div class="hl-bar2">${F.heading(2, 'Issues')}${F.buttons(F.button('Export', 'plain'), F.button('New issue', 'primary', { icon: r.chance(.5) ? 'plus' : null }))}</div>` +
    `<div class="hl-tools"><div>${h.field('search', 'Search issues', r.pick(['export', 'crash', 'focus']), { hidden: true, placeholder: 'Search issues' })}</div><div>${h.field('select', 'State', 'Any state', { options: ['Any state', ...LEVEL], hidden: true })}</div><div>${h.field('select', 'Owner', 'Everyone', { options: ['Everyone', 'Me', 'Nobody'], hidden: true })}</div><div class="hl-fix">${F.button('Apply', 'plain')}</div></div>` +
    issueTable(F, o, r, r.between(5, 8)) + F.pagination(r.between(3, 5), r.below(3));
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Code', 'Issues', 'Builds', 'Wiki'], at: 1, right: F.iconButton('bell', 'Notifications') }), main(inner, r.pick([1040, 1120, 1200]))], o);
}

function profile(F, o, r) {
  const h = hand(F, o, r), who = person(r);
  const form = F.tabs(['Profile', 'Security', 'Notifications', 'Billing'], r.below(3)) +
    row(2, h.field('text', 'Display name', who), h.field('text', 'Job title', r.pick(['Product designer', 'Nurse', 'Site engineer', 'Translator']))) +
    row(2, h.field('email', 'Work email', mail(r), { invalid: r.chance(.2) }), h.field('select', 'Language', 'English', { options: ['English', 'Deutsch', 'Français', 'Português'] })) +
    h.field('textarea', 'About you', 'I like maps, tea and long train rides.', { rows: r.between(2, 4) }) +
    `<div class="hl-stack">${F.toggle({ label: 'Show my profile in search', checked: h.on(.6) })}${F.toggle({ label: 'Two-step sign-in', checked: h.on(.5) })}${F.toggle({ label: 'Weekly summary by email', checked: h.on(.5), disabled: r.chance(.3) })}</div>` +
    F.buttons(F.button('Save profile', 'primary'), F.button('Discard', 'plain'), F.button('Delete account', 'danger'));
  const inner = F.heading(2, 'Account') + `<div class="hl-side-main">${F.sidemenu(['Overview', 'Personal details', 'Devices', 'Connected apps', 'Privacy', 'Sign out'], 1)}<div>${form}</div></div>`;
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Home', 'Projects', 'People'], at: -1, right: F.button('Log out', 'plain') }), main(inner, r.pick([960, 1060]))], o);
}

function apply(F, o, r) {
  const h = hand(F, o, r);
  const form = F.heading(2, 'Apply: ' + r.pick(['Warehouse planner', 'Data analyst', 'Pastry chef', 'Night porter'])) + F.alert(r.pick(['Applications close on Friday.', 'This post is based in ' + r.pick(CITY) + '.'])) +
    row(2, h.field('text', 'Full name', person(r), { required: true }), h.field('email', 'Email address', mail(r), { required: true, focus: r.chance(.3) })) +
    row(2, h.field('number', 'Years of experience', r.between(1, 25), { min: 0, max: 50 }), h.field('file', 'Upload your CV', '')) +
    row(2, F.radios('Right to work', h.one(['Citizen', 'Permit holder', 'Need a visa']), false), F.checks('You can work', h.items(['Weekdays', 'Weekends', 'Night shifts'], .5), false)) +
    h.field('textarea', 'Why do you want this job?', 'I have run a small team for six years and want to grow with a larger one.', { rows: 3 }) +
    F.check({ label: 'Keep my data for future openings', checked: h.on(.5) }) +
    F.buttons(F.button('Submit application', 'primary'), F.button('Save draft', 'plain'), F.link('Back to the list'));
  return F.page([F.navbar({ brand: r.pick(BRAND) + ' Careers', links: ['Jobs', 'Teams', 'Benefits'], at: 0 }), main(form, r.pick([780, 900]))], o);
}

const GOODS = ['Walnut desk lamp', 'Canvas backpack 24 l', 'Steel water bottle', 'Wool travel blanket', 'Folding step stool', 'Ceramic tea set', 'Bamboo shelf', 'Cordless drill 18 V'];
function results(F, o, r) {
  const h = hand(F, o, r);
  const filters = F.heading(4, 'Filter by') + F.checks('Brand', h.items(r.some(['Aldo', 'Kestrel', 'Moorland', 'Nestro', 'Vektor'], 4), .35), false) + F.radios('Delivery', h.one(['Today', 'This week', 'Any time']), false) + h.field('range', 'Maximum price', r.between(20, 80), { labels: 'above' }) + F.buttons(F.button('Reset filters', 'plain', { small: r.chance(.5) }));
  const hits = r.some(GOODS, r.between(3, 4)).map(g => F.card('', `<div class="hl-bar2"><div><strong>${esc(g)}</strong><br>${esc('€ ' + r.between(9, 240) + '.' + r.between(10, 99))} · ${F.link(r.between(3, 90) + ' reviews')}</div><div class="hl-acts">${F.iconButton('heart', 'Save ' + g)}${F.button('Add to basket', 'primary', { small: r.chance(.5) })}</div></div>`)).join('');
  const inner = `<div class="hl-tools"><div>${h.field('search', 'Search the shop', r.pick(['travel', 'desk', 'steel']), { hidden: true, placeholder: 'Search the shop' })}</div><div class="hl-fix">${F.button('Search', 'primary')}</div><div>${h.field('select', 'Sort by', 'Best match', { options: ['Best match', 'Price, low first', 'Newest'], labels: 'above', hidden: r.chance(.5) })}</div></div>` +
    `<div class="hl-side-main"><aside>${filters}</aside><div>${F.para(r.between(20, 99) + ' results')}<div class="hl-list">${hits}</div>${F.pagination(r.between(3, 5), 0)}</div></div>`;
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['New', 'Home', 'Outdoor', 'Sale'], at: 2, right: F.link('Basket (2)') }), main(inner, r.pick([1000, 1120]))], o);
}

function dialog(F, o, r) {
  if (o.labels === 'left') o = { ...o, labels: 'above' };
  const h = hand(F, o, r);
  const below = F.heading(2, 'Issues') + issueTable(F, o, r, 6);
  const kind = r.below(3);
  const inner = kind === 0 ? F.para('Three issues will be moved to the archive. You can bring them back later.') + F.check({ label: 'Tell the owners', checked: h.on(.5) })
    : h.field('text', 'Title', r.pick(ISSUES), { focus: r.chance(.5) }) + row(2, h.field('select', 'Priority', 'Normal', { options: ['Low', 'Normal', 'Urgent'] }), h.field('text', 'Owner', person(r))) + (kind === 1 ? h.field('textarea', 'Details', 'Happens on every second start.', { rows: 3 }) : F.radios('Visible to', h.one(['Everyone', 'My team', 'Only me']), true)) + F.check({ label: 'Notify me about replies', checked: h.on(.5) });
  const box = F.dialog(kind === 0 ? 'Archive issues?' : r.pick(['New issue', 'Edit issue']), inner, F.buttons(F.button(kind === 0 ? 'Archive' : 'Save', kind === 0 ? 'danger' : 'primary'), F.button('Cancel', 'plain')));
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Code', 'Issues', 'Builds', 'Wiki'], at: 1, right: F.button('Log out', 'plain') }), main(below, 1120), box], o);
}

function dashboard(F, o, r) {
  const figures = [['Visitors', r.between(1000, 9999)], ['Orders', r.between(100, 999)], ['Returns', r.between(1, 99)]].map(([t, v]) => F.card(t, `<div style="font-size:1.7em">${v.toLocaleString('en-US')}</div>` + F.link('Details'))).join('');
  const rows = Array.from({ length: r.between(3, 5) }, () => [F.link('A-' + r.between(1000, 9999)), esc(person(r)), esc('€ ' + r.between(20, 900)), F.badge(r.pick(['Paid', 'Sent', 'Late']), 'info')]);
  const inner = F.crumbs(['Home', 'Shop', 'Dashboard']) + `<div class="hl-bar2">${F.heading(2, 'Dashboard')}${F.buttons(F.button('Today', 'plain'), F.button('This week', 'primary'), F.button('This month', 'plain'))}</div><div class="hl-cards" style="--n:3">${figures}</div>` +
    `<div class="hl-side-main">${F.sidemenu(['Dashboard', 'Orders', 'Products', 'Customers', 'Reports', 'Settings'], 0)}<div>${F.heading(4, 'Latest orders')}${F.table(['Order', 'Customer', 'Sum', 'State'], rows)}${F.buttons(F.link('All orders'), F.button('Refresh', 'plain'))}</div></div>`;
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Dashboard', 'Inbox', 'Calendar'], at: 0, right: F.menu(r.pick(['Account', 'More', r.pick(FIRST)]), ['Your profile', 'Settings', 'Billing', 'Help centre', 'Sign out']) }), main(inner, r.pick([1060, 1160]))], o);
}

function prefs(F, o, r) {
  const h = hand(F, o, r), sizes = ['Small', 'Medium', 'Large'];
  const left = F.card('Sound', h.field('range', 'Main volume', r.between(10, 95)) + h.field('range', 'Alert volume', r.between(10, 95), { disabled: r.chance(.3) }) + F.toggle({ label: 'Mute while sharing', checked: h.on(.5) }) + h.field('select', 'Output device', 'Built-in speakers', { options: ['Built-in speakers', 'Headphones', 'HDMI'] }));
  const right = F.card('Display', h.field('range', 'Brightness', r.between(10, 95)) + h.field('number', 'Scale in percent', r.between(75, 200), { min: 50, max: 300 }) + F.toggle({ label: 'Night light', checked: h.on(.5) }) + F.radios('Icon size', h.one(sizes), true));
  const under = F.card('Power', row(2, h.field('number', 'Turn off screen after (min)', r.between(1, 60), { min: 1, max: 99 }), h.field('number', 'Sleep after (min)', r.between(5, 90), { min: 1, max: 99, disabled: r.chance(.3) })) + F.check({ label: 'Dim the screen on battery', checked: h.on(.6) }));
  const inner = F.heading(2, 'Preferences') + row(2, left, right) + under + F.buttons(F.button('Apply', 'primary'), F.button('Restore defaults', 'plain'));
  return F.page([main(inner, r.pick([860, 980]))], o);
}

function newsletter(F, o, r) {
  const h = hand(F, o, r);
  const form = F.heading(2, r.pick(['Stay in the loop', 'Letters from ' + r.pick(CITY), 'The Friday digest'])) + F.para('One mail a week about new places, plain words, no tracking. Read ' + F.link('an earlier issue') + '.') +
    h.field('text', 'Your name', person(r)) + h.field('email', 'Your email', mail(r), { focus: r.chance(.5), invalid: r.chance(.2) }) +
    F.checks('Topics', h.items(['Travel', 'Food', 'Design', 'Science'], .4), true) + F.radios('How often', h.one(['Weekly', 'Monthly', 'Only big news'], 2), true) +
    F.check({ label: 'I am over 16 years old', checked: h.on(.5) }) + F.buttons(F.button('Subscribe', 'primary'));
  const foot = `<footer class="hl-foot">${['Imprint', 'Privacy', 'Accessibility', 'Press'].map(s => F.link(s)).join(' ')}</footer>`;
  return F.page([F.navbar({ brand: r.pick(BRAND), links: ['Journal', 'Shop', 'Events'], at: 0, right: F.iconButton('search', 'Search') + F.iconButton('menu', 'Menu') }), main(F.card('', form), r.pick([520, 640])), foot], o);
}

export const PAGES = { register, booking, issues, profile, apply, results, dialog, dashboard, prefs, newsletter };
