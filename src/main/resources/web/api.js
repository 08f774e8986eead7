// What the server is asked, and what its refusals mean.

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

let ahead = 0; // of this machine's clock, in milliseconds

/** The time by the ledger's clock. */
export const now = () => Date.now() + ahead;

/** Asks a question; parameters that are empty are left out. */
export async function ask(question, parameters = {}, signal) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const answer = await send(`api/${question}?${new URLSearchParams(given)}`, {signal});
  if (answer.now) {
    ahead = Date.parse(answer.now) - Date.now();
  }
  return answer;
}

/** Has an alert sent again, or all that are dead. */
export const retry = which => send(`api/alerts/${which}/retry`, {method: 'POST'});

async function send(url, options) {
  const response = await fetch(url, options).catch(failure => {
    throw failure.name === 'AbortError' ? failure : new Refused(0, 'dcs-sync does not answer');
  });
  if (response.ok) {
    return response.json();
  }
  const said = await response.json().then(body => body.error_msg, () => response.statusText);
  throw new Refused(response.status, response.status === 503 ? 'the database of dcs-sync does not answer' : said);
}
