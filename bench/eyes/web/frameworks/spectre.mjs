import { Plain, esc, icon } from '../base.mjs';

class Spectre extends Plain {
  name = 'spectre'; css = ['spectre.css/dist/spectre.min.css', 'spectre.css/dist/spectre-exp.min.css', 'spectre.css/dist/spectre-icons.min.css'];
  c = { field: 'form-group', input: 'form-input', select: 'form-select', textarea: 'form-input', range: 'slider', file: 'form-input', label: 'form-label', legend: 'form-label', hint: 'form-input-hint', button: 'btn', 'button-primary': 'btn-primary', 'button-danger': 'btn-error', small: 'btn-sm', iconButton: 'btn-action', badge: 'label', 'badge-success': 'label-success', 'badge-danger': 'label-error', 'badge-info': 'label-primary', alert: 'toast', 'alert-info': 'toast-primary', table: 'table table-striped', side: 'nav', sideItem: 'nav-item', sideItemActive: 'active', crumbs: 'breadcrumb', crumb: 'breadcrumb-item', pages: 'pagination', page: 'page-item', pageActive: 'active', menu: 'menu', menuLi: 'menu-item', invalid: 'is-error' };
  part = `(e, role) => e.parentElement.matches('.form-checkbox,.form-radio,.form-switch') ? { node: e.parentElement.querySelector('.form-icon') } : null`;
  size(px) { return `html{font-size:${px * 1.25}px}`; }
  head() { return '<style>.hl-bar{border-bottom:1px solid #dadee4}.hl-field .form-label{display:block}.hl-anchor>.hl-menu{padding:8px}</style>'; }
  check(f, kind = 'checkbox') { return `<label class="form-${kind}"><input type="${kind === 'radio' ? 'radio' : 'checkbox'}"${kind === 'switch' ? ' role="switch"' : ''}${f.group ? ` name="${f.group}"` : ''}${this.choice({ ...f, id: undefined })}><i class="form-icon"></i>${f.hidden ? '' : ' ' + esc(f.label)}</label>`; }
  radio(f) { return this.check(f, 'radio'); }
  toggle(f) { return this.check(f, 'switch'); }
  card(title, inner) { return `<div class="card" style="margin-bottom:12px">${title ? `<div class="card-header"><div class="card-title h5">${title}</div></div>` : ''}<div class="card-body">${inner}</div></div>`; }
  tabs(list, at) { return `<ul class="tab" role="tablist">${list.map((s, i) => `<li class="tab-item${i === at ? ' active' : ''}" role="none"><a href="#" role="tab" aria-selected="${i === at}">${s}</a></li>`).join('')}</ul>`; }
  navbar(n) { return `<header class="navbar" style="padding:8px 20px"><section class="navbar-section"><a class="navbar-brand text-bold mr-2">${n.brand}</a>${n.links.map(s => `<a href="#" class="btn btn-link">${s}</a>`).join('')}</section><section class="navbar-section">${n.right || ''}</section></header>`; }
  dialog(title, inner, foot) { return `<div class="modal active"><span class="modal-overlay"></span><div class="modal-container" role="dialog" aria-modal="true" aria-label="${title}"><div class="modal-header"><a href="#" class="btn btn-clear float-right" role="button" aria-label="Close"></a><div class="modal-title h5">${title}</div></div><div class="modal-body"><div class="content">${inner}</div></div><div class="modal-footer">${foot}</div></div></div>`; }
}
export default [new Spectre()];
