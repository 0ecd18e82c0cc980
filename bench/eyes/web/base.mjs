// The plain renderer: how each control and each piece of a page is written in HTML. A framework's file extends it: class
// names where the structure is the same, methods of its own where it is not.

let count = 0;
export const id = () => 'c' + ++count;
export const esc = s => String(s).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
export const attr = (k, v) => v === false || v === undefined || v === null ? '' : v === true ? ` ${k}=""` : ` ${k}="${esc(v)}"`;
const PATHS = {
  search: 'M10 4a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM14.5 14.5L20 20', close: 'M5 5L19 19M19 5L5 19', bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 20h4',
  user: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM4 21c0-5 4-7 8-7s8 2 8 7', dots: 'M5 12h.1M12 12h.1M19 12h.1', menu: 'M4 6h16M4 12h16M4 18h16', heart: 'M12 20L4 12a5 5 0 0 1 8-6a5 5 0 0 1 8 6z',
  caret: 'M6 9l6 6l6-6', star: 'M12 3l3 6l6 1l-4 4l1 6l-6-3l-6 3l1-6l-4-4l6-1z', plus: 'M12 4v16M4 12h16',
};
export const icon = (name, px = 18) => `<svg width="${px}" height="${px}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" style="vertical-align:middle"><path d="${PATHS[name]}"></path></svg>`;

export class Plain {
  name = 'plain'; css = []; js = []; themes = ['light']; labels = ['above', 'left', 'placeholder']; fonts = true; mount = 'html';
  part = null;
  c = {};                                                  // class names by what they are for
  cls(...keys) { const s = keys.map(k => this.c[k] || (k && this.c[k] === undefined && k.includes('=') ? k.slice(1) : '')).filter(Boolean).join(' '); return s ? ` class="${s}"` : ''; }
  dark() { return ''; }                                    // attributes of <html> under the dark theme
  root(o) { return o.theme === 'dark' ? this.dark(o) : ''; }
  body() { return ''; }                                    // attributes of <body>
  head() { return ''; }
  script() { return ''; }

  // Text
  heading(level, s) { return `<h${level}${this.cls('h' + level)}>${esc(s)}</h${level}>`; }
  para(html) { return `<p${this.cls('p')}>${html}</p>`; }
  link(s) { return `<a href="#"${this.cls('link')}>${esc(s)}</a>`; }
  badge(s, tone) { return `<span${this.cls('badge', 'badge-' + tone)}>${esc(s)}</span>`; }
  alert(s, tone = 'info') { return `<div role="status"${this.cls('alert', 'alert-' + tone)}>${esc(s)}</div>`; }
  hint(s) { return s ? `<small${this.cls('hint')}>${esc(s)}</small>` : ''; }

  // Fields: {kind, label, value, placeholder, options, hint, required, disabled, invalid, rows, min, max}
  field(f, o) {
    f.id = f.id || id();
    const how = f.labels || (this.labels.includes(o.labels) ? o.labels : 'above');
    const bare = how === 'placeholder' && /^(text|email|password|tel|search|textarea)$/.test(f.kind);
    if (bare) { f.placeholder = f.label; f.named = f.label; }
    if (f.hidden) f.named = f.label;
    return bare || f.hidden ? this.wrap('', this.control(f), f) : how === 'left' ? this.left(this.label(f), this.control(f), f) : how === 'floating' ? this.floating(f) : this.wrap(this.label(f), this.control(f), f);
  }
  label(f) { return `<label for="${f.id}"${this.cls('label')}>${esc(f.label)}${f.required && this.star !== false ? ' *' : ''}</label>`; }
  wrap(label, control, f) { return `<div class="hl-field ${this.c.field || ''}">${label}${control}${this.hint(f.hint)}</div>`; }
  left(label, control, f) { return `<div class="hl-left ${this.c.field || ''}">${label}<div>${control}${this.hint(f.hint)}</div></div>`; }
  floating(f) { return this.wrap(this.label(f), this.control(f), f); }
  attrs(f) { return attr('id', f.id) + attr('aria-label', f.named) + attr('placeholder', f.placeholder) + attr('required', f.required) + attr('disabled', f.disabled) + attr('aria-invalid', f.invalid ? 'true' : undefined) + attr('autofocus', f.focus) + attr('readonly', f.readonly); }
  control(f) {
    if (f.kind === 'select') return this.select(f);
    if (f.kind === 'textarea') return this.textarea(f);
    if (f.kind === 'range') return this.slider(f);
    if (f.kind === 'file') return this.file(f);
    if (f.kind === 'number') return this.number(f);
    return this.input(f);
  }
  input(f) { return `<input type="${f.kind}"${this.cls('input', f.invalid && 'invalid')}${this.attrs(f)}${attr('value', f.value || undefined)}>`; }
  number(f) { return `<input type="number"${this.cls('input')}${this.attrs(f)}${attr('min', f.min)}${attr('max', f.max)}${attr('value', f.value || undefined)}>`; }
  textarea(f) { return `<textarea rows="${f.rows || 3}"${this.cls('textarea')}${this.attrs(f)}>${esc(f.value || '')}</textarea>`; }
  select(f) { return `<select${this.cls('select')}${this.attrs({ ...f, placeholder: undefined })}>${this.options(f)}</select>`; }
  options(f) { return f.options.map(s => `<option${attr('selected', s === f.value)}>${esc(s)}</option>`).join(''); }
  slider(f) { return `<input type="range"${this.cls('range')}${this.attrs({ ...f, placeholder: undefined })} min="${f.min || 0}" max="${f.max || 100}"${attr('value', f.value)}>`; }
  file(f) { return `<input type="file"${this.cls('file')}${attr('id', f.id)}>`; }

