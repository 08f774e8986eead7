-- Answers which sources and statuses there are to choose from, as JSON. Always returns one row.
select cast(json_build_object(
  'sources', coalesce((select json_agg(f.source order by f.source) from report.freshness f), '[]'),
  'statuses', coalesce((select json_agg(s.status order by s.status)
                        from (select distinct n.status from report.status_now n) s), '[]')) as text)
