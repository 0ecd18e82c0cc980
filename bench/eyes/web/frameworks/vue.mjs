// Frameworks of Vue components: the page is a template that Vue compiles in the browser.
import { Plain, esc, id, icon } from '../base.mjs';

const json = v => esc(JSON.stringify(v));
class Vue extends Plain {
  mount = 'vue'; fonts = true; themes = ['light', 'dark'];
  plugin = '';
  script(o) { return `<script>const app = Vue.createApp({ template: document.getElementById('source').textContent }); ${this.plugin.replace('DARK', o.theme === 'dark')} app.mount('#app');</script>`; }
  ready = `document.getElementById('app').children.length > 0`;
  opts(f) { return (f.placeholder ? ` placeholder="${esc(f.placeholder)}"` : '') + (f.disabled ? ' disabled' : '') + (f.named ? ` aria-label="${esc(f.named)}"` : '') + (f.focus ? ' autofocus' : ''); }
}

class Vuetify extends Vue {
  name = 'vuetify'; css = ['@mdi/font/css/materialdesignicons.min.css', 'vuetify/dist/vuetify.min.css']; js = ['vue/dist/vue.global.prod.js', 'vuetify/dist/vuetify.min.js'];
  labels = ['floating', 'placeholder', 'above', 'left'];
  plugin = `app.use(Vuetify.createVuetify({ theme: { defaultTheme: DARK ? 'dark' : 'light' } }));`;
  part = `(e, role) => { const q = (a, b) => { const n = e.closest(a); return n && b ? n.querySelector(b) : n; };
    if (/checkbox|radio/.test(e.type) && !q('.v-switch')) return { node: q('.v-selection-control', 'i'), label: q('.v-selection-control', 'label') };
    if (q('.v-switch') && e.type === 'checkbox') return { node: q('.v-switch', '.v-switch__track'), knob: q('.v-switch', '.v-switch__thumb'), label: q('.v-switch', 'label') };
    if (role === 'slider') return { node: q('.v-slider', '.v-slider__container') };
    if (q('.v-field') && /textbox|combobox|spinbutton/.test(role)) return { node: q('.v-field'), name: q('.v-field').querySelector('.v-label') }; if (e.type === 'file') return { node: q('.v-input', '.v-field') }; return null; }`;
  head() { return '<style>.v-application h2{margin:6px 0 12px}fieldset{border:0;margin-bottom:10px}.hl-field{margin-bottom:14px}.v-btn{text-indent:0}.hl-stack .v-selection-control{min-height:36px}</style>'; }
  look(o) { return ['outlined', 'filled', 'underlined', 'solo'][o.page.length % 4]; }
  page(parts, o) { return `<v-app><v-defaults-provider :defaults="${json({ global: { density: o.page.length % 3 ? 'compact' : 'comfortable' }, VTextField: { variant: this.look(o), hideDetails: 'auto' }, VSelect: { variant: this.look(o), hideDetails: true }, VTextarea: { variant: this.look(o), hideDetails: true }, VFileInput: { variant: this.look(o), hideDetails: true, density: 'comfortable' }, VBtn: { density: 'default' } })}">${parts.join('')}</v-defaults-provider></v-app>`; }
  floating(f) { return `<div class="hl-field">${this.control({ ...f, lab: f.label })}</div>`; }
  lab(f) { return f.lab ? ` label="${esc(f.lab)}${f.required ? ' *' : ''}"` : ''; }
  common(f) { return ` id="${f.id}"${this.lab(f)}${this.opts(f)}${f.hint ? ` hint="${esc(f.hint)}" persistent-hint` : ''}${f.invalid ? ' error' : ''}`; }
  hint() { return ''; }
  input(f) { return `<v-text-field type="${f.kind}"${this.common(f)} model-value="${esc(f.value || '')}"${f.kind === 'search' ? ' prepend-inner-icon="mdi-magnify"' : ''}></v-text-field>`; }
  number(f) { return this.input({ ...f, kind: 'number' }); }
  textarea(f) { return `<v-textarea rows="${f.rows || 3}"${this.common(f)} model-value="${esc(f.value || '')}"></v-textarea>`; }
  select(f) { return `<v-select${this.common(f)} :items="${json(f.options)}" model-value="${esc(f.value)}"></v-select>`; }
  slider(f) { return `<v-slider hide-details${this.common(f)} :model-value="${f.value}" color="primary"></v-slider>`; }
  file(f) { return `<v-file-input${this.common(f)}></v-file-input>`; }
  check(f) { return `<v-checkbox hide-details${f.hidden ? ` aria-label="${f.label}"` : ` label="${esc(f.label)}"`} :model-value="${!!f.checked}"${f.disabled ? ' disabled' : ''}></v-checkbox>`; }
  radios(legend, list, inline) { const at = list.findIndex(f => f.checked); return `<fieldset><legend>${esc(legend)}</legend><v-radio-group hide-details${inline ? ' inline' : ''} :model-value="${at}">${list.map((f, i) => `<v-radio label="${esc(f.label)}" :value="${i}"${f.disabled ? ' disabled' : ''}></v-radio>`).join('')}</v-radio-group></fieldset>`; }
  toggle(f) { return `<v-switch hide-details color="primary" label="${esc(f.label)}" :model-value="${!!f.checked}"${f.disabled ? ' disabled' : ''}></v-switch>`; }
  button(s, tone = 'plain', more = {}) { return `<v-btn ${{ primary: 'color="primary"', plain: 'variant="outlined"', danger: 'color="error" variant="tonal"' }[tone]}${more.small ? ' size="small"' : ''}${more.disabled ? ' disabled' : ''}${more.icon ? ` prepend-icon="mdi-${{ search: 'magnify', plus: 'plus' }[more.icon]}"` : ''}>${esc(s)}</v-btn>`; }
  iconButton(name, s) { return `<v-btn icon="mdi-${{ close: 'close', bell: 'bell', heart: 'heart-outline', search: 'magnify', menu: 'menu' }[name]}" variant="text" aria-label="${esc(s)}"></v-btn>`; }
  badge(s, tone) { return `<v-chip size="small" color="${{ success: 'success', danger: 'error', info: 'info' }[tone] || 'default'}">${s}</v-chip>`; }
  alert(s) { return `<v-alert type="info" variant="tonal" density="compact" class="mb-3">${esc(s)}</v-alert>`; }
  card(title, inner) { return `<v-card${title ? ` title="${title}"` : ''} class="mb-3" variant="elevated"><v-card-text>${inner}</v-card-text></v-card>`; }
  navbar(n) { return `<v-sheet color="${n.brand.length % 2 ? 'primary' : 'surface'}" class="hl-bar"><strong>${n.brand}</strong><nav>${n.links.map((s, i) => `<v-btn variant="${i === n.at ? 'tonal' : 'text'}" href="#">${s}</v-btn>`).join('')}</nav><span class="hl-push"></span>${n.right || ''}</v-sheet>`; }
  tabs(list, at) { return `<v-tabs :model-value="${at}" color="primary" class="mb-4">${list.map((s, i) => `<v-tab :value="${i}">${s}</v-tab>`).join('')}</v-tabs>`; }
  sidemenu(list, at) { return `<v-list nav>${list.map((s, i) => `<v-list-item href="#" title="${s}"${i === at ? ' :active="true"' : ''}></v-list-item>`).join('')}</v-list>`; }
  crumbs(list) { return `<v-breadcrumbs class="pa-0 mb-2" :items="${json(list.map((title, i) => ({ title, href: i < list.length - 1 ? '#' : undefined, disabled: false })))}"></v-breadcrumbs>`; }
  pagination(n, at) { return `<v-pagination :length="${n}" :model-value="${at + 1}"></v-pagination>`; }
  table(heads, rows) { return `<v-table>${super.table(heads, rows).replace(/<\/?table[^>]*>/g, '')}</v-table>`; }
  menu(label, items) { return `<v-menu :model-value="true" location="bottom end"><template #activator="{ props }"><v-btn v-bind="props" variant="tonal" append-icon="mdi-menu-down">${label}</v-btn></template><v-list role="menu">${items.map(s => `<v-list-item role="menuitem" title="${s}" link></v-list-item>`).join('')}</v-list></v-menu>`; }
  dialog(title, inner, foot) { return `<v-dialog :model-value="true" max-width="560"><v-card title="${title}" role="dialog" aria-modal="true" aria-label="${title}"><v-card-text>${inner}</v-card-text><v-card-actions>${foot}</v-card-actions></v-card></v-dialog>`; }
  region = '.v-overlay__content > .v-card';
}

