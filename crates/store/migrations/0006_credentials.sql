-- What AAA servers may have counted against an account, from all processes; see collect/src/budget.rs.

create table login_budgets (
    tenant_id bigint not null references tenants (id),
    realm {key} not null,
    username {key} not null,
    refused_in_a_row bigint not null default 0,
    stopped_at bigint,
    stopped_until bigint,
    touched_at bigint not null,
    primary key (tenant_id, realm, username)
);

create table login_tries (
    {id},
    tenant_id bigint not null,
    realm {key} not null,
    username {key} not null,
    holder text not null,
    device text not null,
    credential text not null,
    canary boolean not null,
    refused boolean not null,
    at bigint not null,
    foreign key (tenant_id, realm, username) references login_budgets (tenant_id, realm, username) on delete cascade
);
create index login_tries_account on login_tries (tenant_id, realm, username);

-- Which credential works where. Credentials are known by their names in the vault.

create table device_credentials (
    tenant_id bigint not null,
    device_id bigint not null references devices (id) on delete cascade,
    credential {key} not null,
    kind text not null default 'ssh',
    last_success_at bigint,
    last_failure_at bigint,
    failure_count bigint not null default 0,
    is_preferred boolean not null default false,
    notes text not null default '',
    primary key (device_id, credential)
);
create index device_credentials_credential on device_credentials (tenant_id, credential);

insert into device_credentials (tenant_id, device_id, credential, last_success_at)
    select tenant_id, device_id, username, max(last_success_at) from device_access
    group by tenant_id, device_id, username;
