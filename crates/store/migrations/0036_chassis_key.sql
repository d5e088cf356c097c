-- Who hears a chassis is looked up once for each of its MACs, not once for each way to write it.
drop index neighbors_chassis;
create index neighbors_chassis
    on neighbors (tenant_id, lower(replace(replace(replace(remote_chassis_id, ':', ''), '.', ''), '-', '')))
    where gone_at is null;
