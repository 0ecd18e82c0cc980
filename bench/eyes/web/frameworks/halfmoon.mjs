import { Plain, esc, id } from '../base.mjs';

class Halfmoon extends Plain {
  name = 'halfmoon'; css = ['halfmoon/css/halfmoon-variables.min.css']; themes = ['light', 'dark'];
  c = { field: 'form-group', input: 'form-control', select: 'form-control', textarea: 'form-control', button: 'btn', 'button-primary': 'btn-primary', 'button-danger': 'btn-danger', small: 'btn-sm', iconButton: 'btn-square', badge: 'badge', 'badge-success': 'badge-success', 'badge-danger': 'badge-danger', 'badge-info': 'badge-primary', hint: 'form-text', alert: 'alert', 'alert-info': 'alert-primary', table: 'table table-hover', crumbs: 'breadcrumb', crumb: 'breadcrumb-item', pages: 'pagination', page: 'page-item', pageActive: 'active', pageLink: 'page-link', invalid: 'is-invalid', link: 'hyperlink', side: 'sidebar-menu', sideLink: 'sidebar-link', sideActive: 'active' };
  part = `(e, role) => e.parentElement.matches('.custom-checkbox,.custom-radio,.custom-switch') ? { node: e.nextElementSibling, pseudo: 'before', label: e.nextElementSibling } : null`;
  body(o) { return ` class="${o.theme === 'dark' ? 'dark-mode' : ''}"`; }
  size(px) { return `html{font-size:${px * .625}px}`; }
  head() { return '<style>.hl-menu{background:var(--lm-card-bg-color,#fff);border:1px solid #8885;padding:6px 0}body.dark-mode .hl-menu{background:#25282c}.hl-menu a{display:block;padding:6px 14px}.hl-dialog{background:#fff;padding:20px;border-radius:4px}body.dark-mode .hl-dialog{background:#25282c}.card{margin:0 0 12px;padding:16px}.hl-bar{border-bottom:1px solid #8885}.hl-crumbs,.hl-pages{gap:0}.hl-field.form-group{margin-bottom:10px}.hl-side a{display:block;padding:5px 10px}fieldset{border:0;padding:0;margin:0 0 12px}.custom-checkbox,.custom-radio,.custom-switch{margin:4px 0}html,body{overflow:auto;position:static}</style>'; }
  check(f, kind = 'checkbox') { const i = id(); return `<div class="custom-${kind}"><input type="${kind === 'radio' ? 'radio' : 'checkbox'}" id="${i}"${kind === 'switch' ? ' role="switch"' : ''}${f.group ? ` name="${f.group}"` : ''}${this.choice({ ...f, id: undefined })}><label for="${i}"${f.hidden ? ' class="blank"' : ''}>${f.hidden ? '' : esc(f.label)}</label></div>`; }
  radio(f) { return this.check(f, 'radio'); }
  toggle(f) { return this.check(f, 'switch'); }
  card(title, inner) { return `<div class="card">${title ? `<h2 class="card-title">${title}</h2>` : ''}${inner}</div>`; }
}
export default [new Halfmoon()];
