// Frameworks of React components: each piece of the page becomes <ui-NAME p="properties as JSON">, and a short script in the
// page says which component that is.
import { Plain, esc, id, icon } from '../base.mjs';

const ui = (name, props, inner = '') => `<ui-${name} p="${esc(JSON.stringify(props))}">${inner}</ui-${name}>`;
const WALK = `const h = React.createElement, F = React.Fragment, kids = n => [...n.childNodes].map(build);
  function style(s) { const o = {}; for (const d of s.split(';')) { const i = d.indexOf(':'); if (i > 0) { const k = d.slice(0, i).trim(); o[k.startsWith('--') ? k : k.replace(/-(.)/g, (_, c) => c.toUpperCase())] = d.slice(i + 1).trim(); } } return o; }
  function build(n, key) {
    if (n.nodeType === 3) return n.data; if (n.nodeType !== 1) return null;
    const tag = n.localName; if (tag.startsWith('ui-')) return h(ui[tag.slice(3)], { key, ...JSON.parse(n.getAttribute('p')) }, ...kids(n));
    const p = { key }; for (const a of n.attributes) p[{ class: 'className', for: 'htmlFor' }[a.name] || a.name.replace(/^(stroke|fill)-(.)/, (_, x, y) => x + y.toUpperCase())] = a.name === 'style' ? style(a.value) : a.value;
    return /^(br|hr|img|input)$/.test(tag) ? h(tag, p) : h(tag, p, ...kids(n));
  }
  const parsed = document.createElement('template'); parsed.innerHTML = document.getElementById('source').textContent;`;

class ReactUi extends Plain {
  mount = 'react'; themes = ['light', 'dark'];
  ready = `document.getElementById('app').children.length > 0`;
  components = ''; around = 'x => x';
  script(o) { return `<script>const DARK = ${o.theme === 'dark'}, LOOK = ${o.page.length}; ${this.components} ${WALK} ReactDOM.createRoot(document.getElementById('app')).render((${this.around})(h(F, null, ...[...parsed.content.childNodes].map(build))));</script>`; }
  control(f) { return ui('field', f); }
  check(f) { return ui('check', f); }
  radios(legend, list, inline) { return ui('radios', { legend, list, inline }); }
  toggle(f) { return ui('toggle', f); }
  bareCheck(f) { return ui('check', { ...f, hidden: true }); }
  button(s, tone = 'plain', more = {}) { return ui('button', { text: s, tone, ...more }); }
  iconButton(name, s) { return ui('iconbutton', { text: s }, icon(name)); }
  badge(s, tone) { return ui('badge', { text: s, tone }); }
  alert(s) { return ui('alert', { text: s }); }
  link(s) { return ui('link', { text: s }); }
  card(title, inner) { return ui('card', { title }, inner); }
  navbar(n) { return ui('navbar', { brand: n.brand, links: n.links, at: n.at }, n.right || ''); }
  tabs(list, at) { return ui('tabs', { list, at }); }
  sidemenu(list, at) { return ui('side', { list, at }); }
  crumbs(list) { return ui('crumbs', { list }); }
  pagination(n, at) { return ui('pages', { n, at }); }
  menu(label, items) { return ui('menu', { label, items }); }
  dialog(title, inner, foot) { return ui('dialog', { title }, `${inner}${foot}`); }
}

