/* F9 writes what each named control holds to the console, in one line, which Chromium puts on its standard error. */
'use strict';

const held = {};  // what widgets that are no form controls hold: name: function

const COUNTRIES = ['Argentina', 'Austria', 'Belgium', 'Bolivia', 'Brazil', 'Canada', 'Chile', 'Colombia', 'Croatia',
  'Denmark', 'Ecuador', 'Egypt', 'Estonia', 'Finland', 'France', 'Germany', 'Ghana', 'Greece', 'Hungary', 'Iceland',
  'India', 'Ireland', 'Italy', 'Japan', 'Kenya', 'Latvia', 'Mexico', 'Morocco', 'Norway', 'Peru', 'Poland', 'Portugal',
  'Romania', 'Senegal', 'Spain', 'Sweden', 'Turkey', 'Uruguay', 'Vietnam', 'Zambia'];
const TOPPINGS = ['Basil', 'Capers', 'Garlic', 'Ham', 'Mushrooms', 'Olives', 'Onions', 'Peppers', 'Salami', 'Tomatoes'];

function valueOf(control) {
  if (control.type === 'select-multiple')
    return [...control.selectedOptions].map((option) => option.text).join(',');
  if (control.type === 'radio')
    return document.querySelector(`[name="${control.name}"]:checked`)?.value ?? '';
  if (control.type === 'checkbox')
    return String(control.checked);
  if (control.type === 'file')
    return control.files[0]?.name ?? '';
  return control.value;
}

window.addEventListener('keydown', (event) => {
  if (event.key !== 'F9')
    return;
  event.preventDefault();
  const values = {};
  for (const control of document.querySelectorAll('[name]'))
    values[control.name] = valueOf(control);
  for (const name in held)
    values[name] = held[name]();
  console.log(`|${Object.entries(values).map(([name, value]) => `${name}=${value}`).join('|')}|`);
}, true);
