-- The last six digits of a MAC address, by which those that a user knows the end of are found.
create index interfaces_card on interfaces (tenant_id, substr(mac, 7));
create index arp_entries_card on arp_entries (tenant_id, substr(mac, 7));
create index mac_table_entries_card on mac_table_entries (tenant_id, substr(mac, 7));
create index ipv6_neighbors_card on ipv6_neighbors (tenant_id, substr(mac, 7));

-- Texts are found by a part of them through their trigrams; the indexes that were read as a whole go.
drop index interfaces_search;
drop index components_search;
drop index neighbors_search;
drop index system_facts_search;
drop index vlans_search;

-- only sqlite
create virtual table interfaces_parts using fts5 (
    search_text, tokenize = 'trigram', detail = none, columnsize = 0, content = '');
create virtual table components_parts using fts5 (
    search_text, tokenize = 'trigram', detail = none, columnsize = 0, content = '');
create virtual table neighbors_parts using fts5 (
    search_text, tokenize = 'trigram', detail = none, columnsize = 0, content = '');
create virtual table system_facts_parts using fts5 (
    search_text, tokenize = 'trigram', detail = none, columnsize = 0, content = '');
create virtual table vlans_parts using fts5 (
    search_text, tokenize = 'trigram', detail = none, columnsize = 0, content = '');

create trigger interfaces_parts_new after insert on interfaces when new.search_text is not null begin
    insert into interfaces_parts (rowid, search_text) values (new.id, new.search_text);
end;
create trigger components_parts_new after insert on components when new.search_text is not null begin
    insert into components_parts (rowid, search_text) values (new.id, new.search_text);
end;
create trigger neighbors_parts_new after insert on neighbors when new.search_text is not null begin
    insert into neighbors_parts (rowid, search_text) values (new.id, new.search_text);
end;
create trigger system_facts_parts_new after insert on system_facts when new.search_text is not null begin
    insert into system_facts_parts (rowid, search_text) values (new.id, new.search_text);
end;
create trigger vlans_parts_new after insert on vlans when new.search_text is not null begin
    insert into vlans_parts (rowid, search_text) values (new.id, new.search_text);
end;

create trigger interfaces_parts_old after delete on interfaces when old.search_text is not null begin
    insert into interfaces_parts (interfaces_parts, rowid, search_text) values ('delete', old.id, old.search_text);
end;
create trigger components_parts_old after delete on components when old.search_text is not null begin
    insert into components_parts (components_parts, rowid, search_text) values ('delete', old.id, old.search_text);
end;
create trigger neighbors_parts_old after delete on neighbors when old.search_text is not null begin
    insert into neighbors_parts (neighbors_parts, rowid, search_text) values ('delete', old.id, old.search_text);
end;
create trigger system_facts_parts_old after delete on system_facts when old.search_text is not null begin
    insert into system_facts_parts (system_facts_parts, rowid, search_text) values ('delete', old.id, old.search_text);
end;
create trigger vlans_parts_old after delete on vlans when old.search_text is not null begin
    insert into vlans_parts (vlans_parts, rowid, search_text) values ('delete', old.id, old.search_text);
end;

insert into interfaces_parts (rowid, search_text)
    select id, search_text from interfaces where search_text is not null;
insert into components_parts (rowid, search_text)
    select id, search_text from components where search_text is not null;
insert into neighbors_parts (rowid, search_text)
    select id, search_text from neighbors where search_text is not null;
insert into system_facts_parts (rowid, search_text)
    select id, search_text from system_facts where search_text is not null;
insert into vlans_parts (rowid, search_text)
    select id, search_text from vlans where search_text is not null;

-- only postgres
-- Who may not have the extension reads the tables as a whole.
do $$ begin
    create extension if not exists pg_trgm;
    create index interfaces_parts on interfaces using gin (search_text gin_trgm_ops);
    create index components_parts on components using gin (search_text gin_trgm_ops);
    create index neighbors_parts on neighbors using gin (search_text gin_trgm_ops);
    create index system_facts_parts on system_facts using gin (search_text gin_trgm_ops);
    create index vlans_parts on vlans using gin (search_text gin_trgm_ops);
exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
    raise warning 'no pg_trgm: searching by a part of a text will read whole tables (%)', sqlerrm;
end $$;
