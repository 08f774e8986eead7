// The outbox: what is not delivered yet, or never was.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {here, to} from './place.js';
import {badge, count, message, pager, plural, table, taskLink} from './parts.js';
import {ago, since} from './time.js';

const SIZE = 50;
const STATES = {waiting: 'Pending and dead', pending: 'Pending', dead: 'Dead', delivered: 'Delivered', suppressed: 'Not sent'};
const KINDS = {pending: 'active', dead: 'failed', delivered: 'succeeded', suppressed: 'ended'};

const next = alert => alert.state !== 'pending' ? nothing
  : !alert.channel_known ? 'no such channel here'
  : alert.next_attempt_at ? ago(alert.next_attempt_at) : 'when its pass has ended';

const canRetry = alert => alert.state === 'dead' || alert.state === 'suppressed' && ['dropped', 'muted'].includes(alert.reason)
  || alert.state === 'pending' && alert.attempts > 0;

export const columns = [
  {label: 'Alert', cell: alert => alert.alert_id},
  {label: 'State', cell: alert => html`${badge(alert.state, KINDS[alert.state])} ${alert.reason ? html`<span class="quiet">${alert.reason}</span>` : ''}`},
  {label: 'Channel', cell: alert => alert.channel},
  {label: 'Kind', cell: alert => alert.kind},
  {label: 'Of', cell: alert => alert.task_id ? taskLink(alert) : html`source ${alert.source}`},
  {label: 'Made', class: 'time', cell: alert => since(alert.created_at)},
  {label: 'Tries', class: 'number', cell: alert => alert.attempts},
  {label: 'Next', class: 'time', cell: next},
  {label: 'Last error', class: 'wide', cell: alert => message(alert.last_error)},
  {label: 'Do', cell: alert => canRetry(alert) ? html`
    <button class="small" data-retry=${alert.alert_id} aria-label="Send alert ${alert.alert_id} again">Send again</button>` : nothing},
];

export default {
  title: () => 'Alerts',

  load: ({state, source, page}, signal) => ask('alerts', {state, source, page, size: SIZE}, signal),

  draw({alerts, count: total, states}) {
    const state = here().state ?? 'waiting';
    const number = which => which === 'waiting' ? (states.pending ?? 0) + (states.dead ?? 0) : states[which] ?? 0;
    return html`
      <h1 tabindex="-1">Alerts</h1>
      <nav class="tabs" aria-label="State">${Object.entries(STATES).map(([which, label]) => html`
        <a href=${to('alerts', {state: which === 'waiting' ? '' : which})} aria-current=${which === state ? 'true' : nothing}>${label}
          <span class="quiet">${count(number(which))}</span></a>`)}
      </nav>
      ${number('dead') > 0 ? html`<p class="bar">${plural(number('dead'), 'alert is', 'alerts are')} dead: refused for good, or given up after the last try.
        <button data-retry="dead" data-ask=${`Send ${plural(number('dead'), 'dead alert')} again?`}>Send all dead again</button></p>` : ''}
      ${table({caption: STATES[state], columns, rows: alerts,
        empty: state === 'waiting' ? 'Everything was delivered: no alert is pending or dead.' : 'No alert is in this state.'})}
      ${pager(total, SIZE, plural(total, 'alert'))}`;
  },
};
