-- What outside systems say of the network, as they said it last: one row for each of their records. `source` is the
-- installation, by its address; `source_id` is its own id. A record that its system does not have any more is gone, not
-- deleted.
create table source_records (
    {id},
    tenant_id bigint not null references tenants (id),
    system {key} not null,
    source {key} not null,
    kind {key} not null,
    source_id {key} not null,
    name text not null,
    url text,
    data text not null,
    device_id bigint references devices (id) on delete set null,
    first_seen bigint not null,
    last_seen bigint not null,
    gone_at bigint,
    unique (tenant_id, source, kind, source_id)
);
create index source_records_kind on source_records (tenant_id, system, kind);
create index source_records_device on source_records (device_id);
