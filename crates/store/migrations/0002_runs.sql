create table runs (
    {id},
    tenant_id bigint not null references tenants (id),
    kind text not null,
    state text not null,
    params text not null,
    actor text not null,
    started_at bigint not null,
    ended_at bigint,
    heartbeat_at bigint not null,
    last_seq bigint not null default 0
);
create index runs_state on runs (tenant_id, state);

create table run_devices (
    run_id bigint not null references runs (id) on delete cascade,
    seq bigint not null,
    tenant_id bigint not null,
    device_id bigint references devices (id) on delete set null,
    address text,
    port bigint not null,
    name text not null,
    depth bigint not null,
    parent bigint,
    state text not null,
    class text,
    message text not null default '',
    username text,
    duration_ms bigint not null default 0,
    started_at bigint,
    ended_at bigint,
    attempt bigint not null default 0,
    primary key (run_id, seq)
);
create index run_devices_state on run_devices (run_id, state);
create index run_devices_device on run_devices (device_id);
