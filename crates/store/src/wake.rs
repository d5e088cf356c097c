//! A hint that there is something to do. It may be lost, so whoever waits for it looks now and then all the same.

use sqlx::postgres::PgListener;

use crate::queue::CHANNEL;
use crate::{Store, StoreResult};

/// Where hints come in.
pub struct Wake(Option<PgListener>);

impl Store {
    /// On SQLite there are no hints: one process looks.
    pub async fn listen(&self) -> StoreResult<Wake> {
        let Some(pool) = self.postgres() else { return Ok(Wake(None)) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Wake(Some(listener)))
    }
}

impl Wake {
    pub fn none() -> Self {
        Self(None)
    }

    /// Until the next hint, which may never come. What arrived before is taken along.
    ///
    /// # Errors
    /// When the connection is gone: then listen anew.
    pub async fn hint(&mut self) -> StoreResult<()> {
        match &mut self.0 {
            Some(listener) => Ok(listener.recv().await.map(drop)?),
            None => std::future::pending().await,
        }
    }
}