class Antd extends ReactUi {
  name = 'antd'; css = ['antd/dist/reset.css']; js = ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js', 'dayjs/dayjs.min.js', 'antd/dist/antd.min.js'];
  labels = ['above', 'left', 'placeholder'];
  around = `x => React.createElement(antd.ConfigProvider, { theme: { algorithm: [DARK ? antd.theme.darkAlgorithm : antd.theme.defaultAlgorithm, ...(LOOK % 3 === 0 ? [antd.theme.compactAlgorithm] : [])], token: { motion: false } } }, React.createElement(antd.App, null, x))`;
  part = `(e, role) => { const q = (a, b) => { const n = e.closest(a); return n && b ? n.querySelector(b) : n; };
    if (q('.ant-checkbox')) return { node: q('.ant-checkbox', '.ant-checkbox-inner'), label: q('.ant-checkbox-wrapper') };
    if (q('.ant-radio')) return { node: q('.ant-radio', '.ant-radio-inner'), label: q('.ant-radio-wrapper') };
    if (e.type === 'radio') return { node: q('.ant-radio-button-wrapper') };
    if (role === 'switch') return { node: e, label: e.closest('.an-row') };
    if (role === 'slider') return { node: q('.ant-slider') };
    if (q('.ant-input-number')) return { node: q('.ant-input-number') };
    if (q('.ant-select') && role === 'combobox') return { node: q('.ant-select', '.ant-select-selector') };
    if (q('.ant-picker')) return { node: q('.ant-picker') };
    if (q('.ant-input-affix-wrapper') && role === 'textbox') return { node: q('.ant-input-affix-wrapper') }; return null; }`;
  head(o) { return `<style>body{margin:0;background:${o.theme === 'dark' ? '#141414' : '#fff'}}fieldset{border:0;padding:0;margin:0 0 10px;min-width:0}legend{font-size:14px;border:0;margin-bottom:4px;color:inherit}.ant-app{min-height:100vh}.an-t{width:100%}.an-t td,.an-t th{border-bottom:1px solid #8884;padding:8px;text-align:left}.hl-bar{border-bottom:1px solid #8884}.ant-card{margin-bottom:12px}.hl-field label{display:block;margin-bottom:4px}.hl-field .ant-input-password,.ant-picker{width:100%}</style>`; }
  constructor() { super(); this.c = { table: 'an-t' }; }
  components = `const A = antd, e = React.createElement;
    const ui = {
      field: f => { const c = { id: f.id, placeholder: f.placeholder, disabled: f.disabled, 'aria-label': f.named, status: f.invalid ? 'error' : undefined, autoFocus: f.focus };
        return f.kind === 'select' ? e(A.Select, { ...c, placeholder: undefined, style: { width: '100%' }, defaultValue: f.value, options: f.options.map(value => ({ value })) })
          : f.kind === 'textarea' ? e(A.Input.TextArea, { ...c, rows: f.rows || 3, defaultValue: f.value }) : f.kind === 'range' ? e(A.Slider, { disabled: f.disabled, defaultValue: +f.value, ariaLabelForHandle: f.label })
          : f.kind === 'number' ? e(A.InputNumber, { ...c, style: { width: '100%' }, defaultValue: f.value || undefined }) : f.kind === 'date' ? e(A.DatePicker, { ...c, defaultValue: f.value ? dayjs(f.value) : undefined }) : f.kind === 'time' ? e(A.TimePicker, { ...c, format: 'HH:mm', defaultValue: f.value ? dayjs('2026-01-01T' + f.value) : undefined })
          : f.kind === 'file' ? e(A.Button, {}, 'Choose a file') : f.kind === 'password' ? e(A.Input.Password, { ...c, defaultValue: f.value }) : f.kind === 'search' ? e(A.Input, { ...c, allowClear: true, defaultValue: f.value }) : e(A.Input, { ...c, type: f.kind, defaultValue: f.value }); },
      check: f => e('div', null, e(A.Checkbox, { defaultChecked: f.checked, disabled: f.disabled, 'aria-label': f.hidden ? f.label : undefined }, f.hidden ? null : f.label)),
      radios: f => e('fieldset', null, e('legend', null, f.legend), e(A.Radio.Group, { defaultValue: f.list.findIndex(i => i.checked), optionType: f.inline && LOOK % 2 ? 'button' : 'default', style: f.inline ? {} : { display: 'flex', flexDirection: 'column' }, options: f.list.map((i, value) => ({ label: i.label, value, disabled: i.disabled })) })),
      toggle: f => e('div', { className: 'an-row', style: { display: 'flex', gap: 10, alignItems: 'center' } }, e(A.Switch, { defaultChecked: f.checked, disabled: f.disabled, 'aria-label': f.label }), e('span', null, f.label)),
      button: f => e(A.Button, { type: f.tone === 'primary' ? 'primary' : 'default', danger: f.tone === 'danger', size: f.small ? 'small' : undefined, disabled: f.disabled, autoInsertSpace: false }, f.text),
      iconbutton: f => e(A.Button, { type: 'text', shape: 'circle', 'aria-label': f.text }, f.children), badge: f => e(A.Tag, { color: { success: 'green', danger: 'red', info: 'blue' }[f.tone] }, f.text),
      alert: f => e(A.Alert, { type: 'info', message: f.text, showIcon: true, style: { marginBottom: 12 } }), link: f => e(A.Typography.Link, { href: '#' }, f.text), card: f => e(A.Card, { title: f.title || undefined, size: 'small' }, f.children),
      navbar: f => e('header', { className: 'hl-bar' }, e('strong', null, f.brand), e('nav', null, f.links.map(s => e('a', { href: '#', key: s }, s))), e('span', { className: 'hl-push' }), f.children),
      tabs: f => e(A.Tabs, { defaultActiveKey: '' + f.at, type: f.at % 2 ? 'card' : 'line', items: f.list.map((label, i) => ({ key: '' + i, label })) }), side: f => e(A.Menu, { mode: 'inline', selectedKeys: ['' + f.at], items: f.list.map((label, i) => ({ key: '' + i, label })) }),
      crumbs: f => e(A.Breadcrumb, { style: { marginBottom: 10 }, items: f.list.map((title, i) => ({ title, href: i < f.list.length - 1 ? '#' : undefined })) }), pages: f => e(A.Pagination, { style: { marginTop: 12 }, total: f.n * 10, defaultCurrent: f.at + 1 }),
      menu: f => e(A.Dropdown, { open: true, placement: 'bottomRight', menu: { items: f.items.map((label, i) => ({ key: i, label })) } }, e(A.Button, { 'aria-haspopup': 'menu', 'aria-expanded': true }, f.label)), dialog: f => e(A.Modal, { open: true, title: f.title, footer: null, width: 540 }, f.children),
    };`;
  region = '.ant-modal-content';
}

