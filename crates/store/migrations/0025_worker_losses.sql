-- Workers that were not heard of for as long as a lease lasts: each silence once, whoever saw it first.
create table worker_losses (
    {id},
    tenant_id bigint not null references tenants (id),
    worker {key} not null,
    host text not null,
    heartbeat_at bigint not null,
    in_flight bigint not null,
    seen_at bigint not null,
    unique (tenant_id, worker, heartbeat_at)
);
create index worker_losses_seen on worker_losses (tenant_id, seen_at);
