// The list of tasks: search, filter, sort, page.
import {html} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {here, to} from './place.js';
import {badge, choice, message, pager, plural, table, taskLink} from './parts.js';
import {since, when} from './time.js';

const SIZE = 50;
const SORTS = [['-since', 'Status since, latest first'], ['since', 'Status since, earliest first'], ['name', 'Name'],
  ['status', 'Status'], ['-failures', 'Failures'], ['-created', 'Created, latest first'], ['source', 'Source'],
  ['-changed', 'Changed, latest first'], ['error', 'Error']];

const filters = ({view, page, ...rest}) => rest;

export const columns = [
  {label: 'Task', sort: 'name', cell: taskLink},
  {label: 'Status', sort: 'status', cell: task => html`${badge(task.status, task.class)}${
    task.missing_since ? html` <span class="badge ended">not listed</span>` : ''}`},
  {label: 'Since', sort: 'since', latestFirst: true, class: 'time', cell: task => since(task.status_since)},
  {label: 'Source', sort: 'source', class: 'short', cell: task => task.source},
  {label: 'From → to', cell: task => html`<span class="ends">${task.source_instance ?? '?'} → ${task.target_instance ?? '?'}</span>`},
  {label: 'Failures', sort: 'failures', latestFirst: true, class: 'number', cell: task => task.failure_count || ''},
  {label: 'Created', sort: 'created', latestFirst: true, class: 'time', cell: task => when(task.created_at)},
  {label: 'Error', sort: 'error', class: 'wide', cell: task => message(task.error_message)},
];

export default {
  title: () => 'Tasks',

  async load(parameters, signal) {
    const [list, choices] = await Promise.all([
      ask('tasks', {...filters(parameters), page: parameters.page, size: SIZE}, signal),
      ask('choices', {}, signal)]);
    return {list, choices};
  },

  draw({list, choices}) {
    const now = here();
    const csv = `api/tasks.csv?${new URLSearchParams(Object.entries(filters(now)).filter(([, value]) => value !== ''))}`;
    return html`
      <h1 tabindex="-1">Tasks</h1>
      <form class="filters" role="search" aria-label="Tasks" data-view="tasks">
        <label class="grow">Search
          <input type="search" name="q" .value=${now.q ?? ''} placeholder="name, id, instance, address, error" maxlength="500">
        </label>
        ${choice('class', 'Kind', [['', 'all kinds'], ['failed', 'failed'], ['active', 'active'],
          ['succeeded', 'succeeded'], ['ended', 'ended'], ['unknown', 'unknown']], now.class)}
        ${choice('status', 'Status', [['', 'all'], ...choices.statuses.map(status => [status, status])], now.status)}
        ${choice('source', 'Source', [['', 'all'], ...choices.sources.map(source => [source, source])], now.source)}
        ${choice('listed', 'Listed', [['', 'listed now'], ['no', 'no longer listed'], ['all', 'both']], now.listed)}
        ${choice('stuck', 'Change', [['', 'any'], ['yes', 'stuck only']], now.stuck)}
        ${choice('sort', 'Sort by', SORTS.map(([value, text]) => [value === '-since' ? '' : value, text]), now.sort)}
        <button>Show</button>
      </form>
      <p class="bar">
        <strong>${plural(list.count, 'task')}</strong>
        ${Object.keys(filters(now)).length ? html`<a href=${to('tasks')}>Clear all filters</a>` : ''}
        <a class="end" href=${csv} download="tasks.csv">Download as CSV</a>
      </p>
      ${table({caption: 'Tasks that match', columns, rows: list.tasks, sort: now.sort ?? '-since',
        empty: html`No task matches. <a href=${to('tasks')}>Show all</a>`})}
      ${pager(list.count, SIZE, plural(list.count, 'task'))}`;
  },
};
