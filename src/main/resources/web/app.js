// The frame: shows the view that the address names, keeps it fresh, and tells when it cannot.
import {html, nothing, render} from '../lib/lit-html/lit-html.js';
import {Refused, ask, now, retry} from './api.js';
import {here, to} from './place.js';
import {span, when, zones} from './time.js';
import alerts from './alerts.js';
import changes from './changes.js';
import overview from './overview.js';
import sync from './sync.js';
import task from './task.js';
import tasks from './tasks.js';

const VIEWS = {overview, tasks, changes, sync, alerts, task};
const NAMES = {overview: 'Overview', tasks: 'Tasks', changes: 'Changes', sync: 'Sync', alerts: 'Alerts'};
const BEAT = 5000;

const [top, main, bottom, news] = ['top', 'main', 'bottom', 'news'].map(id => document.getElementById(id));

let shown;      // the address and the data that are on the screen
let trouble;    // why the last try did not succeed
let freshAt;    // when the last one did
let pulse;      // what the ledger last said of itself
let loading = new AbortController();

const viewOf = parameters => VIEWS[parameters.view ?? 'overview'];

/** Loads what the address asks for and shows it. What is on the screen stays there until then, and where that fails. */
async function show({arrive = false} = {}) {
  loading.abort();
  loading = new AbortController();
  const {signal} = loading;
  const address = location.search;
  const parameters = here();
  const view = viewOf(parameters);
  const slow = setTimeout(() => main.setAttribute('aria-busy', 'true'), 200);
  try {
    if (!view) {
      throw new Refused(404, 'there is no such page');
    }
    const data = await view.load(parameters, signal);
    const before = shown?.view === view ? view.news?.(shown.data) : undefined;
    shown = {address, view, data};
    trouble = undefined;
    freshAt = now();
    const after = view.news?.(data);
    if (before !== undefined && before !== after) {
      tell(`Updated: ${after}`);
    }
  } catch (failure) {
    if (failure.name === 'AbortError') {
      return;
    }
    if (!(failure instanceof Refused)) {
      console.error(failure);
    }
    trouble = failure;
    if (shown?.address !== address) {
      shown = undefined; // another page: what is on the screen is not what was asked for
    }
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) {
      main.removeAttribute('aria-busy');
    }
  }
  draw();
  if (arrive) {
    scrollTo(0, 0);
    main.querySelector('h1')?.focus({preventScroll: true});
  }
}

function draw() {
  const name = here().view ?? 'overview';
  render(html`
    <a class="brand" href="./">dcs-sync</a>
    <nav aria-label="Views">${Object.entries(NAMES).map(([view, label]) => html`
      <a href=${to(view)} aria-current=${view === name || view === 'tasks' && name === 'task' ? 'page' : nothing}>${label}</a>`)}
    </nav>
    <span class="state ${trouble ? 'bad' : ''}">${trouble ? 'not reached' : document.hidden ? 'paused' : 'live'}</span>
    <button class="plain" data-do="look">${look() === 'dark' ? 'Light' : 'Dark'} look</button>`, top);
  render(html`
    ${trouble ? refusal() : nothing}
    ${shown ? shown.view.draw(shown.data) : trouble ? html`<h1 tabindex="-1">Nothing to show</h1>` : html`<p class="quiet">Loading …</p>`}`, main);
  render(html`
    <p>Times are in ${zones.name}. ${zones.local === 'UTC' ? nothing : html`
      <button class="plain" data-do="zone">Show them in ${zones.utc ? zones.local : 'UTC'}</button>`}
    ${freshAt ? html`As of ${when(new Date(freshAt).toISOString())}.` : nothing}</p>`, bottom);
  document.title = `${shown ? shown.view.title(shown.data) : 'Nothing to show'} · dcs-sync`;
}

function refusal() {
  const text = trouble.message.replace(/\.$/, '');
  if (trouble.status >= 400 && trouble.status < 500) {
    return html`<div id="trouble" class="notice bad" role="alert">This cannot be shown:
      ${trouble.status === 404 ? 'there is nothing of this name' : text}. <a href="./">Back to the overview</a></div>`;
  }
  return html`<div id="trouble" class="notice bad" role="alert">Out of reach: ${text}. It is tried again every ${span(BEAT / 1000)}.
    ${shown ? html`What you see is from ${when(new Date(freshAt).toISOString())}.` : nothing}</div>`;
}

/** Asks whether there is anything new, and shows it. Nobody looks at a hidden page, so that one asks nothing. */
async function beat() {
  if (!document.hidden) {
    try {
      const latest = (await ask('pulse')).pulse;
      const lost = trouble && !(trouble.status >= 400 && trouble.status < 500);
      if (latest !== pulse || lost) {
        pulse = latest;
        await show();
      } else {
        draw(); // for the times that pass
      }
      freshAt = trouble ? freshAt : now();
    } catch (failure) {
      trouble = failure;
      draw();
    }
  }
  setTimeout(beat, BEAT);
}

function tell(text) {
  news.textContent = text;
}

function go(address, replace = false) {
  if (address !== location.search && !(address === './' && location.search === '')) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
  }
}

const look = () => document.documentElement.dataset.look
  ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

const ACTS = {
  look() {
    const next = look() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.look = next;
    localStorage.setItem('look', next);
  },
  zone() {
    zones.utc = !zones.utc;
  },
};

/** Sends an alert again, and says what became of that. */
async function again(button) {
  const {retry: which, ask: question} = button.dataset;
  if (question && !confirm(question)) {
    return;
  }
  button.disabled = true;
  try {
    const outcomes = await retry(which);
    const retried = outcomes.filter(({outcome}) => outcome === 'retried').length;
    tell(retried > 0 ? `${retried} sent again; see what becomes of it here.`
      : outcomes.length === 0 ? 'No alert is dead any more.' : `Not sent again: ${outcomes[0].outcome}.`);
  } catch (failure) {
    tell(`Not sent again: ${failure.message}.`);
  }
  button.disabled = false;
  await show();
}

addEventListener('click', event => {
  const button = event.target.closest('button[data-do], button[data-retry]');
  if (button?.dataset.do) {
    ACTS[button.dataset.do]();
    draw();
    dispatchEvent(new Event('look'));
    return;
  }
  if (button) {
    again(button);
    return;
  }
  const link = event.target.closest('a[href]');
  const ours = link && !link.download && link.origin === location.origin && link.pathname === location.pathname && !link.hash;
  if (ours && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    go(link.getAttribute('href'));
    show({arrive: !link.classList.contains('sort')});
  }
});

/** What a form says is put into the address; while somebody types, in the place of what it said before. */
function apply(form, replace) {
  const {view, ...fields} = {...Object.fromEntries(new FormData(form)), view: form.dataset.view};
  go(to(view, fields), replace);
  show();
}

let typing;
addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(typing);
  apply(event.target, false);
});
addEventListener('change', event => {
  if (event.target.matches('select')) {
    apply(event.target.form, false);
  }
});
addEventListener('input', event => {
  if (event.target.type === 'search') {
    clearTimeout(typing);
    typing = setTimeout(() => apply(event.target.form, true), 300);
  }
});
addEventListener('popstate', () => show({arrive: true}));
document.addEventListener('visibilitychange', draw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

draw();
await show();
beat();