class Quasar extends Vue {
  name = 'quasar'; css = ['quasar/dist/quasar.prod.css']; js = ['vue/dist/vue.global.prod.js', 'quasar/dist/quasar.umd.prod.js'];
  labels = ['floating', 'placeholder', 'above', 'left'];
  plugin = `app.use(Quasar, { config: { dark: DARK } }); Quasar.iconSet.set({ ...Quasar.iconSet.props, arrow: { dropdown: 'svguse:#none' } });`;
  plugin = `app.use(Quasar, { config: { dark: DARK } });`;
  part = `(e, role) => { const q = (a, b) => { const n = e.closest(a); return n && b ? n.querySelector(b) : n; };
    if (role === 'checkbox') return { node: q('.q-checkbox', '.q-checkbox__bg') || e, label: q('.q-checkbox', '.q-checkbox__label') };
    if (role === 'radio') return { node: q('.q-radio', '.q-radio__bg') || e, label: q('.q-radio', '.q-radio__label') };
    if (role === 'switch') return { node: q('.q-toggle', '.q-toggle__track'), knob: q('.q-toggle', '.q-toggle__thumb'), label: q('.q-toggle', '.q-toggle__label') };
    if (role === 'slider') return { node: q('.q-slider') };
    if (/textbox|combobox|spinbutton/.test(role) && q('.q-field')) return { node: q('.q-field', '.q-field__control'), name: q('.q-field').querySelector('.q-field__label') }; if (e.type === 'file') return { node: q('.q-field', '.q-field__control') }; return null; }`;
  head() { return '<style>h2{font-size:1.7em!important;line-height:1.3!important;margin:6px 0 12px!important}h4{font-size:1.1em!important;line-height:1.3!important;margin:6px 0!important}fieldset{border:0;padding:0;margin:0 0 10px}.hl-field{margin-bottom:12px}</style>'; }
  page(parts, o) { this.mode = ['outlined', 'filled', 'standout', ''][o.page.length % 4]; return parts.join('').replaceAll('FIELDLOOK', this.mode + (o.page.length % 2 ? ' dense' : '')); }
  floating(f) { return `<div class="hl-field">${this.control({ ...f, lab: f.label })}</div>`; }
  common(f) { return ` FIELDLOOK${f.lab ? ` label="${esc(f.lab)}${f.required ? ' *' : ''}"` : ''} for="${f.id}"${this.opts(f)}${f.hint ? ` hint="${esc(f.hint)}"` : ''}${f.invalid ? ' error' : ''}`; }
  hint() { return ''; }
  input(f) { return `<q-input type="${f.kind}"${this.common(f)}${/date|time/.test(f.kind) && f.lab ? ' stack-label' : ''} model-value="${esc(f.value || '')}"></q-input>`; }
  number(f) { return this.input({ ...f, kind: 'number' }); }
  textarea(f) { return `<q-input type="textarea" rows="${f.rows || 3}"${this.common(f)} model-value="${esc(f.value || '')}"></q-input>`; }
  select(f) { return `<q-select${this.common(f)} :options="${json(f.options)}" model-value="${esc(f.value)}"><template #append>${icon('caret', 16)}</template></q-select>`.replace('<q-select', '<q-select hide-dropdown-icon'); }
  slider(f) { return `<q-slider :model-value="${f.value}" :min="0" :max="100" aria-label="${f.label}"${f.disabled ? ' disable' : ''}></q-slider>`; }
  opts(f) { return super.opts(f).replace(' disabled', ' disable'); }
  file(f) { return `<q-file${this.common(f)} :model-value="null"></q-file>`; }
  check(f) { return `<div><q-checkbox dense${f.hidden ? ` aria-label="${f.label}"` : ` label="${esc(f.label)}"`} :model-value="${!!f.checked}"${f.disabled ? ' disable' : ''}></q-checkbox></div>`; }
  radio(f) { return `<q-radio dense label="${esc(f.label)}" val="a" model-value="${f.checked ? 'a' : 'b'}"${f.disabled ? ' disable' : ''}></q-radio>`; }
  toggle(f) { return `<q-toggle label="${esc(f.label)}" :model-value="${!!f.checked}"${f.disabled ? ' disable' : ''}></q-toggle>`; }
  button(s, tone = 'plain', more = {}) { return `<q-btn no-caps ${{ primary: 'color="primary" unelevated', plain: 'outline', danger: 'color="negative"' }[tone]}${more.small ? ' size="sm"' : ''}${more.disabled ? ' disable' : ''} label="${esc(s)}"></q-btn>`; }
  iconButton(name, s) { return `<q-btn flat round aria-label="${esc(s)}">${icon(name)}</q-btn>`; }
  badge(s, tone) { return `<q-badge color="${{ success: 'positive', danger: 'negative', info: 'info' }[tone] || 'grey'}">${s}</q-badge>`; }
  alert(s) { return `<q-banner rounded class="bg-info text-white q-mb-md">${esc(s)}</q-banner>`; }
  card(title, inner) { return `<q-card bordered class="q-mb-md"><q-card-section>${title ? `<div class="text-h6">${title}</div>` : ''}${inner}</q-card-section></q-card>`; }
  navbar(n) { return `<q-toolbar class="${n.brand.length % 2 ? 'bg-primary text-white' : ''}"><strong class="q-mr-md">${n.brand}</strong>${n.links.map(s => `<q-btn flat no-caps href="#" label="${s}"></q-btn>`).join('')}<q-space></q-space>${n.right || ''}</q-toolbar><q-separator></q-separator>`; }
  tabs(list, at) { return `<q-tabs no-caps align="left" model-value="t${at}" class="q-mb-md text-primary">${list.map((s, i) => `<q-tab name="t${i}" label="${s}"></q-tab>`).join('')}</q-tabs>`; }
  sidemenu(list, at) { return `<q-list bordered separator>${list.map((s, i) => `<q-item clickable tag="a" href="#"${i === at ? ' active' : ''}><q-item-section>${s}</q-item-section></q-item>`).join('')}</q-list>`; }
  crumbs(list) { return `<q-breadcrumbs class="q-mb-sm">${list.map((s, i) => `<q-breadcrumbs-el label="${s}"${i < list.length - 1 ? ' href="#"' : ''}></q-breadcrumbs-el>`).join('')}</q-breadcrumbs>`; }
  pagination(n, at) { return `<q-pagination :model-value="${at + 1}" :max="${n}"></q-pagination>`; }
  table(heads, rows) { return `<q-markup-table flat bordered dense>${super.table(heads, rows).replace(/<\/?table[^>]*>/g, '').replace(/<t([hd])>/g, '<t$1 class="text-left">')}</q-markup-table>`; }
  menu(label, items) { return `<q-btn no-caps outline label="${label}"><q-menu :model-value="true" anchor="bottom right" self="top right" no-focus persistent role="presentation"><q-list role="menu" style="min-width:170px">${items.map(s => `<q-item clickable role="menuitem"><q-item-section>${s}</q-item-section></q-item>`).join('')}</q-list></q-menu></q-btn>`; }
  dialog(title, inner, foot) { return `<q-dialog :model-value="true" no-focus><q-card role="document" style="width:560px" class="hl-box"><q-card-section><div class="text-h6">${title}</div></q-card-section><q-card-section>${inner}</q-card-section><q-card-actions align="right">${foot}</q-card-actions></q-card></q-dialog>`; }
  region = '.hl-box';
}

