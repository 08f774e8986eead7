// Times as people read them: in their zone, or in UTC where they want that; the other one on hover.
import {html, nothing} from '../lib/lit-html/lit-html.js';
import {now} from './api.js';

export const zones = {
  get utc() { return localStorage.getItem('times') === 'utc'; },
  set utc(wanted) { localStorage.setItem('times', wanted ? 'utc' : 'local'); },
  get local() { return Intl.DateTimeFormat().resolvedOptions().timeZone; },
  get name() { return this.utc ? 'UTC' : this.local; },
};

const MINUTE = 60, HOUR = 3600, DAY = 86400;

const full = (date, timeZone) => new Intl.DateTimeFormat(undefined,
  {dateStyle: 'medium', timeStyle: 'medium', timeZone}).format(date) + (timeZone ? ' UTC' : '');

function short(date) {
  const timeZone = zones.utc ? 'UTC' : undefined;
  const day = instant => new Intl.DateTimeFormat('sv', {timeZone}).format(instant);
  const options = day(date) === day(now())
    ? {timeStyle: 'medium'}
    : {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
       ...(day(date).slice(0, 4) === day(now()).slice(0, 4) ? {} : {year: 'numeric'})};
  return new Intl.DateTimeFormat(undefined, {...options, timeZone}).format(date);
}

/** A time, as short as it can be told. */
export function when(text) {
  if (!text) {
    return nothing;
  }
  const date = new Date(text);
  return html`<time datetime=${text} title=${full(date, zones.utc ? undefined : 'UTC')}>${short(date)}</time>`;
}

/** How long seconds are, in one or two units. */
export function span(seconds) {
  const s = Math.max(0, seconds);
  if (s < 10) { return `${s < 9.95 ? Number(s.toFixed(1)) : 10} s`; }
  if (s < MINUTE) { return `${Math.round(s)} s`; }
  if (s < HOUR) { return `${Math.floor(s / MINUTE)} min`; }
  if (s < DAY) { return two(s, HOUR, 'h', MINUTE, 'min'); }
  return two(s, DAY, 'd', HOUR, 'h');
}

function two(seconds, large, name, small, smallName) {
  const whole = Math.floor(seconds / large);
  const rest = Math.floor((seconds % large) / small);
  return whole >= 10 || rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${smallName}`;
}

/** How long ago a time was, or how far off it is. */
export function ago(text) {
  if (!text) {
    return nothing;
  }
  const seconds = (now() - Date.parse(text)) / 1000;
  if (seconds < -2 * DAY) {
    return when(text);
  }
  return Math.abs(seconds) < 5 ? 'now' : seconds > 0 ? `${span(Math.floor(seconds))} ago` : `in ${span(Math.ceil(-seconds))}`;
}

/** A time and how long ago it was. */
export const since = text => text ? html`${when(text)} <span class="quiet">${ago(text)}</span>` : nothing;

const TIMES = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/;

/** A sentence of the server's, with its times as ours. */
export const told = text => text.split(TIMES).map(part => TIMES.test(part) ? when(part) : part);
