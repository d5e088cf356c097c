create table vaults (
    tenant_id bigint primary key references tenants (id),
    header {bytes} not null,
    roll {bytes} not null,
    generation bigint not null,
    created_at bigint not null,
    changed_at bigint not null
);

create table credentials (
    {id},
    tenant_id bigint not null references tenants (id),
    name {key} not null,
    kind text not null,
    username text not null,
    realm text not null default '',
    holds text not null,
    priority bigint not null,
    is_default boolean not null,
    notes text not null default '',
    revision bigint not null,
    sealed {bytes} not null,
    created_at bigint not null,
    changed_at bigint not null
);
create unique index credentials_name on credentials (tenant_id, lower(name));
create unique index credentials_default on credentials (tenant_id) where is_default;
