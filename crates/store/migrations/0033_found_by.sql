-- Whoever asks for a port, a VRF, or who reports to a host does not know on which devices it is.
create index interfaces_name on interfaces (tenant_id, name);
create index port_channels_name on port_channels (tenant_id, name);
create index addresses_vrf on addresses (tenant_id, vrf);
create index snmp_settings_name on snmp_settings (tenant_id, name);
