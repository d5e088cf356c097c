//! Requests that start something, told apart by a key of the caller's: who asks twice starts one.

use sha2::{Digest, Sha256};
use store::Claim;

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// It is new: do it, and say by [`App::end_once`] what came of it.
    Now,
    /// It was done; this was the answer.
    Before(String),
}

/// Longest key.
const LONGEST: usize = 200;

impl App {
    /// Takes a key for a request, which holds no secret.
    ///
    /// # Errors
    /// [`AppError::Usage`] when the key was used for another request, [`AppError::Invalid`] while it is being done.
    pub async fn begin_once(&self, actor: &Actor, key: &str, asked: &str) -> AppResult<Started> {
        actor.must_somewhere(Role::Operator, "start an execution")?;
        if key.is_empty() || key.len() > LONGEST {
            return Err(AppError::Usage(format!("a key has 1 to {LONGEST} characters")));
        }
        let fingerprint: String = Sha256::digest(asked.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        match self.store.claim(&actor.name, key, &fingerprint, self.now()).await? {
            Claim::Fresh => Ok(Started::Now),
            Claim::Used { fingerprint: before, .. } if before != fingerprint => {
                Err(AppError::Usage("this key was used for another request; take a fresh one".into()))
            }
            Claim::Used { answer: Some(answer), .. } => Ok(Started::Before(answer)),
            Claim::Used { answer: None, .. } => {
                Err(AppError::Invalid("a request with this key is being done; ask again in a while".into()))
            }
        }
    }

    /// Keeps the answer; without one the key is free again.
    pub async fn end_once(&self, actor: &Actor, key: &str, answer: Option<&str>) -> AppResult<()> {
        Ok(self.store.answer_claim(&actor.name, key, answer).await?)
    }
}
