-- When the next log-in of a realm may begin, where it has a pace; see collect/src/pace.rs. Microseconds since 1970.

create table login_paces (
    tenant_id bigint not null references tenants (id),
    realm {key} not null,
    next_at bigint not null,
    primary key (tenant_id, realm)
);
