// What a page in Chromium shows, as the browser itself reports it: roles, names and states from the accessibility tree,
// boxes from the layout, words from ranges over the text nodes (those inside the browser's own controls, too).
import { PNG } from 'pngjs';
import fs from 'node:fs';

const ROLES = {
  button: 'button', DisclosureTriangle: 'button', DisclosureTriangleGrouped: 'button', ToggleButton: 'button', PopUpButton: 'button', ColorWell: 'button',
  textbox: 'textbox', searchbox: 'textbox', TextField: 'textbox', Date: 'textbox', DateTime: 'textbox', InputTime: 'textbox',
  combobox: 'combobox', ComboBoxSelect: 'combobox', ComboBoxMenuButton: 'combobox', TextFieldWithComboBox: 'combobox',
  checkbox: 'checkbox', radio: 'radio', switch: 'switch', slider: 'slider', spinbutton: 'spinbutton',
  link: 'link', tab: 'tab', option: 'option', ListBoxOption: 'option',
  menuitem: 'menuitem', menuitemcheckbox: 'menuitem', menuitemradio: 'menuitem',
};
const STATES = ['focused', 'expanded', 'selected', 'required', 'readonly', 'disabled'];

// Runs in the page, once: the functions that measure. `roots` are the document and all shadow roots, the browser's own included.
function inPage(partOf, ...roots) {
  const up = n => n.assignedSlot || (n.parentNode && n.parentNode.nodeType === 11 ? n.parentNode.host : n.parentNode);
  const within = (n, a) => { for (; n; n = up(n)) if (n === a) return true; return false; };
  const style = n => getComputedStyle(n);
  const rectOf = r => ({ l: r.left, t: r.top, r: r.right, b: r.bottom });
  const meet = (a, b) => ({ l: Math.max(a.l, b.l), t: Math.max(a.t, b.t), r: Math.min(a.r, b.r), b: Math.min(a.b, b.b) });
  const join = (a, b) => !a ? b : !b ? a : { l: Math.min(a.l, b.l), t: Math.min(a.t, b.t), r: Math.max(a.r, b.r), b: Math.max(a.b, b.b) };
  const area = r => Math.max(0, r.r - r.l) * Math.max(0, r.b - r.t);
  const screen = { l: 0, t: 0, r: innerWidth, b: innerHeight };
  const alpha = c => { const m = /rgba?\(([^)]*)\)/.exec(c); if (!m) return c === 'transparent' ? 0 : 1; const p = m[1].split(/[ ,/]+/); return p.length > 3 ? +p[3] : 1; };

  // The part of a rectangle that no scrolling or clipping ancestor cuts off.
  function clipped(rect, node) {
    let r = meet(rect, screen), at = node.nodeType === 1 ? node : up(node), self = node.nodeType === 1, free = false;
    let pos = 'static';
    for (; at && at.nodeType === 1; at = up(at)) {
      const s = style(at), holds = s.position !== 'static' || s.transform !== 'none' || s.filter !== 'none' || s.contain.includes('paint') || s.contain === 'strict';
      const skip = pos === 'fixed' ? s.transform === 'none' : pos === 'absolute' && !holds;
      if (!self && !skip && at !== document.documentElement && at !== document.body) {
        const b = at.getBoundingClientRect(), c = { l: b.left + at.clientLeft, t: b.top + at.clientTop, r: b.left + at.clientLeft + at.clientWidth, b: b.top + at.clientTop + at.clientHeight };
        if (s.display !== 'inline' && s.display !== 'contents') {
          if (s.overflowX !== 'visible') r = meet(r, { ...r, l: Math.max(r.l, c.l), r: Math.min(r.r, c.r) });
          if (s.overflowY !== 'visible') r = meet(r, { ...r, t: Math.max(r.t, c.t), b: Math.min(r.b, c.b) });
        }
      }
      if (!skip && (s.clip !== 'auto' && s.position === 'absolute' || /inset\(|rect\(/.test(s.clipPath))) {
        const b = at.getBoundingClientRect();
        if (/rect\((1px, ?1px|0px, ?0px|0, ?0)/.test(s.clip) || /inset\((50%|100%)/.test(s.clipPath)) r = { l: b.left, t: b.top, r: b.left, b: b.top };
      }
      if (!skip) pos = s.position === 'fixed' || s.position === 'absolute' ? s.position : self || holds ? s.position : pos;
      self = false;
    }
    return r;
  }
  function opacity(n) { let o = 1; for (; n && n.nodeType === 1; n = up(n)) o *= +style(n).opacity; return o; }

  // All elements at a point, topmost first, those in shadow roots included.
  function stack(x, y, scope = document) {
    const out = [];
    for (const e of scope.elementsFromPoint(x, y)) {
      if (scope !== document && e.getRootNode() !== scope) continue;
      const inner = e.shadowRoot || shadows.get(e);
      if (inner) out.push(...stack(x, y, inner));
      out.push(e);
    }
    return out;
  }
  const shadows = new Map(roots.filter(r => r.host).map(r => [r.host, r]));
  const paints = e => { const s = style(e); return /^(IMG|CANVAS|VIDEO|IFRAME)$/.test(e.tagName) || ((alpha(s.backgroundColor) > .5 || s.backgroundImage !== 'none') && opacity(e) > .5); };
  const covered = (x, y, mine) => { for (const e of stack(x, y)) { if (mine(e)) return false; if (paints(e)) return true; } return false; };

  const shown = e => e && e.nodeType === 1 && style(e).visibility === 'visible' && style(e).display !== 'none' && opacity(e) > .1;
  const iconic = f => /icon|symbol|awesome|mdi|glyph/i.test(f.split(',')[0]);

  function wordsIn(root) {
    const out = [], w = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let last = null, open = false;
    for (let n = w.nextNode(); n; n = w.nextNode()) {
      const p = up(n), text = n.data;
      if (!p || p.nodeType !== 1 || /^(SCRIPT|STYLE|TITLE|NOSCRIPT|TEMPLATE)$/.test(p.tagName)) continue;
      const host = root.host;
      if (host && host.tagName === 'INPUT' && host.type === 'password') continue;
      if (/^(SELECT|OPTION)$/.test(p.tagName) && !host && p.closest('select') && p.closest('select').size < 2 && !p.closest('select').multiple) continue;
      const s = style(p);
      if (s.visibility !== 'visible' || opacity(p) <= .1 || iconic(s.fontFamily) || +s.fontSize.slice(0, -2) < 2) { if (/\S/.test(text)) open = false; continue; }
      const re = /\S+/g; let m;
      if (/^\s/.test(text)) open = false;
      while ((m = re.exec(text))) {
        const range = document.createRange(); range.setStart(n, m.index); range.setEnd(n, m.index + m[0].length);
        const rects = [...range.getClientRects()].filter(q => q.width > 0 && q.height > 0);
        if (!rects.length) continue;
        let full = null; for (const q of rects) full = join(full, rectOf(q));
        let t = m[0]; if (s.textTransform === 'uppercase') t = t.toUpperCase(); else if (s.textTransform === 'lowercase') t = t.toLowerCase(); else if (s.textTransform === 'capitalize') t = t[0].toUpperCase() + t.slice(1);
        if (/[\ue000-\uf8ff]/.test(t)) continue;
        const word = { text: t, full, owner: p, node: n, lines: new Set(rects.map(q => Math.round(q.bottom / 4))).size };
        if (open && m.index === 0 && last && Math.abs(last.full.r - full.l) < (host && host.tagName === 'INPUT' ? .4 * (full.b - full.t) : 2.5) && Math.min(last.full.b, full.b) - Math.max(last.full.t, full.t) > .6 * Math.min(last.full.b - last.full.t, full.b - full.t)) {
          last.text += t; last.full = join(last.full, full);
        } else { out.push(word); last = word; }
        open = re.lastIndex === text.length;
      }
      if (/\s$/.test(text)) open = false;
    }
    return out;
  }

  const sheet = new CSSStyleSheet(); sheet.replaceSync('*{pointer-events:auto!important}');
  for (const r of roots) try { r.adoptedStyleSheets = [...r.adoptedStyleSheets, sheet]; } catch (e) { /* the browser's own root */ }

  const words = [];
  for (const root of roots) for (const w of wordsIn(root)) {
    const v = clipped(w.full, w.node);
    if (v.r - v.l < 2 || v.b - v.t < 3) continue;
    const o = { text: w.text, r: v, owner: w.owner };
    const part = area(v) / area(w.full);
    let dots = false;
    for (let e = w.owner; e && e.nodeType === 1; e = up(e)) if (style(e).textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth + 1 && w.full.r > e.getBoundingClientRect().right - 24) dots = true;
    if (w.lines > 1 && w.full.b - w.full.t > 1.7 * parseFloat(style(w.owner).fontSize) + 8) o.ignore = 'broken over lines';
    else if (part < .8 || dots) o.ignore = 'clipped';
    const h = v.b - v.t, y = (v.t + v.b) / 2, mine = e => within(w.owner, e);
    const hid = [.1, .5, .9].map(k => covered(v.l + k * (v.r - v.l), y, mine)).filter(Boolean).length;
    if (hid === 3) continue;
    if (hid) o.ignore = 'partly covered';
    words.push(o);
  }

  // A frame that an element draws itself: a border, a ground of its own, a shadow.
  function framed(e) {
    const s = style(e);
    if (s.boxShadow !== 'none' && !/rgba\(0, 0, 0, 0\) 0px 0px 0px 0px$/.test(s.boxShadow)) return true;
    if (['Top', 'Right', 'Bottom', 'Left'].filter(k => parseFloat(s['border' + k + 'Width']) > 0 && s['border' + k + 'Style'] !== 'none' && alpha(s['border' + k + 'Color']) > .08).length > 1) return true;
    if (s.backgroundImage !== 'none') return true;
    if (alpha(s.backgroundColor) < .04) return false;
    for (let p = up(e); p && p.nodeType === 1; p = up(p)) { const c = style(p).backgroundColor; if (alpha(c) > .04) return c !== s.backgroundColor; }
    return s.backgroundColor !== 'rgb(255, 255, 255)';
  }
  const textOf = e => { let r = null; for (const w of words) if (within(w.owner, e)) r = join(r, w.r); return r; };

  window.__words = words.map(w => ({ text: w.text, r: w.r, ignore: w.ignore }));
  window.__measure = (e, role, pseudo) => {
    if (e.nodeType !== 1) e = e.parentElement;
    if (e.tagName === 'OPTION' && !e.getClientRects().length) return null;
    const given = partOf && partOf(e, role), part = (given && given.node) || e;
    if (!shown(part)) return null;
    let rects = [...part.getClientRects()].filter(q => q.width > 0 && q.height > 0), full = null;
    for (const q of rects) full = join(full, rectOf(q));
    if (style(part).display === 'contents') full = textOf(part);
    const knob = e.type === 'range' && shadows.has(e) ? shadows.get(e).getElementById('thumb') : given && given.knob;
    if (knob) full = join(full, rectOf(knob.getBoundingClientRect()));
    if (pseudo) full = pseudo;
    if (!full) return null;
    const box = knob ? meet(full, screen) : clipped(full, part);
    if (box.r - box.l < 3 || box.b - box.t < 3) return null;
    const out = { box, tag: e.tagName, type: e.type, alts: [], multiline: e.tagName === 'TEXTAREA', password: e.type === 'password' };
    if (area(box) < .5 * area(full)) out.ignore = 'more than half clipped';
    if (roots.some(q => q !== document && q === e.getRootNode() && q.host.tagName === 'INPUT')) out.ignore = 'part of a field';
    const label = (given && given.label) || (e.labels && e.labels[0]) || e.closest('label');
    const mine = h => within(e, h) || within(h, e) || within(h, part) || within(part, h) || (label && (within(h, label)));
    let hid = 0; for (let i = 0; i < 25; i++) hid += covered(box.l + (.1 + .2 * (i % 5)) * (box.r - box.l), box.t + (.1 + .2 * Math.floor(i / 5)) * (box.b - box.t), mine);
    if (hid >= 20) return null;
    if (hid >= 8) out.ignore = 'partly covered';
    if (rects.length > 1 && !pseudo && style(part).display === 'inline' && rects.some(q => q.top > rects[0].bottom - 3)) out.ignore = 'broken over lines';
    if (/^(checkbox|radio|switch)$/.test(role)) {
      let t = label && textOf(label); if (!t && part !== e && !(given && given.alone)) t = null;
      if (given && given.alt) { const b = given.alt.getBoundingClientRect(); if (b.width) out.alts.push(rectOf(b)); }
      if (t && Math.max(t.l - box.r, box.l - t.r) < 250 && Math.min(t.b, box.b) > Math.max(t.t, box.t)) out.alts.push(join(box, t));
      else if (label) out.alts.push(join(box, t || box));
    }
    if (/^(link|tab|menuitem|button|option)$/.test(role) && !framed(part)) { const t = textOf(part); if (t) out.alts.push(t); }
    if (given && given.also) for (const n of given.also) { const b = n.getBoundingClientRect(); if (b.width > 2) out.alts.push(clipped(rectOf(b), n)); }
    if (e.tagName === 'INPUT' && e.type === 'file') {
      const s = getComputedStyle(e, '::file-selector-button'), w = ['width', 'paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth'].reduce((a, k) => a + (parseFloat(s[k]) || 0), 0);
      if (w > 20) out.alts.push({ ...box, l: box.l + parseFloat(style(e).paddingLeft), r: Math.min(box.r, box.l + parseFloat(style(e).paddingLeft) + (s.boxSizing === 'border-box' ? parseFloat(s.width) : w)) });
      out.file = true;
    }
    out.alts = out.alts.map(a => meet(a, screen)).filter(a => area(a) > 20);
    if (role === 'combobox' || /^(date|time|month|week|datetime-local)$/.test(e.type)) {
      out.shown = words.filter(w => (w.r.l + w.r.r) / 2 > box.l && (w.r.l + w.r.r) / 2 < box.r && (w.r.t + w.r.b) / 2 > box.t && (w.r.t + w.r.b) / 2 < box.b && !(label && within(w.owner, label) && !within(part, label)) && !(given && given.name && within(w.owner, given.name))).map(w => w.text).join(' ');
    }
    return out;
  };
  window.__part = (e, role) => { const p = partOf && partOf(e, role); return p && p.pseudo ? { node: p.node, pseudo: p.pseudo } : null; };
  return window.__words;
}

const box = r => { const x = Math.round(r.l), y = Math.round(r.t); return [x, y, Math.max(1, Math.round(r.r) - x), Math.max(1, Math.round(r.b) - y)]; };
const iou = (a, b) => { const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]), h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]); const i = w > 0 && h > 0 ? w * h : 0; return i / (a[2] * a[3] + b[2] * b[3] - i); };

