-- An RSA key is one key, whatever it signs with.
delete from host_keys where algorithm in ('rsa-sha2-256', 'rsa-sha2-512') and exists (
    select 1 from host_keys other
    where other.tenant_id = host_keys.tenant_id and other.address = host_keys.address and other.port = host_keys.port
        and (other.algorithm = 'ssh-rsa' or (other.algorithm = 'rsa-sha2-512' and host_keys.algorithm = 'rsa-sha2-256'))
);
update host_keys set algorithm = 'ssh-rsa' where algorithm in ('rsa-sha2-256', 'rsa-sha2-512');

-- How a key came to be trusted: first_use, imported, accepted.
alter table host_keys add column origin text not null default 'first_use';

-- Shown in place of the pinned one, and not trusted.
create table host_key_offers (
    tenant_id bigint not null references tenants (id),
    address {key} not null,
    port bigint not null,
    algorithm {key} not null,
    fingerprint {key} not null,
    public_key text not null,
    first_seen bigint not null,
    last_seen bigint not null,
    primary key (tenant_id, address, port, fingerprint)
);

create table revoked_host_keys (
    tenant_id bigint not null references tenants (id),
    fingerprint {key} not null,
    algorithm text not null,
    public_key text not null,
    revoked_at bigint not null,
    primary key (tenant_id, fingerprint)
);

-- How sessions with a host are encrypted: the last time, and the best suite that it ever agreed to.
create table host_crypto (
    tenant_id bigint not null references tenants (id),
    address {key} not null,
    port bigint not null,
    suite text not null,
    best text not null,
    kex text not null,
    host_key text not null,
    cipher text not null,
    mac text not null,
    since bigint not null,
    primary key (tenant_id, address, port)
);