  // Choices
  check(f) { f.id = f.id || id(); return `<div${this.cls('check')}><input type="checkbox"${this.cls('checkbox')}${this.choice(f)}> ${this.checkLabel(f)}</div>`; }
  radio(f) { f.id = f.id || id(); return `<div${this.cls('check')}><input type="radio" name="${f.group}"${this.cls('radio')}${this.choice(f)}> ${this.checkLabel(f)}</div>`; }
  choice(f) { return attr('id', f.id) + attr('checked', f.checked) + attr('disabled', f.disabled) + attr('aria-label', f.hidden ? f.label : undefined); }
  checkLabel(f) { return f.hidden ? '' : `<label for="${f.id}"${this.cls('checkLabel')}>${esc(f.label)}</label>`; }
  toggle(f) { return this.check(f); }                      // most plain styles have no switch of their own
  group(legend, items, inline) { return `<fieldset${this.cls('fieldset')}><legend${this.cls('legend')}>${esc(legend)}</legend><div class="${inline ? 'hl-inline' : 'hl-stack'}">${items.join('')}</div></fieldset>`; }
  checks(legend, list, inline) { return this.group(legend, list.map(f => this.check(f)), inline); }
  radios(legend, list, inline) { const group = id(); return this.group(legend, list.map(f => this.radio({ ...f, group })), inline); }
  bareCheck(f) { return this.check({ ...f, hidden: true }); }

  // Buttons: tone primary | plain | danger | quiet
  button(s, tone = 'plain', more = {}) { return `<button type="button"${this.cls('button', 'button-' + tone, more.small && 'small')}${attr('disabled', more.disabled)}${more.attrs || ''}>${more.icon ? icon(more.icon, 16) + ' ' : ''}${esc(s)}</button>`; }
  iconButton(name, s, more = {}) { return `<button type="button"${this.cls('button', 'button-plain', 'iconButton')} aria-label="${esc(s)}"${more.attrs || ''}>${icon(name)}</button>`; }
  buttons(...list) { return `<div class="hl-buttons">${list.join(' ')}</div>`; }

  // Pieces of a page
  card(title, inner) { return `<section${this.cls('card')}>${title ? `<h3${this.cls('cardTitle')}>${esc(title)}</h3>` : ''}${inner}</section>`; }
  navbar(n) { return `<header class="hl-bar ${this.c.navbar || ''}"><strong${this.cls('brand')}>${esc(n.brand)}</strong><nav${this.cls('nav')}>${n.links.map((s, i) => `<a href="#"${this.cls('navLink', i === n.at && 'navActive')}${i === n.at ? ' aria-current="page"' : ''}>${esc(s)}</a>`).join(' ')}</nav><span class="hl-push"></span>${n.right || ''}</header>`; }
  tabs(list, at) { return `<div role="tablist" class="hl-tabs ${this.c.tabs || ''}">${list.map((s, i) => `<button type="button" role="tab" aria-selected="${i === at}"${this.cls('tab', i === at && 'tabActive')}>${esc(s)}</button>`).join('')}</div>`; }
  sidemenu(list, at) { return `<nav aria-label="Section"><ul class="hl-side ${this.c.side || ''}">${list.map((s, i) => `<li${this.cls('sideItem', i === at && 'sideItemActive')}><a href="#"${this.cls('sideLink', i === at && 'sideActive')}${i === at ? ' aria-current="page"' : ''}>${esc(s)}</a></li>`).join('')}</ul></nav>`; }
  crumbs(list) { return `<nav aria-label="Breadcrumb"><ol class="hl-crumbs ${this.c.crumbs || ''}">${list.map((s, i) => `<li${this.cls('crumb')}>${i < list.length - 1 ? `<a href="#"${this.cls('crumbLink')}>${esc(s)}</a>` : `<span aria-current="page">${esc(s)}</span>`}</li>`).join('')}</ol></nav>`; }
  pagination(n, at) { return `<nav aria-label="Pages"><ul class="hl-pages ${this.c.pages || ''}"><li${this.cls('page')}><a href="#"${this.cls('pageLink')}>Previous</a></li>${Array.from({ length: n }, (_, i) => `<li${this.cls('page', i === at && 'pageActive')}><a href="#"${this.cls('pageLink', i === at && 'pageLinkActive')}${i === at ? ' aria-current="page"' : ''}>${i + 1}</a></li>`).join('')}<li${this.cls('page')}><a href="#"${this.cls('pageLink')}>Next</a></li></ul></nav>`; }
  table(heads, rows) { return `<table${this.cls('table')}><thead><tr>${heads.map(h => `<th>${h}</th>`).join('')}</tr></thead><tbody>${rows.map(r => `<tr>${r.map(c => `<td>${c}</td>`).join('')}</tr>`).join('')}</tbody></table>`; }
  menu(label, items) { return `<div class="hl-anchor"><button type="button" id="opener" aria-haspopup="menu" aria-expanded="true"${this.cls('button', 'button-plain')}>${esc(label)} ${icon('caret', 14)}</button><ul role="menu" class="hl-menu ${this.c.menu || ''}">${items.map(s => `<li role="none"${this.cls('menuLi')}><a href="#" role="menuitem"${this.cls('menuItem')}>${esc(s)}</a></li>`).join('')}</ul></div>`; }
  dialog(title, inner, foot) { return `<div class="hl-shade"><div role="dialog" aria-modal="true" aria-label="${esc(title)}" class="hl-dialog ${this.c.dialog || ''}"><div class="hl-bar2"><h3${this.cls('dialogTitle')}>${esc(title)}</h3>${this.iconButton('close', 'Close')}</div>${inner}${foot}</div></div>`; }
  progress(v) { return `<progress max="100" value="${v}"${this.cls('progress')}></progress>`; }
  page(parts) { return parts.join('\n'); }
  region = '[role=dialog]';
}

