
const GLYPHS = { passed: '✓', failed: '✗', flaky: '↻', broken: '⚡', skipped: '–' };
/* How an episode's end looks. */
const TONES = { done: 'passed', failed: 'failed', refused: 'failed', limit: 'failed', stopped: 'skipped', running: 'broken' };
const tone = (outcome) => TONES[outcome] || (GLYPHS[outcome] ? outcome : 'broken');
const glyph = (outcome) => el('span', { class: `glyph ${tone(outcome)}`, 'aria-hidden': 'true' }, GLYPHS[tone(outcome)]);

function duration(seconds) {
  if (!(seconds >= 0)) return '';
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 0.995 ? 2 : 1)}\u00a0s`;
  if (seconds < 120) return `${Math.round(seconds)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${Math.round(seconds % 60)}\u00a0s`;
}

/* The record says turns: a look and what was done upon it. A tester reads steps: here the turns become theirs. */
function stepsOf(trace) {
  const steps = [];
  let open = null, elements = [], ended = 0;
  const begin = (line) => { steps.push({ line, looks: [], elements }); return steps[steps.length - 1]; };
  for (const turn of trace.turns || []) {
    if (turn.scene && turn.scene !== 'same') elements = turn.scene.elements || [];
    const look = { turn, elements, picture: turn.frame, at: turn.at, action: turn.action || '', caption: turn.step || turn.outcome || '' };
    for (const end of turn.ended || []) {
      const step = open && open.line === end.step ? open : begin(end.step);
      Object.assign(step, { failed: end.failed, over: true, place: end.place, ms: end.ms !== undefined ? end.ms : null });
      if (step.ms === null) step.ms = Math.max(0, 1000 * (turn.time - ended));
      step.looks.push({ ...look, at: null, place: end.place, action: '', after: true, caption: `${end.step}, ${end.failed ? 'failed' : 'done'}` });
      ended = turn.time;
      open = null;
    }
    const last = steps[steps.length - 1];
    const failed = /^(failed|refused): /.exec(turn.outcome || '');
    if (failed && last && last.failed && last.line === turn.step) continue;
    if (turn.action && turn.action !== 'none' && turn.action !== 'done') {
      const line = turn.step || turn.action;
      if (!open || open.line !== line) open = begin(line);
      open.looks.push(look);
    }
    if (failed) {
      const step = open || begin(turn.step || 'the end');
      Object.assign(step, { failed: turn.outcome.slice(failed[0].length), over: true });
      if (!step.looks.length) step.looks.push(look);
      open = null;
    }
    if (turn.last_effect) effectTell(steps, look, turn.last_effect);
  }
  return steps;
}

/* What a look shows of the action before belongs to that action. */
function effectTell(steps, look, effect) {
  const before = steps.flatMap((step) => step.looks).filter((other) => other.turn !== look.turn && other.action);
  if (before.length) before[before.length - 1].effect = effect;
}

/* The steps of a try beside the screen that belongs to each. */
class Walk {
  constructor(trace, told) {
    this.steps = stepsOf(trace);
    this.told = told;
    this.view = new ScreenView();
    this.seen = el('div');
    this.looks = this.steps.flatMap((step, number) => step.looks.map((look) => ({ ...look, number })));
    this.longest = Math.max(1, ...this.steps.map((step) => step.ms || 0));
    this.list = el('ol', { class: 'card steps', 'aria-label': 'Steps' }, this.steps.map((step, number) => this.stepItem(step, number)));
    this.where = el('span', { class: 'where' });
    this.before = el('button', { type: 'button', title: 'Look before ( ← )', 'aria-label': 'The look before', onclick: () => this.go(-1) }, '◀');
    this.after = el('button', { type: 'button', title: 'Next look ( → )', 'aria-label': 'The next look', onclick: () => this.go(1) }, '▶');
    this.node = el('section', { class: 'walk', 'aria-label': 'Steps and screens' }, this.list,
      el('figure', { class: 'card screen' },
        el('div', { class: 'screen-tools' }, el('span', { class: 'pager' }, this.before, this.after), this.where, this.view.switches),
        this.view.stack, el('figcaption', {}, this.view.caption)));
  }

  stepItem(step, number) {
    const outcome = step.failed ? 'failed' : step.over ? 'passed' : 'skipped';
    const share = el('span', { class: 'share' }, el('i'));
    share.firstChild.style.width = `${(100 * (step.ms || 0)) / this.longest}%`;
    const button = el('button', { type: 'button', 'data-step': number, onclick: () => this.openStep(number) },
      glyph(outcome), el('span', { class: 'line' }, step.line), el('span', { class: 'time' }, step.ms ? duration(step.ms / 1000) : ''),
      share, step.failed ? el('span', { class: 'wrong' }, step.failed) : null);
    return el('li', {}, button, el('div', { class: 'looks', hidden: true }));
  }

  /* A step that failed is opened where it failed, another where it acted. */
  openStep(number) {
    const step = this.steps[number];
    const acted = step.looks.findIndex((look) => look.at);
    const chosen = step.failed ? step.looks.length - 1 : Math.max(0, acted);
    this.open(this.looks.findIndex((look) => look.number === number) + chosen);
  }

  openFirst(index) {
    const failed = this.steps.findIndex((step) => step.failed);
    if (!this.looks.length) return;
    if (index >= 0 && index < this.looks.length) this.open(index);
    else if (failed >= 0) this.openStep(failed);
    else this.openStep(0);
  }

  go(by) {
    const index = this.current + by;
    if (index >= 0 && index < this.looks.length) this.open(index);
  }

  open(index) {
    const look = this.looks[index];
    if (!look) return;
    this.current = index;
    const step = this.steps[look.number];
    this.view.show({ ...look, place: look.place || step.place });
    this.before.disabled = index === 0;
    this.after.disabled = index === this.looks.length - 1;
    this.where.textContent = `look ${index + 1} of ${this.looks.length}, ${look.after ? 'after' : 'in'} step ${look.number + 1}` +
      (look.turn.time >= 0 ? `, ${duration(look.turn.time)}` : '');
    this.markSteps(look, index);
    this.seen.replaceChildren(this.seenTable(look));
    this.told(index, look);
  }

  markSteps(look, index) {
    [...this.list.children].forEach((item, number) => {
      const [button, looks] = item.children;
      const current = number === look.number;
      if (current) button.setAttribute('aria-current', 'step'); else button.removeAttribute('aria-current');
      looks.hidden = !current;
      looks.replaceChildren(...(current ? this.lookButtons(number, index) : []));
      if (current && this.list.scrollHeight > this.list.clientHeight) item.scrollIntoView({ block: 'nearest' });
    });
  }

  lookButtons(number, index) {
    return this.looks.flatMap((look, i) => look.number !== number ? [] : [el('button', { type: 'button', 'aria-current': String(i === index),
      onclick: () => this.open(i) }, look.after ? (this.steps[number].failed ? 'where it failed' : 'what it led to') : look.action || 'look')]);
  }

  seenTable(look) {
    const row = (element) => el('tr', { onpointerenter: () => this.view.light(element.id), onpointerleave: () => this.view.light(-1) },
      el('td', { class: 'number' }, `#${element.id}`), el('td', {}, element.role || ''), el('td', {}, elementName(element)),
      el('td', {}, element.value || ''), el('td', {}, (element.states || []).join(', ')), el('td', { class: 'number' }, (element.box || []).join(', ')));
    return el('details', { class: 'card' }, el('summary', {}, `What was seen (${look.elements.length})`),
      el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, ['', 'role', 'label or text', 'value', 'states', 'x, y, width, height']
        .map((name) => el('th', { scope: 'col' }, name)))), el('tbody', {}, look.elements.map(row)))));
  }
}

