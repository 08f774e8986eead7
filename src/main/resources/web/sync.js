// Whether the sync itself is well: each source, and its passes.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {here, to} from './place.js';
import {badge, choice, count, message, pager, plural, table} from './parts.js';
import {ago, since, span} from './time.js';

const SIZE = 50;

/** How a source stands, in a word and a sentence. */
export function health(source, failingAfter) {
  if (!source.last_complete_at && !source.last_outcome) {
    return {kind: 'unknown', word: source.running_since ? 'first pass' : 'not read yet'};
  }
  if (source.failures_in_a_row >= failingAfter || !source.last_complete_at) {
    return {kind: 'failed', word: 'failing'};
  }
  return source.failures_in_a_row > 0 ? {kind: 'warn', word: 'in trouble'} : {kind: 'succeeded', word: 'well'};
}

/** The outcomes of the last passes, a mark each; the sentence says it to those who do not see them. */
function strip(passes) {
  const counts = Object.entries(passes.reduce((all, pass) => ({...all, [pass.outcome]: (all[pass.outcome] ?? 0) + 1}), {}));
  return html`
    <span class="unseen">Of the last ${passes.length} passes: ${counts.map(([outcome, n]) => `${n} ${outcome}`).join(', ')}</span>
    <span class="strip" aria-hidden="true">${passes.map(pass => html`<i class=${pass.outcome} title=${`pass ${pass.run_id}: ${pass.outcome}`}></i>`)}</span>`;
}

export const sourceColumns = failingAfter => [
  {label: 'Source', cell: source => html`<a href=${to('sync', {source: source.source})}>${source.source}</a>`},
  {label: 'State', class: 'medium', cell: source => {
    const {kind, word} = health(source, failingAfter);
    return html`${badge(word, kind)} ${source.failures_in_a_row > 0 ? plural(source.failures_in_a_row, 'failure') + ' in a row' : ''}
      ${source.configured ? '' : html`<span class="quiet">not in this configuration</span>`}`;
  }},
  {label: 'Last whole pass', class: 'time', cell: source => source.last_complete_at ? since(source.last_complete_at) : 'none yet'},
  {label: 'Next', class: 'time', cell: source => source.running_since ? html`running since ${since(source.running_since)}`
    : source.next_at ? ago(source.next_at) : nothing},
  {label: 'Last passes', cell: source => strip(source.passes)},
  {label: 'Error', class: 'wide', cell: source => source.last_error_code
    ? html`<strong>${source.last_error_code}</strong> ${message(source.last_error_message)}` : nothing},
];

const PASS_COLUMNS = [
  {label: 'Pass', cell: pass => html`${pass.run_id}`},
  {label: 'Source', class: 'short', cell: pass => pass.source},
  {label: 'Outcome', cell: pass => html`<span class="badge outcome ${pass.outcome}">${pass.outcome}</span>`},
  {label: 'Began', class: 'time', cell: pass => since(pass.started_at)},
  {label: 'Took', class: 'number', cell: pass => span(pass.seconds)},
  {label: 'By', cell: pass => pass.trigger},
  {label: 'Read', class: 'number', cell: pass => count(pass.tasks_read)},
  {label: 'New', class: 'number', cell: pass => count(pass.inserted)},
  {label: 'Changed', class: 'number', cell: pass => count(pass.changed)},
  {label: 'Missing', class: 'number', cell: pass => count(pass.missing)},
  {label: 'Requests', class: 'number', cell: pass => html`${count(pass.requests)}${pass.retries ? ` (${count(pass.retries)} again)` : ''}`},
  {label: 'Error', class: 'wide', cell: pass => pass.error_code
    ? html`<strong>${pass.error_code}</strong> ${message(pass.error_message)}` : nothing},
];

export default {
  title: () => 'Sync',

  async load({source, outcome, page}, signal) {
    const [sources, passes] = await Promise.all([
      ask('sources', {}, signal), ask('passes', {source, outcome, page, size: SIZE}, signal)]);
    return {sources, passes};
  },

  draw({sources, passes}) {
    const now = here();
    return html`
      <h1 tabindex="-1">Sync</h1>
      ${table({caption: 'Sources', columns: sourceColumns(sources.failing_after), rows: sources.sources,
        empty: 'No source is configured, and none was ever read.'})}
      <h2>Passes</h2>
      <form class="filters" aria-label="Passes" data-view="sync">
        ${choice('source', 'Source', [['', 'all'], ...sources.sources.map(({source}) => [source, source])], now.source)}
        ${choice('outcome', 'Outcome', [['', 'any'], ...['running', 'complete', 'repaired', 'suspect', 'failed', 'abandoned'].map(o => [o, o])], now.outcome)}
        <button>Show</button>
      </form>
      ${table({caption: 'Passes, latest first', columns: PASS_COLUMNS, rows: passes.passes, empty: 'No pass matches.'})}
      ${pager(passes.count, SIZE, plural(passes.count, 'pass', 'passes'))}`;
  },
};
