import { Plain, esc, id } from '../base.mjs';

class Beercss extends Plain {
  name = 'beercss'; css = ['beercss/dist/cdn/beer.min.css']; themes = ['light', 'dark']; labels = ['floating', 'left', 'placeholder'];
  part = `(e, role) => e.nextElementSibling && e.nextElementSibling.tagName === 'SPAN' && e.closest('.checkbox,.radio') ? { node: e.nextElementSibling, pseudo: 'before' } : e.closest('.switch') ? { node: e.closest('.switch'), label: e.closest('.bc-row') } : role === 'slider' ? { node: e.closest('.slider') } : /^(textbox|combobox|spinbutton)$/.test(role) && e.closest('.field') ? { node: e.closest('.field') } : null`;
  c = { button: '', 'button-plain': 'border', 'button-danger': 'error', small: 'small', iconButton: 'circle transparent', badge: 'chip small', table: 'stripes' };
  body(o) { return ` class="${o.theme}"`; }
  size(px) { return `html{font-size:${px}px}`; }
  head() { return '<style>.hl-anchor>.hl-menu{background:var(--surface-container);padding:8px 0}.hl-menu a{display:block;padding:8px 16px}.hl-shade dialog{position:static;transform:none;opacity:1;visibility:visible;width:560px;max-inline-size:none}fieldset{border:0;padding:0;margin:0 0 10px}legend{float:none;position:static}main{block-size:auto!important}.hl-bar{background:var(--surface-container)}.hl-bar nav{margin:0;padding:0;min-block-size:0}.field.border{margin:6px 0}.hl-side-main nav{display:block}.hl-side a{display:block;padding:6px 0}</style>'; }
  navbar(n) { return super.navbar(n).replace('<header', '<div').replace('</header>', '</div>'); }
  box(f, kind, label) { return `<div class="field${label ? ' label' : ''} ${kind}${f.invalid ? ' invalid' : ''}${f.kind === 'textarea' ? ' textarea' : ''}">${this.control(f)}${label ? `<label for="${f.id}">${esc(f.label)}${f.required ? ' *' : ''}</label>` : ''}${f.hint ? `<span class="helper">${f.hint}</span>` : ''}</div>`; }
  wrap(label, control, f) { return /^(range|file)$/.test(f.kind) ? `<div class="hl-field">${label}${control}</div>` : this.box(f, 'border', false); }
  left(label, control, f) { return f.kind === 'range' ? `<div class="hl-left">${label}<div>${control}</div></div>` : `<div class="hl-left">${label}${this.box(f, 'border', false)}</div>`; }
  floating(f) { return f.kind === 'range' || f.kind === 'file' ? this.wrap(this.label(f), this.control(f), f) : this.box({ placeholder: ' ', ...f }, f.id.length % 2 ? 'border' : 'fill', true); }
  slider(f) { return `<label class="slider"><input type="range" aria-label="${f.label}" value="${f.value}" min="0" max="100"${f.disabled ? ' disabled' : ''} style="--_start:0%;--_end:${100 - f.value}%"><span style="--_start:0%;--_end:${100 - f.value}%"></span></label>`; }
  check(f) { return `<p style="margin:4px 0"><label class="checkbox"><input type="checkbox"${this.choice({ ...f, id: undefined })}><span>${f.hidden ? '' : esc(f.label)}</span></label></p>`; }
  radio(f) { return `<label class="radio"><input type="radio" name="${f.group}"${this.choice({ ...f, id: undefined })}><span>${esc(f.label)}</span></label>`; }
  toggle(f) { return `<div class="bc-row" style="display:flex;gap:12px;align-items:center"><label class="switch"><input type="checkbox" role="switch" aria-label="${f.label}"${this.choice({ ...f, id: undefined })}><span></span></label><span>${f.label}</span></div>`; }
  card(title, inner) { return `<article style="margin-bottom:12px">${title ? `<h6>${title}</h6>` : ''}${inner}</article>`; }
  heading(level, s) { return `<h${level + 2}>${esc(s)}</h${level + 2}>`; }
  tabs(list, at) { return `<div class="tabs left-align" role="tablist" style="margin-bottom:14px">${list.map((s, i) => `<a role="tab" href="#" aria-selected="${i === at}"${i === at ? ' class="active"' : ''}>${s}</a>`).join('')}</div>`; }
  dialog(title, inner, foot) { return `<div class="hl-shade"><dialog class="active" open role="dialog" aria-label="${title}"><h5>${title}</h5>${inner}${foot}</dialog></div>`; }
  region = 'dialog';
}
export default [new Beercss()];
