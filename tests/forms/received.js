/*
 * Stands for the server of the forms in this folder: instead of sending, shows what would have been sent, as JSON in
 * the page and on the console, which Chromium writes to its standard error. A group of checkboxes and a list of several choices give an array.
 */
'use strict';

function received(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || control.name in values)
      continue;
    const group = form.querySelectorAll(`[name="${control.name}"]`);
    if (control.type === 'select-multiple')
      values[control.name] = [...control.selectedOptions].map((option) => option.value);
    else if (control.type === 'checkbox' && group.length > 1)
      values[control.name] = [...group].filter((box) => box.checked).map((box) => box.value);
    else if (control.type === 'checkbox')
      values[control.name] = control.checked;
    else if (control.type === 'radio')
      values[control.name] = [...group].find((radio) => radio.checked)?.value ?? '';
    else
      values[control.name] = control.value;
  }
  return values;
}

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const values = received(event.target);
  const heading = document.createElement('h2');
  const text = document.createElement('pre');
  heading.textContent = 'Received';
  text.textContent = JSON.stringify(values, null, 1);
  text.style.whiteSpace = 'pre-wrap';
  event.target.replaceWith(heading, text);
  console.log(`received: ${JSON.stringify(values)}`);
  window.scrollTo(0, 0);
});
