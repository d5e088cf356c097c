-- What to collect, from which devices and how: `spec` is JSON, the `JobSpec` of the model.
create table jobs (
    {id},
    tenant_id bigint not null references tenants (id),
    slug {key} not null,
    name text not null,
    description text,
    spec text not null,
    enabled boolean not null default true,
    favourite boolean not null default false,
    created_at bigint not null,
    created_by text not null,
    changed_at bigint not null,
    changed_by text not null,
    version bigint not null default 1,
    unique (tenant_id, slug)
);

create table job_tags (
    tenant_id bigint not null,
    tag_id bigint not null references tags (id) on delete cascade,
    job_id bigint not null references jobs (id) on delete cascade,
    primary key (tag_id, job_id)
);
create index job_tags_job on job_tags (job_id);

-- The job that a run is of, and the run of a batch that it is a part of.
alter table runs add column job_id bigint references jobs (id) on delete set null;
alter table runs add column batch text;
create index runs_job on runs (job_id, id);

-- How much of it was read, in thousandths, for what a job validates.
alter table captures add column score bigint;
