-- Devices are listed by their version, and found by it, as they are by their model.
create index devices_version on devices (tenant_id, lower(coalesce(os_version, '')), sort_key, slug);
