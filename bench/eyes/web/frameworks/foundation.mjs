import { Plain, id, icon } from '../base.mjs';

class Foundation extends Plain {
  name = 'foundation'; css = ['foundation-sites/dist/css/foundation.min.css'];
  c = { button: 'button', 'button-primary': 'primary', 'button-plain': 'hollow secondary', 'button-danger': 'alert', small: 'small', badge: 'label', 'badge-success': 'success', 'badge-danger': 'alert', 'badge-info': 'primary', 'badge-plain': 'secondary', hint: 'help-text', fieldset: 'fieldset', alert: 'callout', 'alert-info': 'primary', side: 'vertical menu', sideItemActive: 'is-active', crumbs: 'breadcrumbs', pages: 'pagination', pageActive: 'current', table: 'hover', menu: 'vertical menu', invalid: 'is-invalid-input', nav: '' };
  part = `(e, role) => e.matches('.switch-input') ? { node: e.nextElementSibling, label: e.closest('.fd-switch').querySelector('.fd-text') } : role === 'slider' ? { node: e.closest('.slider') || e, knob: e } : null`;
  size(px) { return `html{font-size:${px}px}`; }
  head() { return '<style>.hl-menu{background:#fff;border:1px solid #cacaca}.hl-dialog{display:block;position:static;min-height:0;margin:0;top:0}.fd-switch{display:flex;gap:10px;align-items:center}.fd-switch .switch{margin:0}.hl-buttons .button,.hl-acts .button{margin:0}.hl-tabs{display:flow-root;gap:0}</style>'; }
  card(title, inner) { return `<div class="card">${title ? `<div class="card-divider">${title}</div>` : ''}<div class="card-section">${inner}</div></div>`; }
  toggle(f) { const i = id(); return `<div class="fd-switch"><div class="switch small"><input class="switch-input" id="${i}" type="checkbox" role="switch" aria-label="${f.label}"${this.choice({ ...f, id: undefined })}><label class="switch-paddle" for="${i}"></label></div><span class="fd-text">${f.label}</span></div>`; }
  slider(f) { return `<div class="slider${f.disabled ? ' disabled' : ''}"><span class="slider-handle" tabindex="0" role="slider" aria-label="${f.label}" aria-valuenow="${f.value}" aria-valuemin="0" aria-valuemax="100"${f.disabled ? ' aria-disabled="true"' : ''} style="left:calc(${f.value}% - 11px)"></span><span class="slider-fill" style="width:${f.value}%"></span></div>`; }
  tabs(list, at) { return `<ul class="tabs" role="tablist" style="margin-bottom:16px">${list.map((s, i) => `<li class="tabs-title${i === at ? ' is-active' : ''}" role="none"><a href="#" role="tab" aria-selected="${i === at}">${s}</a></li>`).join('')}</ul>`; }
  navbar(n) { return `<div class="top-bar"><div class="top-bar-left"><ul class="menu"><li class="menu-text">${n.brand}</li>${n.links.map((s, i) => `<li${i === n.at ? ' class="is-active"' : ''}><a href="#">${s}</a></li>`).join('')}</ul></div><div class="top-bar-right" style="display:flex;gap:8px;align-items:center">${(n.right || '').replace(/class="button/g, 'style="margin:0" class="button')}</div></div>`; }
  dialog(title, inner, foot) { return `<div class="reveal-overlay" style="display:block"><div class="reveal" role="dialog" aria-modal="true" aria-label="${title}" style="display:block;min-height:0"><h3>${title}</h3><button class="close-button" aria-label="Close" type="button"><span aria-hidden="true">&times;</span></button>${inner}${foot}</div></div>`; }
  progress(v) { return `<div class="progress"><div class="progress-meter" style="width:${v}%"></div></div>`; }
}
export default [new Foundation()];
