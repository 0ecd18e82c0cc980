// Frameworks that style plain HTML, or nearly so.
import { Plain } from '../base.mjs';

const surface = (paper, line) => `<style>.hl-menu{background:${paper};border:1px solid ${line};padding:6px 0;box-shadow:0 4px 12px rgba(0,0,0,.2)}.hl-menu li{margin:0}.hl-menu a{display:block;padding:6px 16px}.hl-dialog{background:${paper};border-radius:6px;padding:20px}.hl-bar{border-bottom:1px solid ${line}}</style>`;

class Water extends Plain {
  name = 'water'; css = ['water.css/out/water.css']; themes = ['light', 'dark'];
  head(o) { return surface(o.theme === 'dark' ? '#202b38' : '#fff', '#8886') + '<style>body{max-width:none;padding:0;margin:0}input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%}</style>'; }
}
class Mvp extends Plain {
  name = 'mvp'; css = ['mvp.css/mvp.css']; themes = ['light', 'dark'];
  dark() { return ' color-mode="user"'; }
  head(o) { return surface(o.theme === 'dark' ? '#333' : '#fff', '#8886') + '<style>input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%;box-sizing:border-box}.hl-bar{justify-content:flex-start;margin:0}fieldset{border:0;padding:0}form{width:100%}section{display:block}aside{width:auto;border:0;box-shadow:none;padding:0}table{width:100%}main{padding-top:10px}</style>'; }
}
class Milligram extends Plain {
  name = 'milligram'; css = ['milligram/dist/milligram.min.css'];
  c = { 'button-plain': 'button-outline', 'button-quiet': 'button-clear', iconButton: 'button-clear' };
  head() { return surface('#fff', '#e1e1e1') + '<style>.hl-bar{margin:0}fieldset{padding:0}.hl-field label{display:block}input[type=checkbox]+label,input[type=radio]+label{display:inline-block;margin:0 0 0 6px}.hl-acts button{margin:0;padding:0 14px;height:30px;line-height:28px}.hl-buttons button{margin:0}</style>'; }
  size(px) { return `html{font-size:${px * .625}px}`; }
}
class Picnic extends Plain {
  name = 'picnic'; css = ['picnic/picnic.min.css'];
  c = { 'button-plain': 'pseudo', 'button-danger': 'error', badge: 'label', 'badge-success': 'success', 'badge-danger': 'error', 'badge-info': 'warning', small: 'small', checkLabel: 'checkable', card: 'card', table: 'primary' };
  part = `e => /checkbox|radio/.test(e.type) && e.nextElementSibling && e.nextElementSibling.matches('.checkable,.toggle') ? { node: e.nextElementSibling, pseudo: 'before' } : null`;
  check(f) { return f.hidden ? `<label>${super.check({ ...f, hidden: false, label: '' }).replace('<input', '<input aria-label="' + f.label + '"')}</label>` : super.check(f); }
  head() { return surface('#fff', '#ddd') + '<style>.hl-bar{position:static}fieldset{border:0;padding:0}.card{padding:12px 16px;overflow:visible}.hl-bar nav{position:static;height:auto;box-shadow:none;background:none}nav{position:static;height:auto;box-shadow:none;background:none}.hl-main{padding-top:18px}</style>'; }
}
class Ninety8 extends Plain {
  name = '98css'; css = ['98.css/dist/98.css'];
  size() { return 'body{font-size:13px}'; }
  fonts = false;
  c = { check: 'field-row' };
  head() { return '<style>body{background:#c0c0c0}.hl-menu{background:silver;box-shadow:inset -1px -1px #0a0a0a,inset 1px 1px #dfdfdf,inset -2px -2px grey,inset 2px 2px #fff;padding:3px}.hl-menu li{margin:0}.hl-menu a{display:block;padding:4px 16px;color:#000;text-decoration:none}.hl-dialog .window-body{padding:8px}input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%}.hl-field label{display:block;margin-bottom:4px}table{width:100%}.hl-bar{border-bottom:1px solid gray}</style>'; }
  tabs(list, at) { return `<menu role="tablist">${list.map((s, i) => `<li role="tab" aria-selected="${i === at}"><a href="#" tabindex="-1" role="presentation">${s}</a></li>`).join('')}</menu>`; }
  part = `(e, role) => (e.type === 'checkbox' || e.type === 'radio') && e.nextElementSibling && e.nextElementSibling.tagName === 'LABEL' ? { node: e.nextElementSibling, pseudo: 'before' } : null`;
  check(f) { return f.hidden ? `<div class="field-row">${super.check({ ...f, hidden: false, label: '' }).replace('<input', '<input aria-label="' + f.label + '"')}</div>` : super.check(f); }
  card(title, inner) { return title ? `<fieldset><legend>${title}</legend>${inner}</fieldset>` : `<div class="window" style="padding:10px">${inner}</div>`; }
  dialog(title, inner, foot) { return `<div class="hl-shade"><div role="dialog" aria-modal="true" aria-label="${title}" class="window hl-dialog"><div class="title-bar"><div class="title-bar-text">${title}</div><div class="title-bar-controls"><button aria-label="Minimize"></button><button aria-label="Close"></button></div></div><div class="window-body">${inner}${foot}</div></div></div>`; }
}
class Chota extends Plain {
  name = 'chota'; css = ['chota/dist/chota.min.css']; themes = ['light', 'dark'];
  c = { button: 'button', 'button-primary': 'primary', 'button-plain': 'outline', 'button-danger': 'error', 'button-quiet': 'clear', iconButton: 'icon-only', card: 'card', badge: 'tag is-small', navbar: 'nav', tabs: 'tabs', tabActive: 'active', table: 'striped', checkbox: '', menu: 'card' };
  dark() { return ''; }
  body(o) { return o.theme === 'dark' ? ' class="dark" style="--bg-color:#0f0f0f;--bg-secondary-color:#131316;--font-color:#f5f5f5;--color-grey:#ccc;--color-darkGrey:#777"' : ''; }
  tabs(list, at) { return `<nav class="tabs" role="tablist" style="margin-bottom:14px">${list.map((s, i) => `<a href="#" role="tab" aria-selected="${i === at}"${i === at ? ' class="active"' : ''}>${s}</a>`).join('')}</nav>`; }
  size(px) { return `html{font-size:${px * .625}px}`; }
  head(o) { return surface(o.theme === 'dark' ? '#131316' : '#fff', '#8886') + '<style>.hl-bar{display:flex!important;align-items:center}.hl-anchor .hl-menu{padding:6px 0}fieldset{padding:8px 12px}</style>'; }
}
class Xp extends Ninety8 {
  name = 'xpcss'; css = ['xp.css/dist/XP.css'];
  head(o) { return super.head(o).replaceAll('#c0c0c0', '#ece9d8').replaceAll('silver', '#ece9d8'); }
}
class Pure extends Plain {
  name = 'pure'; css = ['purecss/build/pure-min.css'];
  c = { button: 'pure-button', 'button-primary': 'pure-button-primary', table: 'pure-table pure-table-horizontal', menu: 'pure-menu-list', menuLi: 'pure-menu-item', menuItem: 'pure-menu-link', side: 'pure-menu-list', sideItem: 'pure-menu-item', sideItemActive: 'pure-menu-selected', sideLink: 'pure-menu-link', hint: 'pure-form-message' };
  head() { return surface('#fff', '#ccc') + '<style>body{margin:0;font-family:sans-serif}fieldset{width:100%}.pure-form input[type=text],.pure-form input:not([type=checkbox]):not([type=radio]),.pure-form select,.pure-form textarea{width:100%}.pure-form table label{margin:0}.pure-form .hl-stack label,.pure-form .hl-inline label,.pure-form .hl-main>div>label{display:inline;margin:0}section{border:1px solid #ddd;padding:6px 14px}table{width:100%}.pure-form fieldset{padding:0 0 10px}</style>'; }
  page(parts) { return `<div class="pure-form pure-form-stacked">${parts.join('')}</div>`; }
}
export default [new Xp(), new Pure(), new Water(), new Mvp(), new Milligram(), new Picnic(), new Ninety8(), new Chota()];
