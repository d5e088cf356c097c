-- Who hears a device is found by what its neighbours call it, without all neighbours being read.
create index neighbors_chassis on neighbors (tenant_id, lower(remote_chassis_id)) where gone_at is null;

-- Orders of the list of devices: a page of it is read, not all of them sorted.
create index devices_model on devices (tenant_id, lower(coalesce(model, '')), sort_key, slug);
create index devices_by_site on devices (tenant_id, site_id);
create index devices_last_seen on devices (tenant_id, last_seen desc, sort_key, slug);

-- only sqlite
create index neighbors_label on neighbors (tenant_id, lower(remote_name)) where gone_at is null;

-- only postgres
create index neighbors_label on neighbors (tenant_id, (lower(remote_name) collate "C")) where gone_at is null;
-- Devices by a part of what they are called. Who may not have the extension reads the table as a whole.
do $$ begin
    create extension if not exists pg_trgm;
    create index devices_parts on devices using gin (lower(name) gin_trgm_ops, lower(slug) gin_trgm_ops,
        lower(coalesce(model, '')) gin_trgm_ops, lower(coalesce(os_version, '')) gin_trgm_ops);
    create index device_addresses_parts on device_addresses using gin (lower(address) gin_trgm_ops);
    create index device_serials_parts on device_serials using gin (lower(serial) gin_trgm_ops);
exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
    raise warning 'no pg_trgm: searching by a part of a text will read whole tables (%)', sqlerrm;
end $$;
