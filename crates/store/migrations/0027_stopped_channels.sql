-- A channel whose account was refused waits until somebody has seen to it.
alter table notification_channels add column stopped_at bigint;
alter table notification_channels add column stopped_why text;
