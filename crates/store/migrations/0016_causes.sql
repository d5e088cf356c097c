-- Which change of the same device and visit a change came of: a route of the port that went down.

alter table changes add column cause_id bigint references changes (id) on delete set null;
create index changes_cause on changes (cause_id);
