-- Somebody, maybe in another process, wants the run to end.
alter table runs add column cancel_at bigint;
alter table runs add column cancel_by text;