class Mui extends ReactUi {
  name = 'mui'; css = ['@fontsource/roboto/400.css', '@fontsource/roboto/500.css']; js = ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js', '@mui/material/umd/material-ui.production.min.js'];
  labels = ['floating', 'placeholder', 'above'];
  around = `x => React.createElement(MaterialUI.ThemeProvider, { theme: MaterialUI.createTheme({ palette: { mode: DARK ? 'dark' : 'light', ...(LOOK % 2 ? { primary: { main: '#00796b' } } : {}) }, transitions: { create: () => 'none' } }) }, React.createElement(MaterialUI.CssBaseline), x)`;
  part = `(e, role) => { const q = (a, b) => { const n = e.closest(a); return n && b ? n.querySelector(b) : n; };
    if (q('.MuiSwitch-root')) return { node: q('.MuiSwitch-root', '.MuiSwitch-track'), knob: q('.MuiSwitch-root', '.MuiSwitch-thumb'), label: q('.MuiFormControlLabel-root') };
    if (/checkbox|radio/.test(e.type)) return { node: e.parentElement.querySelector('svg'), label: q('.MuiFormControlLabel-root') };
    if (role === 'slider') return { node: q('.MuiSlider-root'), knob: q('.MuiSlider-thumb') };
    if (/textbox|combobox|spinbutton/.test(role) && q('.MuiInputBase-root')) return { node: q('.MuiInputBase-root') }; return null; }`;
  head() { return '<style>fieldset:not([class]){border:0;padding:0;margin:0 0 10px}h2{margin:6px 0 12px}.hl-field{margin-bottom:14px}.mu-t{width:100%;border-collapse:collapse}.mu-t td,.mu-t th{border-bottom:1px solid #8884;padding:8px;text-align:left}</style>'; }
  constructor() { super(); this.c = { table: 'mu-t' }; }
  floating(f) { return `<div class="hl-field">${this.control({ ...f, lab: f.label })}</div>`; }
  hint() { return ''; }
  components = `const M = MaterialUI, e = React.createElement, LOOKS = ['outlined', 'filled', 'standard'][LOOK % 3];
    const ui = {
      field: f => { if (f.kind === 'range') return e('div', null, f.lab ? e(M.Typography, { variant: 'body2' }, f.lab) : null, e(M.Slider, { defaultValue: +f.value, disabled: f.disabled, 'aria-label': f.label }));
        if (f.kind === 'file') return e(M.Button, { variant: 'outlined' }, f.lab || 'Choose a file');
        const c = { id: f.id, fullWidth: true, size: LOOK % 2 ? 'small' : 'medium', variant: LOOKS, label: f.lab, placeholder: f.placeholder, required: !!(f.lab && f.required), disabled: f.disabled, error: f.invalid, helperText: f.hint || undefined, autoFocus: f.focus, inputProps: { 'aria-label': f.named } };
        return f.kind === 'select' ? e(M.TextField, { ...c, placeholder: undefined, select: true, defaultValue: f.value, inputProps: undefined, SelectProps: { SelectDisplayProps: { 'aria-label': f.lab ? undefined : f.label } } }, f.options.map(s => e(M.MenuItem, { key: s, value: s }, s)))
          : f.kind === 'textarea' ? e(M.TextField, { ...c, multiline: true, rows: f.rows || 3, defaultValue: f.value }) : e(M.TextField, { ...c, type: f.kind, defaultValue: f.value, ...(/date|time/.test(f.kind) ? { InputLabelProps: { shrink: true } } : {}) }); },
      check: f => f.hidden ? e(M.Checkbox, { size: 'small', defaultChecked: f.checked, inputProps: { 'aria-label': f.label } }) : e('div', null, e(M.FormControlLabel, { label: f.label, disabled: f.disabled, control: e(M.Checkbox, { size: LOOK % 2 ? 'small' : 'medium', defaultChecked: f.checked }) })),
      radios: f => e(M.FormControl, { style: { marginBottom: 10 } }, e(M.FormLabel, null, f.legend), e(M.RadioGroup, { row: f.inline, defaultValue: '' + f.list.findIndex(i => i.checked) }, f.list.map((i, k) => e(M.FormControlLabel, { key: k, value: '' + k, label: i.label, disabled: i.disabled, control: e(M.Radio, { size: 'small' }) })))),
      toggle: f => e('div', null, e(M.FormControlLabel, { label: f.label, disabled: f.disabled, control: e(M.Switch, { defaultChecked: f.checked, inputProps: { role: 'switch' } }) })),
      button: f => e(M.Button, { variant: f.tone === 'plain' ? 'outlined' : 'contained', color: f.tone === 'danger' ? 'error' : 'primary', size: f.small ? 'small' : 'medium', disabled: f.disabled }, f.text), iconbutton: f => e(M.IconButton, { 'aria-label': f.text, color: 'inherit' }, f.children),
      badge: f => e(M.Chip, { size: 'small', label: f.text, color: { success: 'success', danger: 'error', info: 'info' }[f.tone] || 'default' }), alert: f => e(M.Alert, { severity: 'info', style: { marginBottom: 12 }, icon: false }, f.text), link: f => e(M.Link, { href: '#' }, f.text),
      card: f => e(M.Card, { style: { marginBottom: 12 }, variant: LOOK % 2 ? 'outlined' : 'elevation' }, e(M.CardContent, null, f.title ? e(M.Typography, { variant: 'h6' }, f.title) : null, f.children)),
      navbar: f => e(M.AppBar, { position: 'static', color: LOOK % 2 ? 'default' : 'primary' }, e(M.Toolbar, { variant: 'dense' }, e(M.Typography, { variant: 'h6', style: { marginRight: 20 } }, f.brand), f.links.map(s => e(M.Button, { key: s, color: 'inherit', href: '#' }, s)), e('span', { className: 'hl-push' }), f.children)),
      tabs: f => e(M.Tabs, { value: f.at, style: { marginBottom: 16 } }, f.list.map(s => e(M.Tab, { key: s, label: s }))), side: f => e(M.List, { dense: LOOK % 2 === 0 }, f.list.map((s, i) => e(M.ListItemButton, { key: s, component: 'a', href: '#', selected: i === f.at }, e(M.ListItemText, { primary: s })))),
      crumbs: f => e(M.Breadcrumbs, { style: { marginBottom: 8 } }, f.list.map((s, i) => i < f.list.length - 1 ? e(M.Link, { key: s, href: '#' }, s) : e(M.Typography, { key: s }, s))), pages: f => e(M.Pagination, { count: f.n, page: f.at + 1, style: { marginTop: 12 }, color: 'primary' }),
      menu: f => { const [at, set] = React.useState(null); return e(React.Fragment, null, e(M.Button, { variant: 'outlined', color: 'inherit', ref: b => b && !at && set(b), 'aria-haspopup': 'menu', 'aria-expanded': true }, f.label), at ? e(M.Popper, { open: true, anchorEl: at, placement: 'bottom-end', style: { zIndex: 1500 } }, e(M.Paper, { elevation: 6 }, e(M.MenuList, null, f.items.map(s => e(M.MenuItem, { key: s }, s))))) : null); },
      dialog: f => e(M.Dialog, { open: true, fullWidth: true, maxWidth: 'sm', transitionDuration: 0 }, e(M.DialogTitle, null, f.title), e(M.DialogContent, null, f.children)),
    };`;
  region = '.MuiDialog-paper';
}
export default [new Antd(), new Mui()];
