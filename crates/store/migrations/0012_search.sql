-- Texts that are searched by a part of them, in lower case: an index with little else in it is looked through, not the
-- table. Cut, since PostgreSQL has no index entry of more than 2,704 bytes, and a device may say what it likes.
alter table interfaces add column search_text text
    generated always as (lower(substr(description, 1, 200))) {made};
alter table components add column search_text text
    generated always as (lower(substr(coalesce(serial, ''), 1, 200) || ' | ' || substr(coalesce(part_id, ''), 1, 200)
        || ' | ' || substr(coalesce(description, ''), 1, 200))) {made};
alter table neighbors add column search_text text
    generated always as (lower(substr(coalesce(remote_name, ''), 1, 200) || ' | '
        || substr(coalesce(remote_platform, ''), 1, 200))) {made};
alter table system_facts add column search_text text
    generated always as (lower(substr(coalesce(hostname, ''), 1, 200) || ' | ' || substr(coalesce(model, ''), 1, 200)
        || ' | ' || substr(coalesce(os_version, ''), 1, 200))) {made};
alter table vlans add column search_text text generated always as (lower(substr(name, 1, 200))) {made};
create index interfaces_search on interfaces (tenant_id, search_text, id) where search_text is not null;
create index components_search on components (tenant_id, search_text, id);
create index neighbors_search on neighbors (tenant_id, search_text, id);
create index system_facts_search on system_facts (tenant_id, search_text, id);
create index vlans_search on vlans (tenant_id, search_text, id);

create index neighbors_remote_address_key on neighbors (tenant_id, remote_address_key);
create index system_facts_chassis_mac on system_facts (tenant_id, chassis_mac);
