#!/usr/bin/env node
// Draws the boxes of JSON files (the truth, or what hem saw) over their pictures: node draw.mjs OUT FILE.json... [--png DIR]
// A role has a colour; other boxes that count are thin; what is neutral is grey; words are pale yellow.
import fs from 'node:fs'; import path from 'node:path';
import { PNG } from 'pngjs';

const INK = { button: [220, 0, 0], textbox: [0, 90, 255], checkbox: [0, 160, 0], radio: [0, 190, 160], combobox: [150, 0, 220], link: [255, 120, 0], tab: [255, 0, 200], slider: [120, 80, 0], switch: [90, 160, 0], spinbutton: [0, 200, 255], option: [200, 160, 0], menuitem: [160, 0, 90] };
function frame(png, [x, y, w, h], ink, thick) {
  const dot = (a, b) => { if (a >= 0 && b >= 0 && a < png.width && b < png.height) { const i = 4 * (b * png.width + a); [png.data[i], png.data[i + 1], png.data[i + 2]] = ink; } };
  for (let k = 0; k < thick; k++) {
    for (let a = x - k; a < x + w + k; a++) { dot(a, y - k); dot(a, y + h - 1 + k); }
    for (let b = y - k; b < y + h + k; b++) { dot(x - k, b); dot(x + w - 1 + k, b); }
  }
}
const args = process.argv.slice(2), at = args.indexOf('--png'), from = at < 0 ? null : args.splice(at, 2)[1], out = args.shift();
fs.mkdirSync(out, { recursive: true });
for (const file of args) {
  const name = path.basename(file, '.json'), png = PNG.sync.read(fs.readFileSync(path.join(from || path.dirname(file), name + '.png'))), t = JSON.parse(fs.readFileSync(file));
  for (const w of t.words || []) frame(png, w.box, w.ignore ? [170, 170, 170] : [230, 200, 0], 1);
  for (const e of t.elements) { for (const b of e.alt_boxes || []) frame(png, b, INK[e.role] || [0, 0, 0], 1); frame(png, e.box, e.ignore ? [150, 150, 150] : INK[e.role] || [0, 0, 0], 2); }
  if (t.region) frame(png, t.region, [255, 0, 255], 1);
  fs.writeFileSync(path.join(out, name + '.png'), PNG.sync.write(png));
}
