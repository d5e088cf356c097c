-- What persons keep of ports, addresses and cables, with NetBox's columns, beside what devices say of theirs. The names of
-- the tables are NetBox's where facts have the shorter one.
create table dcim_interfaces (
    {id},
    tenant_id bigint not null references tenants (id),
    device_id bigint not null references devices (id) on delete cascade,
    name text not null,
    slug {key} not null,
    label text,
    type text,
    enabled text not null default 'true',
    parent text,
    bridge text,
    lag text,
    speed text,
    duplex text,
    mtu text,
    mac_address text,
    mgmt_only text,
    mark_connected text,
    mode text,
    untagged_vlan text,
    tagged_vlans text,
    vrf text,
    description text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);
create index dcim_interfaces_device on dcim_interfaces (device_id);

create table dcim_ip_addresses (
    {id},
    tenant_id bigint not null references tenants (id),
    device_id bigint references devices (id) on delete set null,
    name text not null,
    slug {key} not null,
    vrf text,
    status text not null default 'active',
    role text,
    interface text,
    is_primary text,
    is_oob text,
    dns_name text,
    description text,
    comments text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);
create index dcim_ip_addresses_device on dcim_ip_addresses (device_id);

create table cables (
    {id},
    tenant_id bigint not null references tenants (id),
    side_a_device_id bigint not null references devices (id) on delete cascade,
    side_b_device_id bigint not null references devices (id) on delete cascade,
    name text not null,
    slug {key} not null,
    side_a_type text,
    side_a_name text not null,
    side_b_type text,
    side_b_name text not null,
    type text,
    status text not null default 'connected',
    label text,
    color text not null default '9e9e9e',
    length text,
    length_unit text,
    description text,
    comments text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);
create index cables_side_a on cables (side_a_device_id);
create index cables_side_b on cables (side_b_device_id);

-- `mac search 20` asks for a VLAN too, and may find none.
create index mac_table_entries_vlan on mac_table_entries (tenant_id, vlan, device_id);

-- Prefixes of many lengths begin at one address, most of them at 0.0.0.0: whether there is one of a length is told by the
-- index alone.
drop index routes_prefix_key;
create index routes_prefix_key on routes (tenant_id, prefix_key, prefix);
