// How it went over the last weeks: statuses by day, reasons of failures, how long migrations take.
import {html, nothing, svg} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import './charts.js';
import {toTask} from './place.js';
import {count, message, plural, table} from './parts.js';
import {since, span} from './time.js';

export const KINDS = [['failed', 'Failed'], ['active', 'Active'], ['succeeded', 'Succeeded'], ['ended', 'Ended'], ['unknown', 'Unknown']];
const DAYS = 30;

export async function loadHistory(signal) {
  const [days, reasons, durations] = await Promise.all(
    ['days', 'reasons', 'durations'].map(question => ask(question, {days: DAYS}, signal)));
  return {days: days.days, reasons, durations};
}

export const drawHistory = ({days, reasons, durations}) => html`
  <section>
    <h2>The last ${DAYS} days</h2>
    <div class="charts">
      <div class="chart"><h3>Tasks by status, day by day</h3>${statuses(days)}</div>
      <div class="chart"><h3>How long migrations took</h3>${lengths(durations)}</div>
    </div>
    <h3>Why tasks failed</h3>
    ${causes(reasons)}
  </section>`;

const numbers = (caption, columns, rows) => html`
  <details><summary>As a table</summary>${table({caption, columns, rows})}</details>`;

function statuses(days) {
  if (days.length === 0) {
    return html`<p class="empty">No day is over yet.</p>`;
  }
  const kinds = KINDS.filter(([kind]) => days.some(({tasks}) => tasks[kind] > 0));
  const label = day => new Date(day).toLocaleDateString(undefined, {day: 'numeric', month: 'short', timeZone: 'UTC'});
  const bars = {
    labels: days.map(({day}) => label(day)),
    series: kinds.map(([kind, name]) => ({label: name, colour: kind, values: days.map(({tasks}) => tasks[kind] ?? 0)})),
  };
  return html`
    <bar-chart class="canvas" .bars=${bars} label="Listed tasks by status at the end of each of the last ${DAYS} days"></bar-chart>
    ${numbers('Listed tasks at the end of each day, in UTC', [
      {label: 'Day', cell: ({day}) => day},
      ...kinds.map(([kind, name]) => ({label: name, class: 'number', cell: ({tasks}) => count(tasks[kind] ?? 0)}))],
    [...days].reverse())}`;
}

function lengths({buckets, migrations, median, ninety}) {
  if (migrations === 0) {
    return html`<p class="empty">No migration was seen from its begin to its end yet.</p>`;
  }
  const name = ({up_to: most}, i) => most ? `< ${span(most)}` : `${span(buckets[i - 1].up_to)} +`;
  const bars = {
    labels: buckets.map(name),
    series: [['succeeded', 'Succeeded'], ['failed', 'Failed']].map(([kind, label]) =>
      ({label, colour: kind, values: buckets.map(bucket => bucket[kind])})),
  };
  return html`
    <bar-chart class="canvas" .bars=${bars} label="Migrations by how long they took"></bar-chart>
    <p class="quiet">${plural(migrations, 'migration')}${median === null ? nothing
      : html`; of those that succeeded, half took up to <strong>${span(median)}</strong>, nine in ten up to <strong>${span(ninety)}</strong>`}.</p>
    ${numbers('Migrations by how long they took', [
      {label: 'Took', cell: bucket => name(bucket, buckets.indexOf(bucket))},
      {label: 'Succeeded', class: 'number', cell: bucket => count(bucket.succeeded)},
      {label: 'Failed', class: 'number', cell: bucket => count(bucket.failed)}], buckets)}`;
}

function causes({most, reasons, failures}) {
  const largest = Math.max(...most.map(cause => cause.failures));
  const bar = number => svg`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width=${100 * number / largest} height="8"></rect></svg>`;
  return html`
    ${table({caption: 'Why tasks failed, the most frequent reasons first', rows: most, empty: 'No task failed.', columns: [
      {label: 'Reason', class: 'wide', cell: cause => message(cause.reason ?? 'without a message')},
      {label: 'Failures', class: 'share', cell: cause => html`${count(cause.failures)} ${bar(cause.failures)}`},
      {label: 'Last', class: 'time', cell: cause => since(cause.last_failed_at)},
      {label: 'Such as', cell: cause => cause.task_id ? html`<a href=${toTask(cause)}>the last task</a>` : nothing}]})}
    ${reasons > most.length ? html`<p class="quiet">${plural(failures, 'failure')} of ${plural(reasons, 'kind')} in all.</p>` : nothing}`;
}
