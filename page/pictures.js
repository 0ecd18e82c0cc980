
'use strict';

/* Makes an element. Everything from a record goes in as text, never as markup. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {}))
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? '' : value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function blockData(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : null;
}

function linkUrl(path) {
  const url = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? 'file://' + url : url;
}

/* The pictures that were decoded last; a page may hold thousands. */
const decoded = new Map();
const DECODED_MAX = 80;

async function loaded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function layerImage(id) {
  const key = String(id);
  const known = decoded.get(key);
  decoded.delete(key);
  const image = known || loaded('data:image/png;base64,' + document.getElementById('asset-' + id).textContent);
  decoded.set(key, image);
  if (decoded.size > DECODED_MAX) decoded.delete(decoded.keys().next().value);
  return image;
}

/* Draws a picture of the album onto CANVAS, unless another was asked for meanwhile. Says why when it can't. */
async function drawPicture(canvas, picture) {
  const asked = (canvas.asked = (canvas.asked || 0) + 1);
  canvas.dataset.drawn = 'no';
  if (!picture) return 'no picture was kept';
  if (picture.missing) return picture.missing;
  try {
    const images = picture.link ? [await loaded(linkUrl(picture.link))]
      : await Promise.all(picture.layers.map(([id]) => layerImage(id)));
    if (asked !== canvas.asked) return null;
    canvas.width = picture.link ? images[0].naturalWidth : picture.w;
    canvas.height = picture.link ? images[0].naturalHeight : picture.h;
    const context = canvas.getContext('2d');
    images.forEach((image, i) => context.drawImage(image, picture.link ? 0 : picture.layers[i][1], picture.link ? 0 : picture.layers[i][2]));
    canvas.dataset.drawn = 'yes';
    return null;
  } catch (error) {
    return picture.link ? `${picture.link} has no room in this report and is not where it was` : String(error);
  }
}

const ROLE_KINDS = { textbox: 'field', searchbox: 'field', spinbutton: 'field', combobox: 'field', slider: 'field', button: 'press', link: 'press',
  tab: 'press', menuitem: 'press', checkbox: 'choice', radio: 'choice', switch: 'choice', option: 'choice', listitem: 'choice' };

function elementName(element) {
  return element.label || element.text || element.value || '';
}

function elementLine(element) {
  const value = element.value ? `, holds "${element.value}"` : '';
  const states = element.states && element.states.length ? `, ${element.states.join(', ')}` : '';
  return `#${element.id} ${element.role || 'text'}${elementName(element) ? ` "${elementName(element)}"` : ''}${value}${states}`;
}

/* A picture of the screen with what was seen on it, where the step's target was, and where hem acted. */
class ScreenView {
  constructor() {
    this.canvas = el('canvas', { role: 'img' });
    this.overlay = svg('svg', { role: 'presentation' });
    this.note = el('p', { hidden: true });
    this.stack = el('div', { class: 'stack' }, this.canvas, this.overlay, this.note);
    this.caption = el('p', { class: 'caption' });
    this.boxes = el('input', { type: 'checkbox', checked: true, onchange: () => this.mark() });
    this.names = el('input', { type: 'checkbox', onchange: () => this.mark() });
    this.actual = el('input', { type: 'checkbox', onchange: () => this.resize() });
    this.switches = [['boxes', this.boxes], ['names', this.names], ['full size', this.actual]]
      .map(([name, box]) => el('label', {}, box, name));
  }

  async show(look) {
    this.look = look;
    this.told = '';
    this.canvas.setAttribute('aria-label', `The screen: ${look.caption}`);
    const wrong = await drawPicture(this.canvas, look.picture);
    if (this.look !== look) return;
    this.note.textContent = wrong ? `No picture: ${wrong}` : '';
    this.note.hidden = !wrong;
    this.canvas.hidden = this.overlay.toggleAttribute('hidden', Boolean(wrong));
    this.mark();
    this.resize();
  }

  /* In full size what the step is about is in the middle. */
  resize() {
    this.stack.classList.toggle('actual', this.actual.checked);
    const [x, y] = this.look.at || this.look.place || [0, 0];
    if (this.actual.checked) this.stack.scrollTo(x - this.stack.clientWidth / 2, y - this.stack.clientHeight / 2);
  }