function luminances(png, b, grow) {
  let lo = 255, hi = 0;
  for (let y = Math.max(0, b[1] - grow); y < Math.min(png.height, b[1] + b[3] + grow); y++)
    for (let x = Math.max(0, b[0] - grow); x < Math.min(png.width, b[0] + b[2] + grow); x++) {
      const i = 4 * (y * png.width + x), l = .3 * png.data[i] + .59 * png.data[i + 1] + .11 * png.data[i + 2];
      if (l < lo) lo = l; if (l > hi) hi = l;
    }
  return hi - lo;
}

// Every word of the name stands near the element.
function readable(name, e, words) {
  const near = words.filter(w => {
    const dx = Math.max(w.box[0] - (e.box[0] + e.box[2]), e.box[0] - (w.box[0] + w.box[2])), dy = Math.max(w.box[1] - (e.box[1] + e.box[3]), e.box[1] - (w.box[1] + w.box[3]));
    return dy <= 4 ? dx <= 400 : dy <= 70 && dx <= 40;
  });
  const have = new Set(near.flatMap(w => [w.text, ...w.text.split(/[^\p{L}\p{N}]+/u)]).map(t => t.toLowerCase()));
  const need = name.toLowerCase().split(/\s+/).filter(t => /[\p{L}\p{N}]/u.test(t));
  return need.length > 0 && need.every(t => have.has(t) || t.split(/[^\p{L}\p{N}]+/u).filter(Boolean).every(q => have.has(q)));
}

