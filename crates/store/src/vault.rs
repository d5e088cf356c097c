//! The vault as it is stored: sealed blobs, and what may be known of them without opening one.

use model::{CredentialId, Timestamp};
use sqlx::FromRow;

use crate::sql::on_store;
use crate::{StoreError, StoreResult, Tx};

/// The head of the vault. Whoever writes says which generation it read, so that no change is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVault {
    pub header: Vec<u8>,
    pub roll: Vec<u8>,
    /// Goes up by one with each change.
    pub generation: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCredential {
    pub id: CredentialId,
    pub name: String,
    pub kind: String,
    pub username: String,
    pub realm: String,
    /// What is in it, in words: `password,enable`.
    pub holds: String,
    /// A lower number is tried first.
    pub priority: i64,
    pub is_default: bool,
    pub notes: String,
    pub revision: i64,
    pub sealed: Vec<u8>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

#[derive(Debug, Clone, Copy)]
pub struct NewCredential<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub username: &'a str,
    pub realm: &'a str,
    pub holds: &'a str,
    pub priority: i64,
    pub notes: &'a str,
    pub revision: i64,
    pub sealed: &'a [u8],
}

#[derive(FromRow)]
struct VaultRow {
    header: Vec<u8>,
    roll: Vec<u8>,
    generation: i64,
    created_at: i64,
    changed_at: i64,
}

#[derive(FromRow)]
struct CredentialRow {
    id: i64,
    name: String,
    kind: String,
    username: String,
    realm: String,
    holds: String,
    priority: i64,
    is_default: bool,
    notes: String,
    revision: i64,
    sealed: Vec<u8>,
    created_at: i64,
    changed_at: i64,
}

impl Tx {
    pub async fn vault(&mut self) -> StoreResult<Option<StoredVault>> {
        let sql = self.sql("select header, roll, generation, created_at, changed_at from vaults where tenant_id = $1");
        Ok(self.optional::<VaultRow>(sql).await?.map(VaultRow::into_vault))
    }

    /// Makes the vault, as generation 1.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one.
    pub async fn create_vault(&mut self, header: &[u8], roll: &[u8], now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "
            insert into vaults (tenant_id, header, roll, generation, created_at, changed_at)
            values ($1, $2, $3, 1, $4, $4) on conflict do nothing";
        match self.execute(self.sql(SQL).bind(header).bind(roll).bind(now)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict("there is a vault already".to_owned())),
        }
    }

    /// Replaces header and roll, and counts one generation on from the one that was read.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another process was faster.
    pub async fn write_vault(&mut self, read: i64, header: &[u8], roll: &[u8], now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "
            update vaults set header = $3, roll = $4, generation = generation + 1, changed_at = $5
            where tenant_id = $1 and generation = $2";
        match self.execute(self.sql(SQL).bind(read).bind(header).bind(roll).bind(now)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict("the vault was changed at the same time; try again".to_owned())),
        }
    }

    /// Removes the vault with all that is in it; gives how many credentials there were.
    pub async fn delete_vault(&mut self) -> StoreResult<u64> {
        let removed = self.execute(self.sql("delete from credentials where tenant_id = $1")).await?;
        self.execute(self.sql("delete from vaults where tenant_id = $1")).await?;
        Ok(removed)
    }

    /// The default first, then by priority and name.
    pub async fn credentials(&mut self) -> StoreResult<Vec<StoredCredential>> {
        const SQL: &str = "
            select id, name, kind, username, realm, holds, priority, is_default, notes, revision, sealed, created_at,
                changed_at
            from credentials where tenant_id = $1 order by is_default desc, priority, name";
        let rows = self.all::<CredentialRow>(self.sql(SQL)).await?;
        Ok(rows.into_iter().map(CredentialRow::into_credential).collect())
    }

    /// # Errors
    /// [`StoreError::Conflict`] when there is one of this name.
    pub async fn add_credential(&mut self, new: &NewCredential<'_>, now: Timestamp) -> StoreResult<CredentialId> {
        const SQL: &str = "
            insert into credentials (tenant_id, name, kind, username, realm, holds, priority, is_default, notes,
                revision, sealed, created_at, changed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
            on conflict do nothing returning id";
        let sql = self.sql(SQL).bind(new.name).bind(new.kind).bind(new.username).bind(new.realm).bind(new.holds);
        let sql = sql.bind(new.priority).bind(false).bind(new.notes).bind(new.revision).bind(new.sealed).bind(now);
        let id: Option<(i64,)> = self.optional(sql).await?;
        let exists = || StoreError::Conflict(format!("there is a credential `{}` already", new.name));
        id.map(|(id,)| CredentialId(id)).ok_or_else(exists)
    }

    /// Another secret, or another account, under the same id.
    pub async fn replace_credential(
        &mut self,
        id: CredentialId,
        new: &NewCredential<'_>,
        now: Timestamp,
    ) -> StoreResult<()> {
        const SQL: &str = "
            update credentials set kind = $3, username = $4, realm = $5, holds = $6, priority = $7, notes = $8,
                revision = $9, sealed = $10, changed_at = $11
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(id).bind(new.kind).bind(new.username).bind(new.realm).bind(new.holds);
        let sql = sql.bind(new.priority).bind(new.notes).bind(new.revision).bind(new.sealed).bind(now);
        self.execute(sql).await?;
        Ok(())
    }

    /// The same secret, sealed anew.
    pub async fn reseal_credential(&mut self, id: CredentialId, sealed: &[u8]) -> StoreResult<()> {
        let sql = self.sql("update credentials set sealed = $3 where tenant_id = $1 and id = $2");
        self.execute(sql.bind(id).bind(sealed)).await?;
        Ok(())
    }

    pub async fn remove_credential(&mut self, id: CredentialId) -> StoreResult<()> {
        let sql = self.sql("delete from credentials where tenant_id = $1 and id = $2");
        self.execute(sql.bind(id)).await?;
        Ok(())
    }

    /// One credential is the default one, or none.
    pub async fn set_default_credential(&mut self, id: Option<CredentialId>) -> StoreResult<()> {
        let sql = self.sql("update credentials set is_default = $2 where tenant_id = $1 and is_default");
        self.execute(sql.bind(false)).await?;
        if let Some(id) = id {
            let sql = self.sql("update credentials set is_default = $3 where tenant_id = $1 and id = $2");
            self.execute(sql.bind(id).bind(true)).await?;
        }
        Ok(())
    }
}

on_store! {
    read vault() -> Option<StoredVault>;
    read credentials() -> Vec<StoredCredential>;
}

impl VaultRow {
    fn into_vault(self) -> StoredVault {
        let Self { header, roll, generation, created_at, changed_at } = self;
        StoredVault { header, roll, generation, created_at: Timestamp(created_at), changed_at: Timestamp(changed_at) }
    }
}

impl CredentialRow {
    fn into_credential(self) -> StoredCredential {
        StoredCredential {
            id: CredentialId(self.id),
            name: self.name,
            kind: self.kind,
            username: self.username,
            realm: self.realm,
            holds: self.holds,
            priority: self.priority,
            is_default: self.is_default,
            notes: self.notes,
            revision: self.revision,
            sealed: self.sealed,
            created_at: Timestamp(self.created_at),
            changed_at: Timestamp(self.changed_at),
        }
    }
}