  mark() {
    const { canvas, look } = this;
    this.overlay.setAttribute('viewBox', `0 0 ${canvas.width} ${canvas.height}`);
    this.overlay.style.setProperty('--width', `${canvas.width}px`);
    this.overlay.style.setProperty('--height', `${canvas.height}px`);
    this.overlay.replaceChildren(...(this.boxes.checked || this.names.checked ? look.elements.flatMap((e) => this.box(e)) : []));
    if (look.place) {
      const [x, y, w, h] = look.place;
      this.overlay.append(svg('rect', { class: 'target', x: x - 3, y: y - 3, width: w + 6, height: h + 6, rx: 4 }));
    }
    if (look.at) this.overlay.append(...this.spot(look.at));
    this.caption.replaceChildren(look.action ? el('span', { class: 'action' }, look.action) : '', look.effect ? `: ${look.effect}` : '');
  }

  spot([x, y]) {
    const cross = `M${x - 16} ${y}h10M${x + 6} ${y}h10M${x} ${y - 16}v10M${x} ${y + 6}v10M${x + 11} ${y}a11 11 0 1 1 -22 0a11 11 0 1 1 22 0`;
    return [svg('path', { class: 'acted-under', d: cross }), svg('path', { class: 'acted', d: cross })];
  }

  box(element) {
    const [x, y, width, height] = element.box || [0, 0, 0, 0];
    const group = svg('g', { class: ROLE_KINDS[element.role] || 'other', 'data-id': element.id });
    if (this.boxes.checked) {
      const rect = svg('rect', { class: 'seen', x, y, width, height, rx: 2 });
      rect.addEventListener('pointerenter', () => { this.caption.textContent = elementLine(element); });
      rect.addEventListener('pointerleave', () => this.mark());
      group.append(rect);
    }
    if (this.names.checked) {
      const name = svg('text', { x: x + 2, y: Math.max(11, y - 3) });
      name.textContent = `${element.role || 'text'} ${elementName(element)}`.slice(0, 40);
      group.append(name);
    }
    return [group];
  }

  light(id) {
    for (const rect of this.overlay.querySelectorAll('rect.seen'))
      rect.classList.toggle('lit', rect.parentNode.dataset.id === String(id));
  }
}

/* Expected, actual and difference of one picture. */
function comparison(compared) {
  const parts = ['expected', 'actual', 'difference'].filter((part) => compared[part]);
  const view = el('div');
  const modes = [];
  if (compared.expected && compared.actual) modes.push(['Slider', () => slider(compared)]);
  modes.push(['Side by side', () => el('div', { class: 'sides' }, parts.map((part) => still(compared[part], part)))]);
  if (compared.difference) modes.push(['Difference', () => still(compared.difference, 'difference')]);
  const buttons = modes.map(([name, make], i) => el('button', { type: 'button', onclick: () => choose(i) }, name));
  const choose = (chosen) => {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === chosen)));
    view.replaceChildren(modes[chosen][1]());
  };
  choose(0);
  return el('section', { class: 'card compare', 'aria-label': `The picture ${compared.name}` },
    el('div', { class: 'compare-tools' }, el('h3', {}, `Picture "${compared.name}"`), buttons), view);
}

/* One picture with its name over it. */
function still(picture, name) {
  const canvas = el('canvas', { role: 'img', 'aria-label': name });
  const note = el('p', { hidden: true });
  drawPicture(canvas, picture).then((wrong) => {
    note.hidden = !wrong;
    canvas.hidden = Boolean(wrong);
    note.textContent = wrong ? `No picture: ${wrong}` : '';
  });
  const size = picture.w ? `, ${picture.w}x${picture.h}` : '';
  return el('figure', {}, el('figcaption', {}, name + size), el('div', { class: 'stack' }, canvas, note));
}

/* Expected on the left of the edge, actual on the right of it. */
function slider(compared) {
  const expected = el('canvas', { role: 'img', 'aria-label': 'expected' });
  const actual = el('canvas', { role: 'img', 'aria-label': 'actual' });
  const edge = el('div', { class: 'edge' });
  const range = el('input', { type: 'range', min: 0, max: 100, step: 0.1, value: 50, 'aria-label': 'Where expected ends and actual begins', oninput: () => move() });
  const stack = el('div', { class: 'stack' }, actual, expected, edge);
  const move = () => {
    expected.style.clipPath = `inset(0 ${100 - range.value}% 0 0)`;
    edge.style.left = `${range.value}%`;
  };
  stack.addEventListener('pointermove', (event) => {
    if (event.buttons !== 1) return;
    const box = stack.getBoundingClientRect();
    range.value = (100 * (event.clientX - box.left)) / box.width;
    move();
  });
  drawPicture(expected, compared.expected);
  drawPicture(actual, compared.actual);
  move();
  return el('div', { class: 'slide' }, stack, range, el('p', { class: 'names' }, el('span', {}, '← expected'), el('span', {}, 'actual →')));
}
