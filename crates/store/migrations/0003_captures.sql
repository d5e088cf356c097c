create table captures (
    {id},
    tenant_id bigint not null references tenants (id),
    device_id bigint not null references devices (id) on delete cascade,
    capture_type text not null,
    command text not null,
    platform text not null,
    content_hash text not null,
    size bigint not null,
    version_no bigint,
    completeness text not null,
    reason text,
    first_seen bigint not null,
    last_seen bigint not null,
    run_id bigint references runs (id) on delete set null,
    last_run_id bigint references runs (id) on delete set null
);
create index captures_latest on captures (device_id, capture_type, id);
create unique index captures_version on captures (device_id, capture_type, version_no);
create index captures_run on captures (run_id);
create index captures_last_run on captures (last_run_id);

create table changes (
    {id},
    tenant_id bigint not null references tenants (id),
    device_id bigint not null references devices (id) on delete cascade,
    kind text not null,
    severity text not null,
    old_capture_id bigint references captures (id) on delete set null,
    new_capture_id bigint references captures (id) on delete set null,
    detected_at bigint not null,
    run_id bigint references runs (id) on delete set null,
    summary text not null,
    diff text not null,
    lines_added bigint not null,
    lines_removed bigint not null
);
create index changes_at on changes (tenant_id, detected_at);
create index changes_device on changes (device_id, detected_at);
create index changes_old_capture on changes (old_capture_id);
create index changes_new_capture on changes (new_capture_id);
create index changes_run on changes (run_id);
