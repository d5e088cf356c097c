-- What became of which thing, how many of them, who did it by the device's own words, and what proves it (JSON).
alter table changes add column action text;
alter table changes add column items bigint not null default 1;
alter table changes add column changed_by text;
alter table changes add column changed_at text;
alter table changes add column things text;
create index changes_by on changes (tenant_id, changed_by);
create index changes_kind on changes (tenant_id, kind, detected_at);
