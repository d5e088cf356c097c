create table tenants (
    id bigint primary key,
    name text not null,
    created_at bigint not null
);

create table sites (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    status text not null default 'active',
    time_zone text,
    unique (tenant_id, slug)
);

create table manufacturers (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    unique (tenant_id, slug)
);

create table platforms (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    manufacturer_id bigint references manufacturers (id),
    netmiko_type text,
    unique (tenant_id, slug)
);

create table device_roles (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    color text not null,
    unique (tenant_id, slug)
);

create table devices (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    address text not null,
    port bigint not null,
    site_id bigint references sites (id),
    role_id bigint references device_roles (id),
    platform_id bigint references platforms (id),
    manufacturer_id bigint references manufacturers (id),
    model text,
    os_version text,
    status text not null default 'active',
    first_seen bigint not null,
    last_seen bigint not null,
    last_captured bigint
);
create unique index devices_slug on devices (tenant_id, lower(slug));
create index devices_name on devices (tenant_id, lower(name));

create table device_serials (
    tenant_id bigint not null,
    serial {key} not null,
    device_id bigint not null references devices (id) on delete cascade,
    primary key (tenant_id, serial, device_id)
);
create index device_serials_device on device_serials (device_id);

create table device_macs (
    tenant_id bigint not null,
    mac {key} not null,
    device_id bigint not null references devices (id) on delete cascade,
    primary key (tenant_id, mac, device_id)
);
create index device_macs_device on device_macs (device_id);

create table device_addresses (
    tenant_id bigint not null,
    address {key} not null,
    device_id bigint not null references devices (id) on delete cascade,
    is_primary boolean not null,
    primary key (tenant_id, address, device_id)
);
create index device_addresses_device on device_addresses (device_id);

create table device_access (
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    username text not null,
    platform text not null,
    port bigint not null,
    last_success_at bigint not null,
    primary key (device_id, username, platform)
);

create table host_keys (
    tenant_id bigint not null references tenants (id),
    address {key} not null,
    port bigint not null,
    algorithm {key} not null,
    fingerprint text not null,
    public_key text not null,
    first_seen bigint not null,
    last_seen bigint not null,
    primary key (tenant_id, address, port, algorithm)
);

create table audit_log (
    {id},
    tenant_id bigint not null references tenants (id),
    at bigint not null,
    actor text not null,
    action text not null,
    object text not null,
    detail text not null
);
create index audit_log_at on audit_log (tenant_id, at);