class ElementPlus extends Vue {
  name = 'element-plus'; css = ['element-plus/dist/index.css', 'element-plus/theme-chalk/dark/css-vars.css']; js = ['vue/dist/vue.global.prod.js', 'element-plus/dist/index.full.min.js'];
  labels = ['above', 'left', 'placeholder'];
  plugin = 'app.use(ElementPlus);';
  dark() { return ' class="dark"'; }
  part = `(e, role) => { const q = (a, b) => { const n = e.closest(a); return n && b ? n.querySelector(b) : n; };
    if (e.type === 'checkbox' && q('.el-checkbox')) return { node: q('.el-checkbox', '.el-checkbox__inner'), label: q('.el-checkbox', '.el-checkbox__label') };
    if (e.type === 'radio') return q('.el-radio') ? { node: q('.el-radio', '.el-radio__inner'), label: q('.el-radio', '.el-radio__label') } : { node: q('.el-radio-button') };
    if (role === 'switch') return { node: q('.el-switch', '.el-switch__core'), label: e.closest('.ep-row') };
    if (role === 'slider') return { node: q('.el-slider', '.el-slider__runway'), knob: q('.el-slider', '.el-slider__button') };
    if (q('.el-input-number') && /textbox|spinbutton/.test(role)) return { node: q('.el-input-number') };
    if (q('.el-select')) return { node: q('.el-select', '.el-select__wrapper') };
    if (/textbox|combobox/.test(role) && e.tagName !== 'TEXTAREA' && q('.el-input')) return { node: q('.el-input', '.el-input__wrapper') }; return null; }`;
  head() { return '<style>body{margin:0;background:var(--el-bg-color);color:var(--el-text-color-primary);font-family:"Helvetica Neue",Helvetica,Arial,sans-serif}fieldset{border:0;padding:0;margin:0 0 10px}legend{padding:0;font-size:14px;color:var(--el-text-color-regular)}.hl-field label,.hl-left label{font-size:14px;color:var(--el-text-color-regular)}.hl-field>label{display:block;margin-bottom:5px}.ep-t{width:100%;border-collapse:collapse;font-size:14px}.ep-t td,.ep-t th{border-bottom:1px solid var(--el-border-color-lighter);padding:8px 12px;text-align:left}.hl-bar{border-bottom:1px solid var(--el-border-color)}.el-card{margin-bottom:12px}h2{margin:6px 0 12px}.hl-acts .el-button+.el-button,.hl-buttons .el-button+.el-button{margin-left:0}.el-date-editor.el-input{width:100%}</style>'; }
  constructor() { super(); this.c = { table: 'ep-t' }; }
  input(f) { return /date|time/.test(f.kind) ? f.kind === 'date' ? `<el-date-picker type="date" id="${f.id}" model-value="${f.value || ''}" placeholder="Pick a day"></el-date-picker>` : `<el-time-select id="${f.id}" model-value="${f.value || ''}" placeholder="Select time"></el-time-select>` : `<el-input type="${f.kind === 'search' ? 'text' : f.kind}" id="${f.id}"${this.opts(f)} model-value="${esc(f.value || '')}"${f.kind === 'password' ? ' show-password' : ''}></el-input>`; }
  number(f) { return `<el-input-number id="${f.id}" :model-value="${f.value || 'undefined'}"${this.opts(f)}${f.id.length % 2 ? ' controls-position="right"' : ''}></el-input-number>`; }
  textarea(f) { return `<el-input type="textarea" :rows="${f.rows || 3}" id="${f.id}"${this.opts(f)} model-value="${esc(f.value || '')}"></el-input>`; }
  select(f) { return `<el-select id="${f.id}"${f.named ? ` aria-label="${f.named}"` : ''} model-value="${esc(f.value)}">${f.options.map(s => `<el-option label="${s}" value="${s}"></el-option>`).join('')}</el-select>`; }
  slider(f) { return `<el-slider :model-value="${f.value}" aria-label="${f.label}"${f.disabled ? ' disabled' : ''}></el-slider>`; }
  check(f) { return `<div><el-checkbox${f.hidden ? ` aria-label="${f.label}"` : ` label="${esc(f.label)}"`} :model-value="${!!f.checked}"${f.disabled ? ' disabled' : ''}></el-checkbox></div>`; }
  radios(legend, list, inline) { const at = list.findIndex(f => f.checked), k = inline && list.length % 3 === 0 && legend.length % 2 ? 'el-radio-button' : 'el-radio'; return `<fieldset><legend>${legend}</legend><el-radio-group :model-value="${at}"${inline ? '' : ' style="flex-direction:column;align-items:flex-start"'}>${list.map((f, i) => `<${k} :value="${i}"${f.disabled ? ' disabled' : ''}>${f.label}</${k}>`).join('')}</el-radio-group></fieldset>`; }
  toggle(f) { return `<div class="ep-row" style="display:flex;gap:10px;align-items:center"><el-switch aria-label="${f.label}" :model-value="${!!f.checked}"${f.disabled ? ' disabled' : ''}></el-switch><span>${f.label}</span></div>`; }
  button(s, tone = 'plain', more = {}) { return `<el-button ${{ primary: 'type="primary"', plain: '', danger: 'type="danger" plain' }[tone]}${more.small ? ' size="small"' : ''}${more.disabled ? ' disabled' : ''}>${esc(s)}</el-button>`; }
  iconButton(name, s) { return `<el-button circle aria-label="${esc(s)}">${icon(name, 16)}</el-button>`; }
  badge(s, tone) { return `<el-tag type="${{ success: 'success', danger: 'danger', info: 'primary' }[tone] || 'info'}">${s}</el-tag>`; }
  alert(s) { return `<el-alert title="${esc(s)}" type="info" show-icon :closable="false" style="margin-bottom:12px"></el-alert>`; }
  card(title, inner) { return `<el-card${title ? ` header="${title}"` : ''}>${inner}</el-card>`; }
  link(s) { return `<el-link type="primary" href="#">${esc(s)}</el-link>`; }
  tabs(list, at) { return `<el-tabs model-value="t${at}"${at % 2 ? ' type="card"' : ''}>${list.map((s, i) => `<el-tab-pane label="${s}" name="t${i}"></el-tab-pane>`).join('')}</el-tabs>`; }
  sidemenu(list, at) { return `<el-menu default-active="m${at}">${list.map((s, i) => `<el-menu-item index="m${i}">${s}</el-menu-item>`).join('')}</el-menu>`; }
  crumbs(list) { return `<el-breadcrumb separator="/" style="margin-bottom:10px">${list.map(s => `<el-breadcrumb-item>${s}</el-breadcrumb-item>`).join('')}</el-breadcrumb>`; }
  pagination(n, at) { return `<el-pagination background layout="prev, pager, next" :page-count="${n}" :current-page="${at + 1}" style="margin-top:12px"></el-pagination>`; }
  menu(label, items) { return `<el-dropdown trigger="click"><el-button id="opener">${label} ${icon('caret', 14)}</el-button><template #dropdown><el-dropdown-menu>${items.map(s => `<el-dropdown-item>${s}</el-dropdown-item>`).join('')}</el-dropdown-menu></template></el-dropdown>`; }
  opensMenu = true;
  dialog(title, inner, foot) { return `<el-dialog :model-value="true" title="${title}" width="540">${inner}<template #footer>${foot}</template></el-dialog>`; }
  region = '.el-dialog';
}
export default [new Vuetify(), new Quasar(), new ElementPlus()];
