-- What persons keep of the inventory, with NetBox's columns. `version` counts what persons and imports changed;
-- what discovery sees does not count.
alter table sites add column facility text;
alter table sites add column region text;
alter table sites add column description text;
alter table sites add column physical_address text;
alter table sites add column shipping_address text;
alter table sites add column latitude text;
alter table sites add column longitude text;
alter table sites add column comments text;
alter table sites add column version bigint not null default 1;
alter table sites add column changed_at bigint;

alter table manufacturers add column description text;
alter table manufacturers add column version bigint not null default 1;
alter table manufacturers add column changed_at bigint;

alter table platforms add column description text;
alter table platforms add column version bigint not null default 1;
alter table platforms add column changed_at bigint;

alter table device_roles add column description text;
alter table device_roles add column version bigint not null default 1;
alter table device_roles add column changed_at bigint;

create table locations (
    {id},
    tenant_id bigint not null references tenants (id),
    site_id bigint not null references sites (id),
    name text not null,
    slug {key} not null,
    status text not null default 'active',
    facility text,
    description text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);
create index locations_site on locations (site_id);

-- A device is of the type that has its manufacturer and model.
create table device_types (
    {id},
    tenant_id bigint not null references tenants (id),
    manufacturer_id bigint not null references manufacturers (id),
    name text not null,
    slug {key} not null,
    part_number text,
    u_height text,
    description text,
    comments text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, manufacturer_id, slug)
);

create table tags (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    color text not null default '9e9e9e',
    description text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);

create table device_tags (
    tenant_id bigint not null,
    tag_id bigint not null references tags (id) on delete cascade,
    device_id bigint not null references devices (id) on delete cascade,
    primary key (tag_id, device_id)
);
create index device_tags_device on device_tags (device_id);

create table site_tags (
    tenant_id bigint not null,
    tag_id bigint not null references tags (id) on delete cascade,
    site_id bigint not null references sites (id) on delete cascade,
    primary key (tag_id, site_id)
);
create index site_tags_site on site_tags (site_id);

alter table devices add column location_id bigint references locations (id);
alter table devices add column asset_tag text;
alter table devices add column description text;
alter table devices add column comments text;
-- The slug in the order in which a person counts; filled by the program.
alter table devices add column sort_key {key} not null default '';
alter table devices add column version bigint not null default 1;
alter table devices add column changed_at bigint;
create index devices_sort on devices (tenant_id, sort_key);
create index devices_site on devices (site_id);
create index devices_location on devices (location_id);
create index devices_role on devices (role_id);
create index devices_platform on devices (platform_id);
create index devices_manufacturer on devices (manufacturer_id);

-- What a person said of a device: discovery leaves it as it is.
create table device_fields (
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    field {key} not null,
    actor text not null,
    set_at bigint not null,
    primary key (device_id, field)
);

create table notes (
    {id},
    tenant_id bigint not null references tenants (id),
    device_id bigint references devices (id) on delete cascade,
    site_id bigint references sites (id) on delete cascade,
    title text not null,
    body text not null,
    author text not null,
    created_at bigint not null,
    changed_by text not null,
    changed_at bigint not null,
    version bigint not null default 1
);
create index notes_device on notes (device_id);
create index notes_site on notes (site_id);

create table note_versions (
    tenant_id bigint not null,
    note_id bigint not null references notes (id) on delete cascade,
    version bigint not null,
    title text not null,
    body text not null,
    actor text not null,
    at bigint not null,
    primary key (note_id, version)
);

-- What was done, row by row, so that it can be undone exactly.
create table undo_records (
    {id},
    tenant_id bigint not null references tenants (id),
    at bigint not null,
    actor text not null,
    action text not null,
    object text not null,
    undone_at bigint,
    undone_by text,
    undoes bigint
);

create table undo_ops (
    undo_id bigint not null references undo_records (id) on delete cascade,
    seq bigint not null,
    tenant_id bigint not null,
    op text not null,
    primary key (undo_id, seq)
);
