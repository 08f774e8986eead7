// One task: what it is, what happened to it and who was told, and how its content changed.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {ask} from './api.js';
import {changed, here} from './place.js';
import {badge, choice, notice, table} from './parts.js';
import {since, told, when} from './time.js';

const FIELDS = [['task_id', 'ID'], ['source', 'Source'], ['project_id', 'Project'], ['description', 'Description'],
  ['migration_type', 'Type'], ['migration_method', 'Method'], ['data_source', 'Data source'],
  ['source_instance_name', 'From instance'], ['source_instance_id', 'From instance ID'], ['source_instance_status', 'Its status'],
  ['target_instance_name', 'To instance'], ['target_instance_id', 'To instance ID'], ['target_instance_addrs', 'To address'],
  ['target_instance_status', 'Its status'], ['ecs_tenant_private_ip', 'Migration ECS'], ['resume_mode', 'Mode'],
  ['version', 'Version'], ['supported_features', 'Features']];
const TIMES = [['created_at', 'Created'], ['released_at', 'ECS released'], ['first_seen_at', 'First seen'],
  ['last_changed_at', 'Last changed'], ['missing_since', 'Not listed since']];

const text = value => value === null || value === undefined ? ''
  : Array.isArray(value) && value.every(one => typeof one === 'string') ? value.join(', ')
  : typeof value === 'object' ? JSON.stringify(value) : String(value);

export default {
  title: ({answer}) => answer.task.task_name || answer.task.task_id,

  async load({source, task}, signal) {
    const [answer, story] = await Promise.all([ask('task', {source, task}, signal), ask('story', {source, task}, signal)]);
    return {answer, story};
  },

  draw({answer: {task, versions}, story}) {
    return html`
      <h1 tabindex="-1">${task.task_name || task.task_id}</h1>
      <p class="lead">${badge(task.status, task.status_class)} since ${since(task.status_since)}
        ${task.failure_count > 0 ? html` · failed ${task.failure_count === 1 ? 'once' : `${task.failure_count} times`}` : ''}
        ${task.missing_since ? html` · <strong>no longer listed</strong> since ${since(task.missing_since)}` : ''}</p>
      ${task.error_message ? html`<section class="notice ${task.status_class === 'failed' ? 'bad' : ''}" aria-label="Error message">
        <pre>${task.error_message}</pre></section>` : ''}
      <div class="columns">
        <section><h2>What happened</h2>${timeline(story)}</section>
        <section><h2>The task</h2>
          <dl class="facts">
            ${FIELDS.filter(([name]) => text(task[name]) !== '').map(([name, label]) => html`<div><dt>${label}</dt><dd>${text(task[name])}</dd></div>`)}
            ${TIMES.filter(([name]) => task[name]).map(([name, label]) => html`<div><dt>${label}</dt><dd>${when(task[name])}</dd></div>`)}
            ${Object.entries(task.extra ?? {}).map(([name, value]) => html`<div><dt>${name}</dt><dd>${text(value)}</dd></div>`)}
          </dl>
        </section>
      </div>
      <section><h2>Versions</h2>${compare(versions)}</section>`;
  },
};

function timeline(story) {
  return html`<ol class="timeline">${[...story].reverse().map(event => html`
    <li class=${event.class ?? ''}>
      <p><strong>${told(event.headline)}</strong><br>${since(event.at)}</p>
      ${event.error ? html`<pre>${event.error}</pre>` : nothing}
      <ul>${event.fates.map(fate => html`<li>${told(fate.text)} ${fate.state === 'dead' ? html`
        <button class="small" data-retry=${fate.alert_id}>Send again</button>` : nothing}</li>`)}</ul>
    </li>`)}</ol>`;
}

function compare(versions) {
  if (versions.length < 2) {
    return html`<p class="empty">Its content has not changed since it was first seen.</p>`;
  }
  const {a, b, fields} = here();
  const place = (chosen, otherwise) => Math.max(0, versions.findIndex(version => version.valid_from === (chosen ?? otherwise)));
  const newer = versions[place(b, versions[0].valid_from)];
  const older = versions[place(a, versions[1].valid_from)];
  const names = [...new Set([...Object.keys(older.task ?? {}), ...Object.keys(newer.task ?? {})])];
  const rows = names
    .map(name => ({name, older: text(older.task?.[name]), newer: text(newer.task?.[name])}))
    .map(row => ({...row, differs: row.older !== row.newer}))
    .filter(row => fields === 'all' || row.differs);
  const options = versions.map((version, i) => [version.valid_from,
    `${versions.length - i}: ${version.valid_from.slice(0, 19).replace('T', ' ')} UTC${version.task ? '' : ', not listed'}`]);
  return html`
    <form class="filters" aria-label="Versions to compare" data-view="task">
      <input type="hidden" name="source" .value=${here().source}><input type="hidden" name="task" .value=${here().task}>
      ${choice('a', 'Older', options, older.valid_from)}
      ${choice('b', 'Newer', options, newer.valid_from)}
      ${choice('fields', 'Fields', [['', 'that differ'], ['all', 'all']], fields)}
      <button>Show</button>
    </form>
    ${older.task && newer.task ? nothing : notice('', older.task ? 'In the newer one it was not listed.' : 'In the older one it was not listed.')}
    ${table({
      caption: 'Two versions of the task', rows, rowClass: row => row.differs ? 'differs' : '',
      empty: html`They are the same. <a href=${changed({fields: 'all'})}>Show all fields</a>`,
      columns: [
        {label: 'Field', cell: row => html`${row.name}${row.differs && fields === 'all' ? html` <span class="quiet">changed</span>` : ''}`},
        {label: 'Older', class: 'value', cell: row => row.older},
        {label: 'Newer', class: 'value', cell: row => row.newer}],
    })}`;
}
