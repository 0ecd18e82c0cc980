import { Plain, esc, id, icon } from '../base.mjs';

// Built on Bootstrap, with controls and colours of its own.
class Tabler extends Plain {
  name = 'tabler'; css = ['@tabler/core/dist/css/tabler.min.css']; themes = ['light', 'dark']; labels = ['above', 'left', 'placeholder', 'floating'];
  c = { link: '', label: 'form-label', legend: 'form-label', hint: 'form-hint', input: 'form-control', select: 'form-select', textarea: 'form-control', range: 'form-range', file: 'form-control', button: 'btn', 'button-primary': 'btn-primary', 'button-danger': 'btn-danger', small: 'btn-sm', iconButton: 'btn-icon', badge: 'badge', 'badge-success': 'bg-green-lt', 'badge-danger': 'bg-red-lt', 'badge-info': 'bg-blue-lt', alert: 'alert', 'alert-info': 'alert-info', table: 'table table-vcenter card-table', crumbs: 'breadcrumb', crumb: 'breadcrumb-item', pages: 'pagination', page: 'page-item', pageActive: 'active', pageLink: 'page-link', invalid: 'is-invalid', side: 'nav nav-pills flex-column', sideItem: 'nav-item', sideLink: 'nav-link', sideActive: 'active' };
  dark() { return ' data-bs-theme="dark"'; }
  head() { return '<style>.hl-crumbs{gap:0}.hl-anchor>.hl-menu{padding:4px 0}.card{margin-bottom:12px}</style>'; }
  floating(f) { return /^(text|email|password|tel|number)$/.test(f.kind) ? `<div class="hl-field form-floating">${this.control({ ...f, placeholder: f.label })}<label for="${f.id}">${f.label}</label></div>` : this.wrap(this.label(f), this.control(f), f); }
  label(f) { return `<label for="${f.id}" class="form-label${f.required ? ' required' : ''}">${esc(f.label)}</label>`; }
  check(f, kind = '') { return `<label class="form-check ${kind}"><input class="form-check-input" type="checkbox"${kind ? ' role="switch"' : ''}${this.choice({ ...f, id: undefined })}>${f.hidden ? '' : `<span class="form-check-label">${esc(f.label)}</span>`}</label>`; }
  radio(f) { return `<label class="form-check"><input class="form-check-input" type="radio" name="${f.group}"${this.choice({ ...f, id: undefined })}><span class="form-check-label">${esc(f.label)}</span></label>`; }
  radios(legend, list, inline) {
    if (!inline) return super.radios(legend, list, inline);
    const group = id();                                    // pills: the radio is the whole box
    return `<fieldset><legend class="form-label">${esc(legend)}</legend><div class="form-selectgroup">${list.map(f => `<label class="form-selectgroup-item"><input type="radio" name="${group}" class="form-selectgroup-input"${this.choice(f)}><span class="form-selectgroup-label">${esc(f.label)}</span></label>`).join('')}</div></fieldset>`;
  }
  part = `e => e.matches('.form-selectgroup-input') ? { node: e.nextElementSibling } : null`;
  toggle(f) { return this.check(f, 'form-switch'); }
  card(title, inner) { return `<div class="card">${title ? `<div class="card-header"><h3 class="card-title">${title}</h3></div>` : ''}<div class="card-body">${inner}</div></div>`; }
  tabs(list, at) { return `<ul class="nav nav-tabs" role="tablist" style="margin-bottom:16px">${list.map((s, i) => `<li class="nav-item" role="presentation"><a href="#" class="nav-link${i === at ? ' active' : ''}" role="tab" aria-selected="${i === at}">${s}</a></li>`).join('')}</ul>`; }
  navbar(n) { return `<header class="navbar navbar-expand-md"><div class="container-xl"><span class="navbar-brand">${n.brand}</span><ul class="navbar-nav">${n.links.map((s, i) => `<li class="nav-item${i === n.at ? ' active' : ''}"><a class="nav-link" href="#"><span class="nav-link-title">${s}</span></a></li>`).join('')}</ul><span class="hl-push"></span>${n.right || ''}</div></header>`; }
  menu(label, items) { return `<div class="dropdown"><button type="button" class="btn dropdown-toggle show" aria-haspopup="menu" aria-expanded="true">${label}</button><div class="dropdown-menu dropdown-menu-end show" role="menu" style="right:0;top:100%">${items.map(s => `<a class="dropdown-item" role="menuitem" href="#">${s}</a>`).join('')}</div></div>`; }
  dialog(title, inner, foot) { return `<div class="modal modal-blur show" style="display:block;background:rgba(24,36,51,.5)"><div class="modal-dialog modal-dialog-centered" role="dialog" aria-modal="true" aria-label="${title}" style="transform:none"><div class="modal-content"><div class="modal-header"><h5 class="modal-title">${title}</h5><button type="button" class="btn-close" aria-label="Close"></button></div><div class="modal-body">${inner}</div><div class="modal-footer">${foot}</div></div></div></div>`; }
  region = '.modal-content';
}
export default [new Tabler()];
