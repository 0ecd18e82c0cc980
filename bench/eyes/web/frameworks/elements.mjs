// Frameworks of custom elements, whose controls lie in shadow roots.
import fs from 'node:fs'; import path from 'node:path';
import { Plain, esc, id, icon } from '../base.mjs';

class Shoelace extends Plain {
  name = 'shoelace'; themes = ['light', 'dark']; css = ['@shoelace-style/shoelace/cdn/themes/light.css', '@shoelace-style/shoelace/cdn/themes/dark.css'];
  labels = ['above', 'placeholder', 'left'];
  dark() { return ' class="sl-theme-dark"'; }
  head() { return '<style>body{margin:0;background:var(--sl-color-neutral-0);color:var(--sl-color-neutral-900);font-family:var(--sl-font-sans)}fieldset{border:0;padding:0;margin:0 0 10px}.hl-bar{border-bottom:1px solid var(--sl-color-neutral-200)}.hl-field{margin-bottom:12px}sl-card{display:block;margin-bottom:12px}.sh-t{width:100%;border-collapse:collapse}.sh-t td,.sh-t th{border-bottom:1px solid var(--sl-color-neutral-200);padding:8px;text-align:left}a{color:var(--sl-color-primary-600)}sl-tab-group{margin-bottom:14px}</style>'; }
  constructor() { super(); this.c = { table: 'sh-t' }; }
  script() { return '<script type="module" src="/node_modules/@shoelace-style/shoelace/cdn/shoelace-autoloader.js"></script>'; }
  ready = `![...document.querySelectorAll('*')].some(e => e.localName.startsWith('sl-') && !e.shadowRoot)`;
  part = `(e, role) => { const host = e.getRootNode().host || e, q = s => host.shadowRoot && host.shadowRoot.querySelector(s);
    if (host.localName === 'sl-checkbox') return { node: q('.checkbox__control') }; if (host.localName === 'sl-switch') return { node: q('.switch__control'), knob: q('.switch__thumb') };
    if (role === 'radio' && e.localName === 'sl-radio') return { node: e.shadowRoot.querySelector('.radio__control'), label: e }; if (host.localName === 'sl-select' && role === 'combobox') return { node: q('.select__combobox') };
    if (host.localName === 'sl-input' && e.tagName === 'INPUT') return { node: q('.input') }; if (host.localName === 'sl-textarea') return { node: q('.textarea') }; return null; }`;
  attrs2(f) { return (f.placeholder ? ` placeholder="${esc(f.placeholder)}"` : '') + (f.disabled ? ' disabled' : '') + (f.focus ? ' autofocus' : '') + (f.hint ? ` help-text="${esc(f.hint)}"` : ''); }
  hint() { return ''; }
  wrap(label, control, f) { return `<div class="hl-field">${label && f.kind !== 'file' ? this.control({ ...f, lab: f.label + (f.required ? ' *' : '') }) : (label || '') + control}</div>`; }
  lab(f) { return f.lab ? ` label="${esc(f.lab)}"` : ''; }
  input(f) { return `<sl-input type="${f.kind}"${this.lab(f)}${this.attrs2(f)} value="${esc(f.value || '')}"${f.kind === 'password' ? ' password-toggle' : ''}></sl-input>`; }
  number(f) { return this.input({ ...f, kind: 'number' }); }
  textarea(f) { return `<sl-textarea rows="${f.rows || 3}"${this.lab(f)}${this.attrs2(f)} value="${esc(f.value || '')}"></sl-textarea>`; }
  select(f) { const v = s => s.replace(/\W/g, '_'); return `<sl-select${this.lab(f)} value="${v(f.value)}"${f.disabled ? ' disabled' : ''}>${f.options.map(s => `<sl-option value="${v(s)}">${s}</sl-option>`).join('')}</sl-select>`; }
  slider(f) { return `<sl-range${this.lab(f)} value="${f.value}"${f.disabled ? ' disabled' : ''} style="--track-color-active:var(--sl-color-primary-600)"></sl-range>`; }
  check(f) { return `<div><sl-checkbox${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}>${f.hidden ? '' : esc(f.label)}</sl-checkbox></div>`; }
  radios(legend, list, inline) { const at = list.findIndex(f => f.checked), k = inline && legend.length % 2 ? 'sl-radio-button' : 'sl-radio'; return `<sl-radio-group label="${legend}" value="${at}" style="margin-bottom:10px"><div class="${inline ? 'hl-inline' : ''}">${list.map((f, i) => `<${k} value="${i}"${f.disabled ? ' disabled' : ''}>${f.label}</${k}>`).join('')}</div></sl-radio-group>`.replace(/<div class="[^"]*">(<sl-radio-button.*?)<\/div>/, '$1'); }
  toggle(f) { return `<div><sl-switch${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}>${f.label}</sl-switch></div>`; }
  button(s, tone = 'plain', more = {}) { return `<sl-button variant="${{ primary: 'primary', danger: 'danger' }[tone] || 'default'}"${more.small ? ' size="small"' : ''}${more.disabled ? ' disabled' : ''}>${esc(s)}</sl-button>`; }
  iconButton(name, s) { return `<sl-button circle variant="text" aria-label="${s}">${icon(name)}</sl-button>`; }
  badge(s, tone) { return `<sl-badge variant="${{ success: 'success', danger: 'danger', info: 'primary' }[tone] || 'neutral'}">${s}</sl-badge>`; }
  alert(s) { return `<sl-alert open variant="primary" style="display:block;margin-bottom:12px">${s}</sl-alert>`; }
  card(title, inner) { return `<sl-card>${title ? `<div slot="header">${title}</div>` : ''}${inner}</sl-card>`; }
  tabs(list, at) { return `<sl-tab-group>${list.map((s, i) => `<sl-tab slot="nav" panel="p${i}"${i === at ? ' active' : ''}>${s}</sl-tab>`).join('')}</sl-tab-group>`; }
  crumbs(list) { return `<sl-breadcrumb style="display:block;margin-bottom:10px">${list.map((s, i) => `<sl-breadcrumb-item${i < list.length - 1 ? ' href="#"' : ''}>${s}</sl-breadcrumb-item>`).join('')}</sl-breadcrumb>`; }
  menu(label, items) { return `<sl-dropdown open placement="bottom-end"><sl-button slot="trigger" caret>${label}</sl-button><sl-menu>${items.map(s => `<sl-menu-item>${s}</sl-menu-item>`).join('')}</sl-menu></sl-dropdown>`; }
  dialog(title, inner, foot) { return `<sl-dialog open label="${title}" style="--width:560px">${inner}<div slot="footer">${foot}</div></sl-dialog>`; }
  regionOf = `() => { const b = document.querySelector('sl-dialog').shadowRoot.querySelector('.dialog__panel').getBoundingClientRect(); return [b.left, b.top, b.width, b.height].map(Math.round); }`;
}

class MaterialWeb extends Plain {
  name = 'material-web'; labels = ['floating', 'left', 'placeholder'];
  async prepare(here) { if (fs.existsSync(path.join(here, 'out/material-web.js'))) return; const { build } = await import('esbuild'); await build({ stdin: { contents: "import '@material/web/all.js'", resolveDir: here }, bundle: true, format: 'esm', minify: true, outfile: path.join(here, 'out/material-web.js'), logLevel: 'error' }); }
  script() { return '<script type="module" src="/out/material-web.js"></script>'; }
  ready = `![...document.querySelectorAll('*')].some(e => e.localName.startsWith('md-') && !e.shadowRoot)`;
  css = ['@fontsource/roboto/400.css', '@fontsource/roboto/500.css'];
  head() { return '<style>body{margin:0;background:#fef7ff;color:#1d1b20;font-family:Roboto;--md-ref-typeface-plain:Roboto}fieldset{border:0;padding:0;margin:0 0 10px}.hl-field{margin-bottom:14px}md-outlined-text-field,md-filled-text-field,md-outlined-select,md-filled-select,md-slider{width:100%;min-width:0}.mw-row{display:flex;gap:10px;align-items:center;padding:5px 0}.mw-card{background:#f7f2fa;border-radius:12px;padding:16px;margin-bottom:12px;box-shadow:0 1px 3px #0003}.mw-t{width:100%;border-collapse:collapse}.mw-t td,.mw-t th{border-bottom:1px solid #cac4d0;padding:8px;text-align:left}.hl-bar{background:#f3edf7}a{color:#6750a4}md-tabs{margin-bottom:18px}h2{margin:6px 0 14px}md-outlined-text-field[type=textarea]{resize:none}</style>'; }
  constructor() { super(); this.c = { table: 'mw-t' }; }
  part = `(e, role) => { const host = e.getRootNode().host || e, n = host.localName, q = s => host.shadowRoot && host.shadowRoot.querySelector(s);
    if (n === 'md-checkbox') return { node: q('.outline'), label: host.closest('label') }; if (n === 'md-radio') return { node: q('svg.icon'), label: host.closest('label') }; if (n === 'md-switch') return { node: q('.track'), label: host.closest('label') };
    if (n === 'md-slider' || role === 'slider') return { node: host.closest('md-slider') || host }; if (/text-field$/.test(n)) return { node: host }; if (role === 'combobox') { const s = host.closest && host.closest('md-outlined-select,md-filled-select') || host; return { node: s.getRootNode().host || s }; } return null; }`;
  look(f) { return f.label.length % 2 ? 'outlined' : 'filled'; }
  floating(f) { return f.kind === 'range' || f.kind === 'file' ? this.wrap(this.label(f), this.control(f), f) : `<div class="hl-field">${this.control({ ...f, lab: f.label })}</div>`; }
  common(f) { return `${f.lab ? ` label="${esc(f.lab)}"` : ` aria-label="${esc(f.label)}"`}${f.placeholder ? ` placeholder="${esc(f.placeholder)}"` : ''}${f.required && f.lab ? ' required' : ''}${f.disabled ? ' disabled' : ''}${f.invalid ? ' error' : ''}${f.hint ? ` supporting-text="${esc(f.hint)}"` : ''}`; }
  hint() { return ''; }
  input(f) { return `<md-${this.look(f)}-text-field type="${f.kind}"${this.common(f)} value="${esc(f.value || '')}"></md-${this.look(f)}-text-field>`; }
  number(f) { return this.input({ ...f, kind: 'number' }); }
  textarea(f) { return `<md-outlined-text-field type="textarea" rows="${f.rows || 3}"${this.common(f)} value="${esc(f.value || '')}"></md-outlined-text-field>`; }
  select(f) { return `<md-${this.look(f)}-select${this.common(f)}>${f.options.map(s => `<md-select-option value="${s}"${s === f.value ? ' selected' : ''}><div slot="headline">${s}</div></md-select-option>`).join('')}</md-${this.look(f)}-select>`; }
  slider(f) { return `<md-slider aria-label="${f.label}" value="${f.value}"${f.disabled ? ' disabled' : ''}></md-slider>`; }
  check(f) { return f.hidden ? `<md-checkbox aria-label="${f.label}"${f.checked ? ' checked' : ''}></md-checkbox>` : `<label class="mw-row"><md-checkbox${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}></md-checkbox> ${f.label}</label>`; }
  radio(f) { return `<label class="mw-row"><md-radio name="${f.group}"${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}></md-radio> ${f.label}</label>`; }
  toggle(f) { return `<label class="mw-row"><md-switch${f.checked ? ' selected' : ''}${f.disabled ? ' disabled' : ''}></md-switch> ${f.label}</label>`; }
  button(s, tone = 'plain', more = {}) { const k = { primary: 'filled', danger: 'filled-tonal', plain: more.small ? 'text' : 'outlined' }[tone]; return `<md-${k}-button${more.disabled ? ' disabled' : ''}>${esc(s)}</md-${k}-button>`; }
  iconButton(name, s) { return `<md-icon-button aria-label="${s}">${icon(name, 22)}</md-icon-button>`; }
  card(title, inner) { return `<div class="mw-card">${title ? `<h3 style="margin:0 0 8px">${title}</h3>` : ''}${inner}</div>`; }
  tabs(list, at) { const k = at % 2 ? 'secondary' : 'primary'; return `<md-tabs>${list.map((s, i) => `<md-${k}-tab${i === at ? ' active' : ''}>${s}</md-${k}-tab>`).join('')}</md-tabs>`; }
  sidemenu(list, at) { return `<md-list style="background:none">${list.map(s => `<md-list-item type="link" href="#"><div slot="headline">${s}</div></md-list-item>`).join('')}</md-list>`; }
  menu(label, items) { return `<span style="position:relative"><md-outlined-button id="opener" aria-haspopup="menu">${label}</md-outlined-button><md-menu id="m" anchor="opener" positioning="popover" quick stay-open-on-focusout stay-open-on-outside-click anchor-corner="end-end" menu-corner="start-end">${items.map(s => `<md-menu-item><div slot="headline">${s}</div></md-menu-item>`).join('')}</md-menu></span>`; }
  after = `() => { const m = document.getElementById('m'); if (m) m.open = true; }`;
  dialog(title, inner, foot) { return `<md-dialog open quick style="min-width:540px"><div slot="headline">${title}</div><div slot="content">${inner}</div><div slot="actions">${foot}</div></md-dialog>`; }
  regionOf = `() => { const b = document.querySelector('md-dialog').shadowRoot.querySelector('.container').getBoundingClientRect(); return [b.left, b.top, b.width, b.height].map(Math.round); }`;
}

class Fluent extends Plain {
  name = 'fluent'; labels = ['above', 'left', 'placeholder'];
  script() { return '<script type="module" src="/node_modules/@fluentui/web-components/dist/web-components.min.js"></script>'; }
  ready = `![...document.querySelectorAll('*')].some(e => e.localName.startsWith('fluent-') && !e.shadowRoot)`;
  head() { return '<style>body{margin:0;background:#fff;color:#222;font-family:"Segoe UI",sans-serif}fieldset{border:0;padding:0;margin:0 0 10px}.hl-field{margin-bottom:12px}.hl-field>label{display:block;margin-bottom:4px}fluent-text-field,fluent-select,fluent-text-area,fluent-number-field,fluent-slider{width:100%;min-width:0}fluent-text-area::part(control){width:100%}fluent-card{padding:14px;margin-bottom:12px;width:auto;height:auto}.fl-t{width:100%;border-collapse:collapse}.fl-t td,.fl-t th{border-bottom:1px solid #ddd;padding:8px;text-align:left}.hl-bar{background:#f3f3f3}.hl-anchor>.hl-menu{background:none;padding:0}fluent-tabs{margin-bottom:14px}h2{margin:6px 0 12px}.hl-dialog{background:#fff;padding:22px;border-radius:8px}</style>'; }
  constructor() { super(); this.c = { table: 'fl-t' }; }
  part = `(e, role) => { const host = e.getRootNode().host || e, n = host.localName, q = s => host.shadowRoot && host.shadowRoot.querySelector(s);
    if (n === 'fluent-text-field' || n === 'fluent-number-field') return { node: q('.root') }; if (n === 'fluent-checkbox' || n === 'fluent-radio') return { node: q('.control'), label: host }; if (n === 'fluent-switch') return { node: q('.switch'), label: host };
    if (role === 'slider') return { node: host }; if (role === 'combobox') return { node: q('.control') || host }; if (n === 'fluent-button') return { node: host }; return null; }`;
  common(f) { return ` aria-label="${esc(f.label)}"${f.placeholder ? ` placeholder="${esc(f.placeholder)}"` : ''}${f.disabled ? ' disabled' : ''}`; }
  look(f) { return f.label.length % 3 ? 'outline' : 'filled'; }
  input(f) { return `<fluent-text-field appearance="${this.look(f)}" type="${f.kind === 'search' ? 'text' : f.kind}"${this.common(f)} value="${esc(f.value || '')}"></fluent-text-field>`; }
  number(f) { return `<fluent-number-field appearance="${this.look(f)}"${this.common(f)} value="${f.value || ''}"></fluent-number-field>`; }
  textarea(f) { return `<fluent-text-area rows="${f.rows || 3}"${this.common(f)} value="${esc(f.value || '')}"></fluent-text-area>`; }
  select(f) { return `<fluent-select${this.common(f)}>${f.options.map(s => `<fluent-option${s === f.value ? ' selected' : ''}>${s}</fluent-option>`).join('')}</fluent-select>`; }
  slider(f) { return `<fluent-slider min="0" max="100" value="${f.value}" aria-label="${f.label}"${f.disabled ? ' disabled' : ''}></fluent-slider>`; }
  check(f) { return `<div><fluent-checkbox${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}${f.hidden ? ` aria-label="${f.label}"` : ''}>${f.hidden ? '' : f.label}</fluent-checkbox></div>`; }
  radios(legend, list, inline) { const at = list.findIndex(f => f.checked); return `<fluent-radio-group value="${at}" orientation="${inline ? 'horizontal' : 'vertical'}"><label slot="label">${legend}</label>${list.map((f, i) => `<fluent-radio value="${i}"${f.disabled ? ' disabled' : ''}>${f.label}</fluent-radio>`).join('')}</fluent-radio-group>`; }
  toggle(f) { return `<div><fluent-switch${f.checked ? ' checked' : ''}${f.disabled ? ' disabled' : ''}>${f.label}</fluent-switch></div>`; }
  button(s, tone = 'plain', more = {}) { return `<fluent-button appearance="${{ primary: 'accent', danger: 'neutral', plain: more.small ? 'neutral' : 'outline' }[tone]}"${more.disabled ? ' disabled' : ''}>${esc(s)}</fluent-button>`; }
  iconButton(name, s) { return `<fluent-button appearance="stealth" aria-label="${s}">${icon(name)}</fluent-button>`; }
  badge(s) { return `<fluent-badge appearance="accent">${s}</fluent-badge>`; }
  card(title, inner) { return `<fluent-card>${title ? `<h3 style="margin:0 0 8px">${title}</h3>` : ''}${inner}</fluent-card>`; }
  link(s) { return `<fluent-anchor appearance="hypertext" href="#">${esc(s)}</fluent-anchor>`; }
  tabs(list, at) { return `<fluent-tabs activeid="t${at}">${list.map((s, i) => `<fluent-tab id="t${i}">${s}</fluent-tab>`).join('')}${list.map((s, i) => `<fluent-tab-panel id="t${i}p"></fluent-tab-panel>`).join('')}</fluent-tabs>`; }
  crumbs(list) { return `<fluent-breadcrumb style="display:block;margin-bottom:8px">${list.map((s, i) => `<fluent-breadcrumb-item${i < list.length - 1 ? ' href="#"' : ''}>${s}</fluent-breadcrumb-item>`).join('')}</fluent-breadcrumb>`; }
  menu(label, items) { return `<div class="hl-anchor"><fluent-button appearance="outline" aria-haspopup="menu" aria-expanded="true">${label}</fluent-button><fluent-menu class="hl-menu">${items.map(s => `<fluent-menu-item>${s}</fluent-menu-item>`).join('')}</fluent-menu></div>`; }
}
export default [new Shoelace(), new MaterialWeb(), new Fluent()];
