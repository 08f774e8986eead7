// What somebody on call wants to see first: what is failed and why, what moved, what stands still, and whether to trust it.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {to, toTask} from './place.js';
import {badge, count, message, notice, plural, table, taskLink} from './parts.js';
import {columns as changeColumns} from './changes.js';
import {KINDS, drawHistory, loadHistory} from './history.js';
import {health, sourceColumns} from './sync.js';
import {since, span, when} from './time.js';

const SHOWN = 8;

const failedColumns = [
  {label: 'Task', cell: taskLink},
  {label: 'Since', class: 'time', cell: task => since(task.status_since)},
  {label: 'Why', class: 'wide', cell: task => message(task.error_message)},
  {label: 'Source', class: 'short', cell: task => task.source},
  {label: 'Failures', class: 'number', cell: task => task.failure_count},
];

const stuckColumns = [
  {label: 'Task', cell: taskLink},
  {label: 'Status', cell: task => badge(task.status, task.class)},
  {label: 'Since', class: 'time', cell: task => since(task.last_changed_at)},
  {label: 'Source', class: 'short', cell: task => task.source},
];

const tile = (kind, label, number, href) => html`
  <li><a class="tile ${kind} ${number === 0 ? 'none' : ''}" href=${href}><b>${count(number)}</b> <span>${label}</span></a></li>`;

const more = (all, shown, href, things) => all > shown ? html`<p><a href=${href}>All ${count(all)} ${things} →</a></p>` : nothing;

export default {
  title: ({status}) => {
    const failed = number(status, 'failed');
    return failed > 0 ? `(${count(failed)}) Overview` : 'Overview';
  },

  /** What is told to those who do not see it change. */
  news: ({status}) => `${count(number(status, 'failed'))} failed`,

  async load(parameters, signal) {
    const [status, failed, stuck, changes, sources, alerts, past] = await Promise.all([
      ask('status', {}, signal),
      ask('tasks', {class: 'failed', size: SHOWN}, signal),
      ask('tasks', {stuck: 'yes', sort: 'changed', size: 5}, signal),
      ask('changes', {size: 10}, signal),
      ask('sources', {}, signal),
      ask('alerts', {size: 1}, signal),
      loadHistory(signal)]);
    return {status, failed, stuck, changes, sources, alerts, past};
  },

  draw({status, failed, stuck, changes, sources, alerts, past}) {
    const sick = sources.sources.filter(source => ['failed', 'warn'].includes(health(source, sources.failing_after).kind));
    if (sources.sources.length > 0 && sources.sources.every(source => !source.last_complete_at) && status.listed === 0) {
      return empty(sources);
    }
    return html`
      <h1 tabindex="-1">Overview</h1>
      ${sick.map(source => notice('bad', html`<strong>${source.source}</strong> was not read as a whole
        ${source.last_complete_at ? html`since ${since(source.last_complete_at)}` : 'yet'}:
        ${source.last_error_message ?? 'no error was kept'} <a href=${to('sync', {source: source.source})}>Its passes →</a>`))}
      ${(alerts.states.dead ?? 0) > 0 ? notice('bad', html`${plural(alerts.states.dead, 'alert is', 'alerts are')} dead: nobody was told.
        <a href=${to('alerts', {state: 'dead'})}>Look, and send again →</a>`) : nothing}
      <ul class="tiles" aria-label="Tasks by kind of status">
        ${KINDS.filter(([kind]) => kind !== 'unknown' || number(status, kind) > 0).map(([kind, label]) =>
          tile(kind, label, number(status, kind), to('tasks', {class: kind})))}
        ${tile('stuck', `Stuck for ${span(status.stuck_after_seconds)}`, status.stuck, to('tasks', {stuck: 'yes', sort: 'changed'}))}
        ${tile('gone', 'No longer listed', status.missing, to('tasks', {listed: 'no'}))}
      </ul>
      <section>
        <h2>Failed now</h2>
        ${table({caption: 'Tasks that are failed now, latest first', columns: failedColumns, rows: failed.tasks,
          empty: 'No listed task is failed.'})}
        ${more(failed.count, SHOWN, to('tasks', {class: 'failed'}), 'failed tasks')}
      </section>
      ${stuck.count > 0 ? html`<section>
        <h2>Stuck</h2>
        ${table({caption: 'Active tasks that have not changed for long, longest first', columns: stuckColumns, rows: stuck.tasks})}
        ${more(stuck.count, 5, to('tasks', {stuck: 'yes', sort: 'changed'}), 'stuck tasks')}
      </section>` : nothing}
      <section>
        <h2>Changed in the last 24 hours</h2>
        <p class="bar">${KINDS.filter(([kind]) => changes.classes[kind]).map(([kind, label]) => html`
          <a href=${to('changes', {class: kind})}>${badge(`${count(changes.classes[kind])} ${label.toLowerCase()}`, kind)}</a>`)}</p>
        ${table({caption: 'Latest changes of status', columns: changeColumns.filter(({label}) => label !== 'Not before'), rows: changes.changes,
          empty: 'No task changed its status.'})}
        ${more(changes.count, 10, to('changes'), 'changes')}
      </section>
      ${drawHistory(past)}
      <section>
        <h2>Is it fresh?</h2>
        ${table({caption: 'Sources', columns: sourceColumns(sources.failing_after), rows: sources.sources,
          empty: 'No source is configured, and none was ever read.'})}
        <p><a href=${to('alerts')}>${(alerts.states.pending ?? 0) === 0 ? 'No alert waits to be sent.'
          : plural(alerts.states.pending, 'alert waits', 'alerts wait') + ' to be sent.'}</a></p>
      </section>`;
  },
};

function number(status, kind) {
  return status.statuses.filter(s => s.class === kind).reduce((sum, s) => sum + s.tasks, 0);
}

function empty(sources) {
  return html`
    <h1 tabindex="-1">Overview</h1>
    ${notice('', html`Nothing was read as a whole yet. This page fills by itself as soon as the first pass has ended.`)}
    ${table({caption: 'Sources', columns: sourceColumns(sources.failing_after), rows: sources.sources})}`;
}
