-- The credential of the vault that alone is tried on a device, by its name.
alter table devices add column pinned_credential text;

-- One device is shown without the rest of the inventory being read: by names and serial numbers that its neighbours say, and by the keys of hosts.
create index device_serials_upper on device_serials (tenant_id, upper(serial));
create index host_keys_fingerprint on host_keys (tenant_id, fingerprint);

-- only postgres
create index devices_label on devices (tenant_id, (lower(name) collate "C"));
