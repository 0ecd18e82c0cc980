/* What a reader does with a report, and what is seen then. */
(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const until = async (holds) => {
    for (const end = performance.now() + 20000; !holds(); await new Promise(requestAnimationFrame))
      if (performance.now() > end) throw new Error(`never: ${holds}`);
  };
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  const filter = (text) => {
    one('#filter').value = text;
    one('#filter').dispatchEvent(new Event('input'));
    return all('#cases li').length;
  };
  const toggled = (group, text) => {
    const button = all(`#${group} button`).find((b) => b.textContent.includes(text));
    if (!button) return -1;
    button.click();
    const count = all('#cases li').length;
    button.click();
    return count;
  };
  const told = { ready: document.documentElement.dataset.ready, verdict: one('#verdict').textContent, cases: all('#cases li').length };

  told.assets = told.decoded = 0;
  for (const block of all('script[id^=asset-]')) {
    if (!block.textContent.startsWith('iVBOR')) continue; /* a video */
    const image = new Image();
    image.src = 'data:image/png;base64,' + block.textContent;
    told.assets++;
    told.decoded += await image.decode().then(() => image.naturalWidth > 0, () => false);
  }

  told.looks = told.drawn = told.boxes = told.spots = 0;
  told.messages = [];
  for (const link of all('#cases a')) {
    link.click();
    await until(() => one('#cases a[aria-current=true]') === link);
    for (const tab of all('[role=tab]').length ? all('[role=tab]').map((t, i) => i) : [0]) {
      if (all('[role=tab]').length) {
        all('[role=tab]')[tab].click();
        await until(() => all('[role=tab]')[tab].getAttribute('aria-selected') === 'true');
      }
      told.messages.push(...all('.failure pre').map((pre) => pre.textContent));
      for (const button of all('.steps button[data-step]')) {
        button.click();
        await until(() => one('.screen canvas').dataset.drawn === 'yes' || !one('.screen .stack p').hidden);
        for (const look of all('.looks:not([hidden]) button').keys()) {
          all('.looks:not([hidden]) button')[look].click();
          await until(() => one('.screen canvas').dataset.drawn === 'yes' || !one('.screen .stack p').hidden);
          await new Promise(requestAnimationFrame);
          told.looks++;
          told.drawn += one('.screen canvas').dataset.drawn === 'yes' && one('.screen canvas').width > 100;
          told.boxes += all('.screen rect.seen').length;
          told.spots += all('.screen .acted').length;
        }
      }
    }
  }

  told.filtered = { nothing: filter(''), word: filter('saved'), tag: filter('@smoke'), two: filter('@smoke saved'), none: filter('xyzzy'), back: filter('') };
  told.chips = { failed: toggled('outcomes', 'failed'), flaky: toggled('outcomes', 'flaky'), tag: toggled('tags', 'form') };
  press('/');
  told.focus = document.activeElement.id;
  document.activeElement.blur();

  const picture = all('#cases a').find((a) => a.textContent.includes('picture'));
  if (picture) {
    picture.click();
    await until(() => one('.compare'));
    await until(() => all('.compare canvas').every((c) => c.dataset.drawn === 'yes'));
    const [range] = all('.compare input[type=range]');
    range.value = 20;
    range.dispatchEvent(new Event('input'));
    told.slider = one('.compare canvas + canvas').style.clipPath;
    all('.compare-tools button')[1].click();
    await until(() => all('.compare canvas').length === 3 && all('.compare canvas').every((c) => c.dataset.drawn === 'yes'));
    told.sides = all('.compare figcaption').map((f) => f.textContent);
  }
  /* The boxes lie over the picture, as large as it is shown or in full size. */
  const apart = () => {
    const [a, b] = ['canvas', 'svg'].map((part) => one(`.screen ${part}`).getBoundingClientRect());
    return Math.max(...['x', 'y', 'width', 'height'].map((side) => Math.abs(a[side] - b[side])));
  };
  if (one('.screen') && !one('.screen canvas').hidden) {
    told.apart = Math.round(apart());
    all('.screen-tools label').find((label) => label.textContent === 'full size').click();
    told.full = [Math.round(apart()), one('.screen canvas').getBoundingClientRect().width === one('.screen canvas').width].join();
  }
  const video = one('video');
  if (video) {
    all('.steps button[data-step]').pop().click();
    await until(() => video.error || (video.duration > 0 && video.currentTime > 0 && !video.seeking));
    told.video = video.error ? video.error.message : 'at the last step';
  }
  told.foreign = all('main img, main b, nav img, main script, [onerror]').length - all('.facts b, .chips b').filter((b) => b.closest('main')).length;
  told.nameless = all('button, input, select, canvas[role=img]').filter((node) => !(node.textContent.trim() || node.getAttribute('aria-label') || node.labels?.length)).length;
  return told;
})()
