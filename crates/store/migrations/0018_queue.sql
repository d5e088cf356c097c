-- Processes that work on runs. A worker with sites takes devices of these only, and nobody else takes them.
create table workers (
    {id},
    tenant_id bigint not null references tenants (id),
    name {key} not null,
    host text not null,
    pid bigint not null,
    state text not null,
    concurrency bigint not null,
    started_at bigint not null,
    heartbeat_at bigint not null,
    unique (tenant_id, name)
);

create table worker_sites (
    tenant_id bigint not null,
    worker_id bigint not null references workers (id) on delete cascade,
    site_id bigint not null references sites (id) on delete cascade,
    primary key (worker_id, site_id)
);

-- A shared run is worked on by any worker, and else by the process that began it. `concurrency` is the most of its devices at
-- once, over all workers.
alter table runs add column shared boolean not null default false;
alter table runs add column priority bigint not null default 1;
alter table runs add column weight bigint not null default 1;
alter table runs add column concurrency bigint;
alter table runs add column served_at bigint not null default 0;

-- Who works on it, for how long nobody else may; the site that it was at when the run began.
alter table run_devices add column worker_id bigint;
alter table run_devices add column lease_until bigint;
alter table run_devices add column site_id bigint;
create index run_devices_pending on run_devices (run_id, seq) where state = 'pending';
create index run_devices_running on run_devices (run_id, worker_id) where state = 'running';
