// Where we are: the view and what it shows, all of it in the address, so that it can be sent to somebody.

/** The parameters of the address. */
export const here = () => Object.fromEntries(new URLSearchParams(location.search));

/** The address of a view; parameters that are empty are left out. */
export function to(view, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = new URLSearchParams([...(view === 'overview' ? [] : [['view', view]]), ...given]);
  return query.size ? `?${query}` : './';
}

/** The address of this view with some parameters changed, on its first page. */
export function changed(parameters) {
  const {view = 'overview', page, ...rest} = here();
  return to(view, {...rest, ...parameters});
}

/** The address of a task. */
export const toTask = task => to('task', {source: task.source, task: task.task_id});
