-- Facts of switching and routing. Columns as in 0004.

create table addresses (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vrf text,
    interface {key} not null,
    interface_seen text not null,
    ip text not null,
    ip_key {key} not null,
    prefix_length bigint
);
create index addresses_open on addresses (tenant_id, device_id, source, gone_at);
create index addresses_ip_key on addresses (tenant_id, ip_key);

create table port_channels (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    name {key} not null,
    name_seen text not null,
    member {key},
    member_seen text,
    protocol text,
    status text,
    member_status text
);
create index port_channels_open on port_channels (tenant_id, device_id, source, gone_at);

create table ipv6_neighbors (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vrf text,
    ip text not null,
    ip_key {key} not null,
    mac {key} not null,
    interface {key},
    interface_seen text
);
create index ipv6_neighbors_open on ipv6_neighbors (tenant_id, device_id, source, gone_at);
create index ipv6_neighbors_mac on ipv6_neighbors (tenant_id, mac);
create index ipv6_neighbors_ip_key on ipv6_neighbors (tenant_id, ip_key);

create table vlans (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vid bigint not null,
    name text,
    status text
);
create index vlans_open on vlans (tenant_id, device_id, source, gone_at);
create index vlans_vid on vlans (tenant_id, vid);

create table switchports (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    interface {key} not null,
    interface_seen text not null,
    mode text,
    access_vlan bigint,
    native_vlan bigint,
    tagged_vlans text,
    voice_vlan bigint
);
create index switchports_open on switchports (tenant_id, device_id, source, gone_at);

create table bgp_neighbors (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vrf text,
    address_family text,
    neighbor text not null,
    neighbor_key {key} not null,
    remote_as bigint,
    local_as bigint,
    router_id text,
    router_id_key {key},
    remote_id text,
    remote_id_key {key},
    state text,
    description text
);
create index bgp_neighbors_open on bgp_neighbors (tenant_id, device_id, source, gone_at);
create index bgp_neighbors_neighbor_key on bgp_neighbors (tenant_id, neighbor_key);

create table bgp_routes (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vrf text,
    prefix text not null,
    prefix_key {key} not null,
    next_hop text,
    next_hop_key {key},
    as_path text,
    origin text,
    local_preference bigint,
    metric bigint,
    weight bigint,
    status text
);
create index bgp_routes_open on bgp_routes (tenant_id, device_id, source, gone_at);
create index bgp_routes_prefix_key on bgp_routes (tenant_id, prefix_key);

create table ospf_neighbors (
    {id},
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    source {key} not null,
    digest {bytes} not null,
    capture_id bigint not null,
    first_line bigint not null,
    last_line bigint not null,
    template text not null,
    first_seen bigint not null,
    last_seen bigint,
    gone_at bigint,
    vrf text,
    process text,
    area text,
    router_id text not null,
    router_id_key {key} not null,
    address text,
    address_key {key},
    interface {key},
    interface_seen text,
    state text,
    role text
);
create index ospf_neighbors_open on ospf_neighbors (tenant_id, device_id, source, gone_at);
create index ospf_neighbors_router_id_key on ospf_neighbors (tenant_id, router_id_key);
create index ospf_neighbors_address_key on ospf_neighbors (tenant_id, address_key);

-- A VLAN is a number; the name is kept where a system has only that.
alter table mac_table_entries rename column vlan to vlan_name;
alter table mac_table_entries add column vlan bigint;
update mac_table_entries set vlan = cast(vlan_name as bigint), vlan_name = null
    where vlan_name <> '' and length(vlan_name) < 5 and trim(vlan_name, '0123456789') = '';

-- The protocol as printed, beside the word that all vendors share.
alter table routes add column code text;
alter table interfaces add column media text;
