-- What is told to whom, and when.
create table notification_channels (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    kind text not null,
    target text,
    credential text,
    server text,
    security text,
    sender text,
    status text not null default 'active',
    description text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);

create table notification_rules (
    {id},
    tenant_id bigint not null references tenants (id),
    name text not null,
    slug {key} not null,
    channel_id bigint not null references notification_channels (id) on delete cascade,
    events text not null,
    severity text,
    devices text,
    site_id bigint references sites (id) on delete cascade,
    job_id bigint references jobs (id) on delete cascade,
    digest text,
    quiet text,
    time_zone text,
    status text not null default 'active',
    description text,
    version bigint not null default 1,
    changed_at bigint,
    unique (tenant_id, slug)
);

-- What happened and is told by a rule: once, whoever sees it.
create table notifications (
    {id},
    tenant_id bigint not null references tenants (id),
    rule_id bigint not null references notification_rules (id) on delete cascade,
    key {key} not null,
    notice text not null,
    at bigint not null,
    state text not null default 'waiting',
    due_at bigint not null,
    tries bigint not null default 0,
    error text,
    sent_at bigint,
    unique (rule_id, key)
);
create index notifications_due on notifications (tenant_id, state, due_at);
create index runs_ended on runs (tenant_id, ended_at);
create index login_budgets_stopped on login_budgets (tenant_id, stopped_at);