/* The message in full, and at which step. */
function failureCard(result, outcome) {
  if (!result.why) return null;
  const line = result.step ? el('p', { class: 'step-line' }, result.step, result.line ? `   (${result.source || result.file}:${result.line})` : '') : null;
  const title = tone(outcome) === 'skipped' ? 'Why it was left out' : tone(outcome) === 'broken' ? 'What is broken' : 'Why it failed';
  return el('section', { class: `card failure ${tone(outcome)}`, 'aria-label': title }, el('h3', {}, title), line, el('pre', {}, result.why));
}

function logCards(logs) {
  return (logs || []).map((log) => el('details', { class: 'card' }, el('summary', {}, `What the program wrote: ${log.name}`),
    log.left_out ? el('p', { class: 'count' }, `the first ${log.left_out} bytes are left out`) : null, el('pre', { class: 'log', tabindex: 0 }, log.text)));
}

/* What was typed and read, and what the episode's own record says. */
function episodeCard(trace) {
  const episode = trace.episode;
  if (!episode) return null;
  const rows = [['task', episode.task], ['goal', episode.goal], ['policy', episode.policy], ['program', episode.program],
    ['screen', (episode.screen || []).join(' x ')], ['looks', episode.turns], ...(episode.data || []).map(({ name, value }) => [`data: ${name}`, value]),
    ...Object.entries(episode.values || {}).map(([name, value]) => [`read: ${name}`, value]),
    ...(episode.model ? [['model', `${episode.model.calls} calls, ${episode.model.dollars} dollars`]] : [])]
    .filter(([, value]) => value !== undefined && value !== '' && value !== null);
  return el('details', { class: 'card' }, el('summary', {}, 'The record'), el('table', {}, el('tbody', {}, rows.map(([name, value]) =>
    el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, String(value)))))), trace.cut ? el('p', { class: 'count' }, 'The record is cut off.') : null);
}

