-- Whether the database user may forget anything. Always returns one row.
select has_function_privilege('dcs.prune_history(timestamptz, timestamptz, text, text, int)', 'execute')
       and has_function_privilege('dcs.prune_runs(timestamptz, bigint, int)', 'execute') as allowed
