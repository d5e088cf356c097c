-- Who may use the server. A password is kept as its Argon2id hash, in the PHC form.
create table users (
    {id},
    tenant_id bigint not null references tenants (id),
    name {key} not null,
    role text not null,
    password_hash text not null,
    -- A generated password, or one that somebody else set, is good for nothing but setting another.
    must_change boolean not null,
    disabled_at bigint,
    created_at bigint not null,
    last_login_at bigint,
    version bigint not null default 1
);
create unique index users_name on users (tenant_id, lower(name));

-- A browser that is logged in. What it holds is kept as its SHA-256, so that nobody who reads the table can use it.
create table sessions (
    {id},
    tenant_id bigint not null references tenants (id),
    user_id bigint not null references users (id) on delete cascade,
    token_hash {key} not null unique,
    address text not null,
    agent text not null,
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null
);
create index sessions_user on sessions (user_id);

-- What a program holds in place of a session, kept as its SHA-256. `role` is the most that it may do.
create table api_tokens (
    {id},
    tenant_id bigint not null references tenants (id),
    user_id bigint not null references users (id) on delete cascade,
    name text not null,
    token_hash {key} not null unique,
    role text not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    revoked_at bigint
);
create index api_tokens_user on api_tokens (user_id);