// The layout that all pages share, whatever the framework: rows, columns, and the places where a framework leaves it to the page.
export const LAYOUT = `
*{caret-color:auto} html,body{min-height:100%}
*,*::before,*::after{transition:none!important;animation-duration:0s!important;animation-delay:0s!important}
.hl-main{max-width:var(--w,980px);margin:0 auto;padding:18px 20px;box-sizing:border-box}
.hl-row{display:grid;grid-template-columns:repeat(var(--n,2),minmax(0,1fr));gap:0 20px;align-items:start}
.hl-side-main{display:grid;grid-template-columns:210px minmax(0,1fr);gap:28px;align-items:start}
.hl-field{margin:0 0 12px} .hl-left{display:grid;grid-template-columns:150px minmax(0,1fr);gap:12px;align-items:center;margin:0 0 12px}
.hl-row[style*='n:3'] .hl-left{grid-template-columns:100px minmax(0,1fr)}
.hl-field input,.hl-field select,.hl-field textarea,.hl-left input,.hl-left select,.hl-left textarea{max-width:100%;box-sizing:border-box}
.hl-inline{display:flex;flex-wrap:wrap;gap:4px 22px} .hl-stack{display:flex;flex-direction:column;gap:6px;align-items:flex-start}
.hl-buttons{display:flex;gap:10px;flex-wrap:wrap;align-items:center;margin:12px 0} .hl-buttons>*{margin:0}
.hl-bar{display:flex;align-items:center;gap:18px;padding:8px 20px;box-sizing:border-box} .hl-bar nav{display:flex;gap:18px;margin:0;align-items:center} .hl-push{flex:1}
.hl-bar2{display:flex;justify-content:space-between;align-items:center;gap:12px}
.hl-side,.hl-crumbs,.hl-pages{list-style:none;padding:0;margin:0 0 12px} .hl-crumbs,.hl-pages{display:flex;gap:8px;flex-wrap:wrap;align-items:center}
.hl-tabs{display:flex;gap:4px;margin:0 0 16px} .hl-anchor{position:relative;display:inline-block} .hl-anchor>.hl-menu{position:absolute;right:0;top:100%;z-index:50;min-width:180px;margin:2px 0 0;list-style:none}
.hl-shade{position:fixed;inset:0;background:rgba(0,0,0,.45);z-index:900;display:flex;align-items:flex-start;justify-content:center;padding-top:90px} .hl-dialog{width:540px}
.hl-tools{display:flex;gap:12px;align-items:flex-end;margin:0 0 14px;flex-wrap:wrap} .hl-tools>*{flex:1 1 120px} .hl-tools>.hl-fix{flex:0 0 auto} .hl-tools .hl-field,.hl-tools .hl-left{margin:0} .hl-tools .hl-left{display:block}
.hl-acts{display:flex;gap:6px} .hl-acts>*{margin:0} .hl-cards{display:grid;grid-template-columns:repeat(var(--n,3),minmax(0,1fr));gap:16px;margin:0 0 18px}
.hl-foot{padding:14px 20px;display:flex;gap:20px;justify-content:center} .hl-list{display:flex;flex-direction:column;gap:10px}
`;
