-- When a job runs by itself: `timing` is JSON, the `Recurrence` of the scheduler. `zone` is null for that of the site, or UTC.
create table schedules (
    {id},
    tenant_id bigint not null references tenants (id),
    job_id bigint not null references jobs (id) on delete cascade,
    timing text not null,
    zone text,
    site_id bigint references sites (id) on delete set null,
    jitter_ms bigint not null,
    seed bigint not null,
    missed text not null,
    paused boolean not null default false,
    -- The time that is waited for, in the zone that it was found out by; since when the timing is what it is.
    next_due bigint,
    next_zone text not null,
    since bigint not null,
    created_at bigint not null,
    created_by text not null
);
create index schedules_job on schedules (job_id);

-- What became of each time that came: the key lets one daemon of many have it.
create table schedule_firings (
    schedule_id bigint not null references schedules (id) on delete cascade,
    due bigint not null,
    tenant_id bigint not null,
    at bigint not null,
    outcome text not null,
    message text,
    run_id bigint references runs (id) on delete set null,
    primary key (schedule_id, due)
);
create index schedule_firings_run on schedule_firings (run_id);
