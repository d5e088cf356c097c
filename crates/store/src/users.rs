//! Who may use the server, with the hash of a password.

use model::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sqlx::FromRow;

use crate::sql::{Sql, on_store, truth};
use crate::{StoreError, StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: i64,
    pub name: String,
    /// `viewer`, `operator`, `approver` or `admin`.
    pub role: String,
    /// Argon2id, in the PHC form.
    pub password_hash: String,
    /// The password is good for nothing but setting another.
    pub must_change: bool,
    pub disabled_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
    pub version: i64,
    /// By the name of the site.
    pub sites: Vec<SiteGrant>,
}

/// A role at one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteGrant {
    /// Slug and name of the site.
    pub site: String,
    pub name: String,
    pub role: String,
}

#[derive(Debug, Clone, Copy)]
pub struct NewUser<'a> {
    pub name: &'a str,
    pub role: &'a str,
    pub password_hash: &'a str,
    pub must_change: bool,
}

#[derive(FromRow, Deserialize)]
struct UserRow {
    id: i64,
    name: String,
    role: String,
    password_hash: String,
    #[serde(deserialize_with = "truth")]
    must_change: bool,
    disabled_at: Option<i64>,
    created_at: i64,
    last_login_at: Option<i64>,
    version: i64,
}

const SELECT: &str =
    "select id, name, role, password_hash, must_change, disabled_at, created_at, last_login_at, version
    from users where tenant_id = $1";

const GRANTS: &str = "select g.user_id, s.slug, s.name, g.role
    from user_site_roles g join sites s on s.id = g.site_id where g.tenant_id = $1";

type GrantRow = (i64, String, String, String);

fn grant((_, site, name, role): GrantRow) -> SiteGrant {
    SiteGrant { site, name, role }
}

impl Tx {
    /// By name.
    pub async fn users(&mut self) -> StoreResult<Vec<User>> {
        let sql = self.sql(format!("{SELECT} order by lower(name)"));
        let mut users: Vec<User> = self.all::<UserRow>(sql).await?.into_iter().map(User::from).collect();
        for (user, site, name, role) in
            self.all::<GrantRow>(self.sql(format!("{GRANTS} order by lower(s.name)"))).await?
        {
            if let Some(user) = users.iter_mut().find(|u| u.id == user) {
                user.sites.push(SiteGrant { site, name, role });
            }
        }
        Ok(users)
    }

    /// By name, whatever the case.
    pub async fn user(&mut self, name: &str) -> StoreResult<Option<User>> {
        let sql = self.sql(format!("{SELECT} and lower(name) = lower($2)")).bind(name.trim());
        let user = self.optional::<UserRow>(sql).await?.map(User::from);
        self.with_grants(user).await
    }

    async fn with_grants(&mut self, user: Option<User>) -> StoreResult<Option<User>> {
        let Some(mut user) = user else { return Ok(None) };
        let sql = self.sql(format!("{GRANTS} and g.user_id = $2 order by lower(s.name)")).bind(user.id);
        user.sites = self.all::<GrantRow>(sql).await?.into_iter().map(grant).collect();
        Ok(Some(user))
    }

    pub async fn user_by_id(&mut self, id: i64) -> StoreResult<Option<User>> {
        let sql = self.sql(format!("{SELECT} and id = $2")).bind(id);
        let user = self.optional::<UserRow>(sql).await?.map(User::from);
        self.with_grants(user).await
    }

