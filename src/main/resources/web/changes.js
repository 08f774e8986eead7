// Changes of status, latest first.
import {html} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {here} from './place.js';
import {badge, choice, message, pager, plural, table, taskLink} from './parts.js';
import {since, when} from './time.js';

const SIZE = 50;

export const columns = [
  {label: 'Task', cell: taskLink},
  {label: 'Change', cell: change => html`
    <span class="change">${badge(change.from_status, change.from_class)} <span aria-label="to">→</span>
    ${badge(change.to_status, change.class)}</span>`},
  {label: 'Seen', class: 'time', cell: change => since(change.observed_at)},
  {label: 'Not before', class: 'time', cell: change => when(change.observed_after)},
  {label: 'Source', class: 'short', cell: change => change.source},
  {label: 'Error', class: 'wide', cell: change => message(change.error_message)},
];

export default {
  title: () => 'Changes',

  async load({class: kind, source, hours, page}, signal) {
    const [list, choices] = await Promise.all([
      ask('changes', {class: kind, source, hours, page, size: SIZE}, signal), ask('choices', {}, signal)]);
    return {list, choices};
  },

  draw({list, choices}) {
    const now = here();
    return html`
      <h1 tabindex="-1">Changes of status</h1>
      <form class="filters" aria-label="Changes" data-view="changes">
        ${choice('hours', 'Within', [['', '24 hours'], ['1', 'an hour'], ['72', '3 days'], ['168', '7 days'], ['720', '30 days']], now.hours)}
        ${choice('class', 'To', [['', 'any kind'], ['failed', 'failed'], ['active', 'active'], ['succeeded', 'succeeded'],
          ['ended', 'ended'], ['unknown', 'unknown']], now.class)}
        ${choice('source', 'Source', [['', 'all'], ...choices.sources.map(source => [source, source])], now.source)}
        <button>Show</button>
      </form>
      ${table({caption: 'Changes of status, latest first', columns, rows: list.changes,
        empty: 'No task changed its status in this time.'})}
      ${pager(list.count, SIZE, plural(list.count, 'change'))}`;
  },
};
