-- Who asks for Grafana: reads schema report and nothing else. The role is there before the schema, which gives it its rights.
create role dcs_reader nologin;
create role grafana login password 'grafana' in role dcs_reader;
