-- Facts of how a device is run, and what a component is and is in. As in step 4: a fact is there from first_seen until gone_at.

alter table components add column class text;
alter table components add column parent text;

create table ntp_peers (
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
    server {key} not null,
    status text,
    stratum bigint,
    reference text,
    vrf text
);
create index ntp_peers_open on ntp_peers (tenant_id, device_id, source, gone_at);
create index ntp_peers_server on ntp_peers (tenant_id, server);

create table snmp_settings (
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
    setting text not null,
    name text,
    value text,
    access text,
    version text,
    security text,
    acl text,
    vrf text
);
create index snmp_settings_open on snmp_settings (tenant_id, device_id, source, gone_at);

create table aaa_methods (
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
    service text not null,
    scope text,
    list text,
    methods text not null
);
create index aaa_methods_open on aaa_methods (tenant_id, device_id, source, gone_at);

create table aaa_servers (
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
    server {key} not null,
    name text,
    server_group text,
    port bigint,
    accounting_port bigint,
    timeout bigint,
    vrf text,
    source_interface text
);
create index aaa_servers_open on aaa_servers (tenant_id, device_id, source, gone_at);
create index aaa_servers_server on aaa_servers (tenant_id, server);

create table syslog_targets (
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
    target text not null,
    name {key},
    level text,
    facility text,
    transport text,
    port bigint,
    vrf text
);
create index syslog_targets_open on syslog_targets (tenant_id, device_id, source, gone_at);
create index syslog_targets_name on syslog_targets (tenant_id, name);

create table access_lines (
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
    line text not null,
    speed bigint,
    idle_timeout text,
    transport text,
    login text,
    acl text,
    sessions bigint
);
create index access_lines_open on access_lines (tenant_id, device_id, source, gone_at);

create table ssh_servers (
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
    status text,
    version text,
    vrf text,
    port bigint,
    timeout bigint,
    retries bigint,
    sessions bigint,
    authentication text,
    root_login text,
    ciphers text,
    macs text,
    key_exchanges text,
    host_keys text
);
create index ssh_servers_open on ssh_servers (tenant_id, device_id, source, gone_at);

create table environment_sensors (
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
    sensor text not null,
    name text not null,
    state text,
    part_id text,
    serial {key}
);
create index environment_sensors_open on environment_sensors (tenant_id, device_id, source, gone_at);
create index environment_sensors_serial on environment_sensors (tenant_id, serial);

create table local_users (
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
    privilege bigint,
    role text,
    secret_type text
);
create index local_users_open on local_users (tenant_id, device_id, source, gone_at);
create index local_users_name on local_users (tenant_id, name);
