import { Plain, esc, id } from '../base.mjs';

class Papercss extends Plain {
  name = 'papercss'; css = ['papercss/dist/paper.min.css']; themes = ['light', 'dark'];
  c = { field: 'form-group', input: 'input-block', select: 'input-block', textarea: 'input-block', range: 'input-block', 'button-primary': 'btn-primary', 'button-danger': 'btn-danger', small: 'btn-small', button: 'paper-btn', badge: 'badge', 'badge-success': 'success', 'badge-danger': 'danger', 'badge-info': 'secondary', alert: 'alert', 'alert-info': 'alert-primary', table: 'table-hover', crumbs: 'breadcrumb' };
  part = `(e, role) => e.parentElement.matches('.paper-check,.paper-radio') ? { node: e.nextElementSibling, pseudo: 'before', label: e.nextElementSibling } : e.parentElement.matches('.paper-switch') ? { node: e.nextElementSibling, label: e.parentElement.parentElement.querySelector('.paper-switch-label') } : null`;
  dark() { return ' class="dark"'; }
  head(o) { return `<style>html.dark body{background:#41403e}.hl-menu{background:${o.theme === 'dark' ? '#41403e' : '#fff'};border:2px solid;padding:6px 0}.hl-menu li::before{content:none!important}.hl-menu li{text-indent:0;padding:4px 14px}.hl-dialog{background:#fff;padding:20px;border:2px solid #41403e}.hl-side li::before,.hl-pages li::before{content:none!important}.hl-side li,.hl-pages li{text-indent:0}.hl-side li{margin:4px 0}html.dark .hl-dialog{background:#41403e}.pc-card{margin-bottom:14px}select{width:100%}fieldset{border:0;padding:0;margin:0 0 10px}</style>`; }
  check(f, kind = 'check') { return `<div class="form-group" style="margin:0"><label class="paper-${kind}"><input type="${kind === 'radio' ? 'radio' : 'checkbox'}"${f.group ? ` name="${f.group}"` : ''}${this.choice({ ...f, id: undefined })}> <span>${f.hidden ? '&nbsp;' : esc(f.label)}</span></label></div>`; }
  radio(f) { return this.check(f, 'radio'); }
  toggle(f) { const i = id(); return `<fieldset class="form-group" style="display:flex;gap:8px;align-items:center;margin:0"><label class="paper-switch"><input id="${i}" type="checkbox" role="switch" aria-label="${f.label}"${this.choice({ ...f, id: undefined })}><span class="paper-switch-slider round"></span></label><label for="${i}" class="paper-switch-label">${f.label}</label></fieldset>`; }
  card(title, inner) { return `<div class="card pc-card" style="width:auto"><div class="card-body">${title ? `<h4 class="card-title">${title}</h4>` : ''}${inner}</div></div>`; }
  tabs(list, at) { return `<div class="row flex-left tabs" role="tablist" style="margin:0 0 16px">${list.map((s, i) => `<label role="tab" aria-selected="${i === at}" tabindex="0" style="padding:8px 14px;border-bottom:3px solid ${i === at ? '#41403e' : 'transparent'}">${s}</label>`).join('')}</div>`; }
  navbar(n) { return `<nav class="border"><div class="nav-brand"><h4 style="margin:8px">${n.brand}</h4></div><div class="hl-bar" style="flex:1"><ul class="inline" style="display:flex;gap:16px">${n.links.map(s => `<li><a href="#">${s}</a></li>`).join('')}</ul><span class="hl-push"></span>${n.right || ''}</div></nav>`; }
}
export default [new Papercss()];
