-- Devices by a part of what they are called: names, model, version, addresses and serial numbers as one text. What is found is
-- compared whole, so an address that is gone may stay in it until the next is there.

-- only sqlite
create virtual table devices_parts using fts5 (
    text, tokenize = 'trigram', detail = none, content = '', contentless_delete = 1);

create view device_texts (id, text) as
    select d.id, d.name || char(10) || d.slug || char(10) || coalesce(d.model, '') || char(10) || coalesce(d.os_version, '')
        || coalesce((select char(10) || group_concat(address, char(10)) from device_addresses where device_id = d.id), '')
        || coalesce((select char(10) || group_concat(serial, char(10)) from device_serials where device_id = d.id), '')
    from devices d;

insert into devices_parts (rowid, text) select id, text from device_texts;

create trigger devices_parts_new after insert on devices begin
    insert or replace into devices_parts (rowid, text) select id, text from device_texts where id = new.id;
end;
create trigger devices_parts_changed after update of name, slug, model, os_version on devices
when new.name <> old.name or new.slug <> old.slug or new.model is not old.model or new.os_version is not old.os_version begin
    insert or replace into devices_parts (rowid, text) select id, text from device_texts where id = new.id;
end;
create trigger devices_parts_old after delete on devices begin
    delete from devices_parts where rowid = old.id;
end;
create trigger devices_parts_address_new after insert on device_addresses begin
    insert or replace into devices_parts (rowid, text) select id, text from device_texts where id = new.device_id;
end;
create trigger devices_parts_address_moved after update of address, device_id on device_addresses begin
    insert or replace into devices_parts (rowid, text)
        select id, text from device_texts where id in (old.device_id, new.device_id);
end;
create trigger devices_parts_serial_new after insert on device_serials begin
    insert or replace into devices_parts (rowid, text) select id, text from device_texts where id = new.device_id;
end;
create trigger devices_parts_serial_moved after update of serial, device_id on device_serials begin
    insert or replace into devices_parts (rowid, text)
        select id, text from device_texts where id in (old.device_id, new.device_id);
end;

-- By itself: beside the tenant it takes the index of all serial numbers of the tenant instead.
drop index device_serials_upper;
create index device_serials_upper on device_serials (upper(serial));