/* When each step begins on the film, by its captions: the film need not go as fast as the run did. */
function stepTimes(steps, captions) {
  const cues = (captions || '').split(/\n\n+/).map((block) => /(?:(\d+):)?(\d+):([\d.]+) --> .*\n(.*)/.exec(block)).filter(Boolean)
    .map(([, hours, minutes, seconds, line]) => ({ line, time: 3600 * (hours || 0) + 60 * minutes + Number(seconds) }));
  let next = 0;
  return steps.map((step) => {
    const found = cues.findIndex((cue, i) => i >= next && cue.line === step.line);
    if (found >= 0) next = found + 1;
    return found >= 0 ? cues[found].time : NaN;
  });
}

function videoUrl(video) {
  if (video.link) return linkUrl(video.link);
  const bytes = atob(document.getElementById('asset-' + video.id).textContent);
  return URL.createObjectURL(new Blob([Uint8Array.from(bytes, (c) => c.charCodeAt(0))], { type: video.kind }));
}

/* The video stands where the look does that is shown. */
function videoCard(trace, steps) {
  if (!trace.video) return null;
  const missing = trace.video.missing;
  const video = missing ? el('p', {}, missing) : el('video', { controls: true, preload: 'metadata', src: videoUrl(trace.video) });
  const times = stepTimes(steps, trace.captions);
  const begun = Date.parse((trace.episode && trace.episode.started) || '');
  const card = el('details', { class: 'card', open: true }, el('summary', {}, 'Video'), video);
  card.seek = (look) => {
    const seconds = times[look.number] >= 0 ? times[look.number] + 0.1 : (Date.parse(look.turn.wall) - begun) / 1000;
    if (!missing && video.paused && seconds >= 0) video.currentTime = seconds;
  };
  return card;
}

/* One try, all of it. TOLD(index) hears which look is shown. */
function tryView(result, trace, index, told) {
  const walk = new Walk(trace, (at, look) => { if (video) video.seek(look); told(at); });
  const video = videoCard(trace, walk.steps);
  const node = el('div', { class: 'try' }, failureCard(result, result.outcome), (trace.compared || []).map(comparison),
    walk.looks.length ? walk.node : el('p', { class: 'card' }, 'No step was recorded.'), walk.seen, video, logCards(trace.logs), episodeCard(trace));
  walk.openFirst(index);
  return { node, walk };
}