export async function truth(page, { png, partOf, region }) {
  const cdp = await page.createCDPSession();
  await cdp.send('DOM.enable'); await cdp.send('Accessibility.enable');
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const rootIds = [];
  (function walk(n) { for (const s of n.shadowRoots || []) { rootIds.push(s.backendNodeId); walk(s); } for (const c of n.children || []) walk(c); })(root);
  const resolve = async id => (await cdp.send('DOM.resolveNode', { backendNodeId: id })).object.objectId;
  const docId = await resolve(root.backendNodeId);
  const roots = [docId]; for (const id of rootIds) roots.push(await resolve(id));
  const call = async (fn, args) => {
    const r = await cdp.send('Runtime.callFunctionOn', { objectId: docId, functionDeclaration: fn, arguments: args, returnByValue: true });
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description || r.exceptionDetails.text);
    return r.result.value;
  };
  const src = `function(...roots) { const partOf = ${partOf || 'null'}; return (${inPage.toString()})(partOf, ...roots); }`;
  const rawWords = await call(src, roots.map(objectId => ({ objectId })));

  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  const elements = [], image = PNG.sync.read(fs.readFileSync(png));
  for (const n of nodes) {
    const role = n.role && ROLES[n.role.value];
    if (!role || n.ignored || !n.backendDOMNodeId) continue;
    let objectId; try { objectId = await resolve(n.backendDOMNodeId); } catch (e) { continue; }
    let pseudo = null;
    const hint = await cdp.send('Runtime.callFunctionOn', { objectId, functionDeclaration: `function(role) { const p = window.__part(this.nodeType === 1 ? this : this.parentElement, role); return p ? p.node : null; }`, arguments: [{ value: role }] });
    if (hint.result.objectId && hint.result.subtype === 'node') {
      const kind = await cdp.send('Runtime.callFunctionOn', { objectId, functionDeclaration: `function(role) { return window.__part(this, role).pseudo; }`, arguments: [{ value: role }], returnByValue: true });
      const { node } = await cdp.send('DOM.describeNode', { objectId: hint.result.objectId });
      const p = (node.pseudoElements || []).find(q => q.pseudoType === kind.result.value);
      if (p) try { const { model: { border: q } } = await cdp.send('DOM.getBoxModel', { backendNodeId: p.backendNodeId }); pseudo = { l: Math.min(q[0], q[6]), t: Math.min(q[1], q[3]), r: Math.max(q[2], q[4]), b: Math.max(q[5], q[7]) }; } catch (e) { continue; }
    }
    const r = await cdp.send('Runtime.callFunctionOn', { objectId, functionDeclaration: `function(role, pseudo) { return window.__measure(this, role, pseudo); }`, arguments: [{ value: role }, { value: pseudo }], returnByValue: true });
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description || r.exceptionDetails.text);
    const m = r.result.value; if (!m) continue;
    const props = Object.fromEntries((n.properties || []).map(p => [p.name, p.value.value]));
    const states = [];
    if (props.checked === 'true' || props.checked === true) states.push('checked'); if (props.checked === 'mixed') states.push('mixed');
    if (props.pressed === 'true') states.push('pressed');
    for (const s of STATES) if (props[s] === true) states.push(s);
    if (props.invalid && props.invalid !== 'false') states.push('invalid');
    const e = { role, name: n.name ? n.name.value : '', value: n.value && n.value.value !== '' ? String(n.value.value) : null, box: box(m.box), states };
    if (m.shown !== undefined) e.value = m.shown || e.value;
    if (/^(button|link|tab|menuitem|option|checkbox|radio|switch)$/.test(role)) e.value = null;
    if (m.password) { e.password = true; e.value = null; }
    if (m.multiline) e.multiline = true;
    const alts = m.alts.map(box).filter((b, i, all) => iou(b, e.box) < .93 && all.findIndex(c => iou(b, c) > .93) === i); if (alts.length) e.alt_boxes = alts;
    if (m.ignore) e.ignore = m.ignore;
    if (ROLES[n.role.value] !== n.role.value) e.native_role = n.role.value;
    if (m.file) e.native_role = 'file';
    if (props.hasPopup && props.hasPopup !== 'false') e.popup = props.hasPopup;
    if (!e.ignore && luminances(image, e.box, 3) < 6) e.ignore = 'no visible pixels';
    elements.push(e);
  }
  await cdp.detach();

  // One element for one place and role; the outer of two nested with one name is the one that was meant.
  const holds = (a, b) => a[0] <= b[0] + 1 && a[1] <= b[1] + 1 && a[0] + a[2] >= b[0] + b[2] - 1 && a[1] + a[3] >= b[1] + b[3] - 1;
  const unique = elements.filter((e, i) => !elements.some((f, j) => j < i && f.role === e.role && iou(f.box, e.box) > .9 && (f.name === e.name || !e.name)
    || j !== i && /^(tab|option|menuitem)$/.test(f.role) && /^(link|button)$/.test(e.role) && f.name === e.name && holds(f.box, e.box)));
  const seen = new Set(), words = [];
  for (const w of rawWords) {
    const b = box(w.r), key = w.text + b; if (seen.has(key)) continue; seen.add(key);
    const o = { text: w.text, box: b }, c = luminances(image, b, 0);
    if (c < 4) continue;
    if (w.ignore) o.ignore = w.ignore; else if (c < 45) o.ignore = `low contrast (${Math.round(c)})`;
    words.push(o);
  }
  const inside = b => b[0] + b[2] / 2 >= region[0] && b[0] + b[2] / 2 <= region[0] + region[2] && b[1] + b[3] / 2 >= region[1] && b[1] + b[3] / 2 <= region[1] + region[3];
  const whole = region[2] === image.width && region[3] === image.height, lies = x => inside(x.box) && (whole || x.ignore !== 'partly covered');
  const kept = unique.filter(lies), said = words.filter(lies);
  for (const e of kept) e.name_visible = readable(e.name, e, said);
  let sum = 0; for (let i = 0; i < image.data.length; i += 4 * 97) sum += image.data[i + 1];
  return { elements: kept, words: said, appearance: sum / Math.ceil(image.data.length / (4 * 97)) > 128 ? 'light' : 'dark' };
}

// One line for each element and word, as the files of shared/percept/dev are.
export function write(file, t) {
  const lines = list => list.length ? '[\n' + list.map(x => '  ' + JSON.stringify(x)).join(',\n') + '\n ]' : '[]';
  const head = ['schema', 'image', 'size', 'source', 'region', 'ignore_boxes', 'ignore_word_boxes'].map(k => ` ${JSON.stringify(k)}: ${JSON.stringify(t[k])}`);
  fs.writeFileSync(file, '{\n' + [...head, ` "elements": ${lines(t.elements)}`, ` "words": ${lines(t.words)}`].join(',\n') + '\n}\n');
}
