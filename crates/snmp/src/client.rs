//! Questions to one agent.

use std::net::SocketAddr;

use async_snmp::{Client as Inner, Oid};

use crate::error::Asked;
use crate::walk::{Walk, walk};
use crate::{Binding, Limits, SnmpError};

/// An agent, and who asks it.
pub struct Client {
    pub(crate) inner: Inner,
    pub(crate) addr: SocketAddr,
    pub(crate) login: String,
    pub(crate) secret: &'static str,
    pub(crate) limits: Limits,
}

impl Client {
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// One binding for each question, in order; what the agent does not have is a value that says so.
    pub async fn get(&self, oids: &[Oid]) -> Result<Vec<Binding>, SnmpError> {
        let Some(first) = oids.first() else { return Ok(Vec::new()) };
        let answer = self.inner.get_many(oids).await;
        Ok(answer.map_err(|e| SnmpError::of(&e, self.asked(first)))?.varbinds)
    }

    /// All below `root`, in order. What came before an error is kept.
    pub async fn walk(&self, root: &Oid) -> Walk {
        walk(self, root).await
    }

    pub(crate) fn asked<'a>(&'a self, oid: &'a Oid) -> Asked<'a> {
        Asked { addr: self.addr, login: &self.login, secret: self.secret, oid }
    }
}
