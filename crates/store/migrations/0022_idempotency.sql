-- Requests that start something, by the key that the caller chose: the same key again starts nothing. `fingerprint` is
-- the SHA-256 of what was asked; `answer` is null while it is being done.
create table idempotency_keys (
    tenant_id bigint not null references tenants (id),
    actor text not null,
    idempotency_key {key} not null,
    fingerprint text not null,
    answer text,
    created_at bigint not null,
    primary key (tenant_id, actor, idempotency_key)
);
