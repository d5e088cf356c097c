-- A role that a user has at one site, beside the one for all sites.
create table user_site_roles (
    tenant_id bigint not null references tenants (id),
    user_id bigint not null references users (id) on delete cascade,
    site_id bigint not null references sites (id) on delete cascade,
    role text not null,
    primary key (user_id, site_id)
);
create index user_site_roles_site on user_site_roles (site_id);
