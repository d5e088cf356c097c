-- A fact is there from first_seen until gone_at. While it is open and last_seen is null it was in the latest load
-- of its device, kind and source, so fact_loads.loaded_at is when it was last seen; seeing it again writes nothing here.
-- capture_id has no foreign key: a check for each of millions of rows, and an index more, when a capture is deleted.

create table fact_loads (
    tenant_id bigint not null references tenants (id),
    device_id bigint not null references devices (id) on delete cascade,
    kind {key} not null,
    source {key} not null,
    capture_id bigint not null,
    tried_at bigint not null,
    loaded_at bigint,
    facts bigint not null default 0,
    unread_lines bigint not null default 0,
    rejected_rows bigint not null default 0,
    outcome text not null,
    message text,
    primary key (device_id, kind, source)
);

create table system_facts (
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
    hostname text,
    vendor text,
    model text,
    os_version text,
    serials text,
    image text,
    chassis_mac {key}
);
create index system_facts_open on system_facts (tenant_id, device_id, source, gone_at);

create table components (
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
    name text not null,
    description text,
    part_id text,
    version text,
    serial {key}
);
create index components_open on components (tenant_id, device_id, source, gone_at);
create index components_serial on components (tenant_id, serial);

create table interfaces (
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
    description text,
    status text,
    protocol_status text,
    mac {key},
    ip text,
    ip_key {key},
    prefix_length bigint,
    mtu bigint,
    speed text,
    duplex text
);
create index interfaces_open on interfaces (tenant_id, device_id, source, gone_at);
create index interfaces_mac on interfaces (tenant_id, mac);
create index interfaces_ip_key on interfaces (tenant_id, ip_key);

create table neighbors (
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
    protocol text not null,
    local_interface {key} not null,
    local_interface_seen text not null,
    remote_name text,
    remote_interface text,
    remote_interface_description text,
    remote_chassis_id text,
    remote_address text,
    remote_address_key {key},
    remote_platform text,
    remote_capabilities text
);
create index neighbors_open on neighbors (tenant_id, device_id, source, gone_at);

create table arp_entries (
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
create index arp_entries_open on arp_entries (tenant_id, device_id, source, gone_at);
create index arp_entries_mac on arp_entries (tenant_id, mac);
create index arp_entries_ip_key on arp_entries (tenant_id, ip_key);

create table mac_table_entries (
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
    vlan text,
    mac {key} not null,
    interface {key} not null,
    interface_seen text not null,
    entry_type text
);
create index mac_table_entries_open on mac_table_entries (tenant_id, device_id, source, gone_at);
create index mac_table_entries_mac on mac_table_entries (tenant_id, mac);

create table routes (
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
    protocol text,
    distance bigint,
    metric bigint,
    next_hop text,
    next_hop_key {key},
    interface {key},
    interface_seen text
);
create index routes_open on routes (tenant_id, device_id, source, gone_at);
create index routes_prefix_key on routes (tenant_id, prefix_key);
