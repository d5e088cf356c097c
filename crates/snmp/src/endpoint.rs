//! The sockets that all questions of a run share: one for each address family, whatever the number of devices.

use std::net::SocketAddr;
use std::sync::Arc;

use async_snmp::{Client as Inner, DesSaltState, EngineCache, Retry, UdpTransport};

use crate::{Access, Client, Limits, SnmpError};

/// Answers that wait in the socket; more are lost, and asked for again.
const RECEIVE_BUFFER: usize = 4 << 20;

/// Where questions go out and answers come in. Cheap to clone.
#[derive(Clone)]
pub struct Endpoint {
    v4: UdpTransport,
    /// `None` where the machine has no IPv6.
    v6: Option<UdpTransport>,
    engines: Arc<EngineCache>,
    salt: DesSaltState,
    limits: Limits,
}

impl Endpoint {
    /// # Errors
    /// [`SnmpError::Local`] when no socket can be opened.
    pub async fn bind(limits: Limits) -> Result<Self, SnmpError> {
        let socket = |addr| {
            UdpTransport::builder().bind(addr).recv_buffer_size(RECEIVE_BUFFER).warn_on_source_mismatch(false).build()
        };
        let v4 = socket("0.0.0.0:0").await.map_err(|e| SnmpError::Local { detail: e.to_string() })?;
        let v6 = socket("[::]:0").await.ok();
        let salt = DesSaltState::install(|_| Ok::<(), std::convert::Infallible>(()));
        let salt = salt.map_err(|e| SnmpError::Local { detail: e.to_string() })?;
        Ok(Self { v4, v6, engines: Arc::new(EngineCache::new()), salt, limits })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A client for one agent. Nothing is sent yet.
    ///
    /// # Errors
    /// [`SnmpError::Local`] for an IPv6 address on a machine without IPv6, [`SnmpError::Unusable`].
    pub async fn client(&self, addr: SocketAddr, access: &Access) -> Result<Client, SnmpError> {
        let none = || SnmpError::Local { detail: format!("no IPv6 here, and {addr} is an IPv6 address") };
        let transport = if addr.is_ipv4() { &self.v4 } else { self.v6.as_ref().ok_or_else(none)? };
        let retry = Retry::fixed(self.limits.retries, std::time::Duration::ZERO);
        let retry = retry.map_err(|e| SnmpError::Local { detail: e.to_string() })?;
        let builder = Inner::builder((addr.ip().to_string(), addr.port()), access.auth.clone());
        let builder = builder.request_timeout(self.limits.timeout).retry(retry).strict_source(true);
        // Agents say without proof that they do not know a user or its digest: without this, that is a silence. A reply
        // that is not proven can only end a question, or set the time of one message; it is never taken as an answer.
        let builder = builder.allow_unauthenticated_v3_time_correction(true);
        let builder = builder.engine_cache(self.engines.clone()).des_salt_state(self.salt.clone());
        let inner = builder.build_with(transport).await;
        let inner = inner.map_err(|e| SnmpError::Unusable { login: access.label.clone(), reason: e.to_string() })?;
        let secret = if access.is_v3() { "privacy password" } else { "community" };
        Ok(Client { inner, addr, login: access.label.clone(), secret, limits: self.limits.clone() })
    }
}
