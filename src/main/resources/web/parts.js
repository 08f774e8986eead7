// Pieces that several views are made of.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {changed, here, toTask} from './place.js';

export const count = number => new Intl.NumberFormat().format(number);
export const plural = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;

export const badge = (status, kind) => html`<span class="badge ${kind ?? 'unknown'}">${status}</span>`;

export const taskLink = task => html`
  <a href=${toTask(task)}>${task.task_name || task.task_id}</a>`;

export const notice = (kind, text) => html`<div class="notice ${kind}">${text}</div>`;

/** A long text, in one line until it is opened. */
export const message = text => text ? html`<span class="message" title=${text}>${text}</span>` : nothing;

/**
 * A table. A column has a label and a cell for a row; with a sort key it can be sorted by. On a phone each row is a card,
 * for which the roles are said once more: tables that are laid out otherwise lose theirs.
 */
export function table({caption, columns, rows, empty = 'Nothing.', sort, rowClass = () => ''}) {
  if (rows.length === 0) {
    return html`<p class="empty">${empty}</p>`;
  }
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label=${caption}>
      <table role="table">
        <caption class="unseen">${caption}</caption>
        <thead role="rowgroup"><tr role="row">${columns.map(column => heading(column, sort))}</tr></thead>
        <tbody role="rowgroup">${rows.map(row => html`
          <tr role="row" class=${rowClass(row)}>${columns.map((column, i) => i === 0
            ? html`<th role="rowheader" scope="row" data-label=${column.label} class=${column.class ?? ''}>${column.cell(row)}</th>`
            : html`<td role="cell" data-label=${column.label} class=${column.class ?? ''}>${column.cell(row)}</td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>`;
}

function heading(column, sort) {
  if (!column.sort || !sort) {
    return html`<th role="columnheader" scope="col" class=${column.class ?? ''}>${column.label}</th>`;
  }
  const [up, down] = [column.sort, `-${column.sort}`];
  const way = sort === up ? 'ascending' : sort === down ? 'descending' : undefined;
  // the first click shows what is wanted most: the latest times, the highest numbers, names from A
  const next = way === undefined ? (column.latestFirst ? down : up) : way === 'ascending' ? down : up;
  return html`
    <th role="columnheader" scope="col" class=${column.class ?? ''} aria-sort=${way ?? nothing}>
      <a class="sort" href=${changed({sort: next})}>${column.label}<span aria-hidden="true">${
        way === 'ascending' ? ' ▲' : way === 'descending' ? ' ▼' : ''}</span></a>
    </th>`;
}

/** Links to the pages before and after this one. */
export function pager(total, size, things) {
  if (total === 0) {
    return nothing;
  }
  const page = Number(here().page ?? 1);
  const pages = Math.max(1, Math.ceil(total / size));
  return html`
    <nav class="pager" aria-label="Pages">
      ${page > 1 ? html`<a rel="prev" href=${changed({page: page - 1 > 1 ? page - 1 : ''})}>← Previous</a>` : html`<span></span>`}
      <span class="quiet">${pages > 1 ? `page ${count(page)} of ${count(pages)} · ` : ''}${things}</span>
      ${page < pages ? html`<a rel="next" href=${changed({page: page + 1})}>Next →</a>` : html`<span></span>`}
    </nav>`;
}

/** A choice of a form; "" chooses none. */
export const choice = (name, label, options, chosen = '') => html`
  <label>${label}
    <select name=${name}>${options.map(([value, text]) => html`
      <option value=${value} .selected=${value === chosen}>${text}</option>`)}
    </select>
  </label>`;