    /// What a secret opens, by one statement: the row that has its hash, by a select of so many columns, and whose it is.
    pub(crate) async fn opened_by<T: DeserializeOwned>(
        &mut self,
        (table, columns, select): (&str, usize, Sql),
        token_hash: &str,
    ) -> StoreResult<Option<(T, User)>> {
        let holder = format!("(select user_id from {table} where tenant_id = $1 and token_hash = $2)");
        let user = self.sql(format!("{SELECT} and id = {holder}")).bind(token_hash);
        let grants = self.sql(format!("{GRANTS} and g.user_id = {holder} order by lower(s.name)")).bind(token_hash);
        let mut opened = self.together(vec![(columns, select), (9, user), (4, grants)]).await?;
        let (row, user) = (opened.rows::<T>()?.pop(), opened.rows::<UserRow>()?.pop().map(User::from));
        let Some((row, mut user)) = row.zip(user) else { return Ok(None) };
        user.sites = opened.rows::<GrantRow>()?.into_iter().map(grant).collect();
        Ok(Some((row, user)))
    }

    /// Gives a user these roles at these sites, by their slugs, and no others.
    pub async fn set_site_roles(&mut self, id: i64, roles: &[(String, String)]) -> StoreResult<()> {
        let old = self.sql("delete from user_site_roles where tenant_id = $1 and user_id = $2").bind(id);
        self.execute(old).await?;
        const SQL: &str = "insert into user_site_roles (tenant_id, user_id, site_id, role)
            select $1, $2, id, $4 from sites where tenant_id = $1 and slug = $3";
        for (site, role) in roles {
            if self.execute(self.sql(SQL).bind(id).bind(site).bind(role)).await? == 0 {
                return Err(StoreError::not_found("site", site));
            }
        }
        const CHANGED: &str = "update users set version = version + 1 where tenant_id = $1 and id = $2";
        self.execute(self.sql(CHANGED).bind(id)).await.map(drop)
    }

    /// # Errors
    /// [`StoreError::Conflict`] when there is one of that name.
    pub async fn add_user(&mut self, new: NewUser<'_>, now: Timestamp) -> StoreResult<i64> {
        const SQL: &str = "insert into users (tenant_id, name, role, password_hash, must_change, created_at)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id";
        let sql = self.sql(SQL).bind(new.name).bind(new.role).bind(new.password_hash).bind(new.must_change).bind(now);
        let added: Option<(i64,)> = self.optional(sql).await?;
        added.map(|(id,)| id).ok_or_else(|| StoreError::Conflict(format!("there is a user `{}` already", new.name)))
    }

    pub async fn set_user_role(&mut self, id: i64, role: &str) -> StoreResult<()> {
        const SQL: &str = "update users set role = $3, version = version + 1 where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(role)).await.map(drop)
    }

    /// `None` lets the user in again.
    pub async fn set_user_disabled(&mut self, id: i64, at: Option<Timestamp>) -> StoreResult<()> {
        const SQL: &str = "update users set disabled_at = $3, version = version + 1 where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(at)).await.map(drop)
    }

    pub async fn set_user_password(&mut self, id: i64, hash: &str, must_change: bool) -> StoreResult<()> {
        const SQL: &str = "update users set password_hash = $3, must_change = $4, version = version + 1
            where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(hash).bind(must_change)).await.map(drop)
    }

    pub async fn user_logged_in(&mut self, id: i64, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update users set last_login_at = $3 where tenant_id = $1 and id = $2";
        self.execute(self.sql(SQL).bind(id).bind(now)).await.map(drop)
    }

    /// Users that may log in as this.
    pub async fn count_users(&mut self, role: &str) -> StoreResult<i64> {
        const SQL: &str = "select count(*) from users where tenant_id = $1 and role = $2 and disabled_at is null";
        let (count,): (i64,) = self.one(self.sql(SQL).bind(role)).await?;
        Ok(count)
    }
}

on_store! {
    read users() -> Vec<User>;
    read user(name: &str) -> Option<User>;
    read user_by_id(id: i64) -> Option<User>;
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            password_hash: row.password_hash,
            must_change: row.must_change,
            disabled_at: row.disabled_at.map(Timestamp),
            created_at: Timestamp(row.created_at),
            last_login_at: row.last_login_at.map(Timestamp),
            version: row.version,
            sites: Vec::new(),
        }
    }
}
