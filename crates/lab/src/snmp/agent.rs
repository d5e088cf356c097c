//! One agent: who may ask, and the objects of a device as they are when somebody asks.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use async_snmp::agent::Agent;
use async_snmp::handler::{BoxFuture, GetNextResult, GetResult, HandlerResult, MibHandler, OidTable, RequestContext};
use async_snmp::{AuthProtocol, AuthoritativeEngine, MasterKeys, Oid, PrivProtocol, UsmUser, Value, VarBind};

use super::tables;
use crate::lab::Lab;

/// The keys of the v3 user, made once for all devices.
pub fn keys(password: &str) -> Result<MasterKeys, String> {
    let keys = MasterKeys::new(AuthProtocol::Sha256, password.as_bytes());
    keys.and_then(|k| k.with_privacy(PrivProtocol::Aes128, password.as_bytes())).map_err(|e| e.to_string())
}

pub async fn open(
    lab: &Arc<Lab>,
    device: usize,
    address: Ipv4Addr,
    port: u16,
    keys: &MasterKeys,
) -> Result<Agent, String> {
    assert!(address.is_loopback(), "the lab listens on loopback addresses only");
    let engine = AuthoritativeEngine::install(engine_id(address), |_| Ok::<(), Infallible>(()));
    let objects = Arc::new(Objects { lab: lab.clone(), device, known: Mutex::default() });
    let user = |user: UsmUser| user.with_master_keys(keys.clone());
    let agent = Agent::builder()
        .bind(format!("{address}:{port}"))
        .community(lab.password().as_bytes().to_vec())
        .usm_user(lab.username().as_bytes().to_vec(), user)
        .map_err(|e| e.to_string())?
        .authoritative_engine(engine.map_err(|e| e.to_string())?)
        .without_builtin_handlers()
        .handler(Oid::new([1]), objects)
        .allow_all_access();
    agent.build().await.map_err(|e| format!("cannot listen on {address}:{port}: {e}"))
}

/// As RFC 3411 makes one of an IPv4 address, with the enterprise of net-snmp.
fn engine_id(address: Ipv4Addr) -> Vec<u8> {
    [&[0x80, 0, 0x1f, 0x88, 1][..], &address.octets()].concat()
}

/// The objects of a device; computed again when the world has changed.
struct Objects {
    lab: Arc<Lab>,
    device: usize,
    known: Mutex<Option<(u64, Arc<OidTable<Value>>)>>,
}

impl Objects {
    fn now(&self) -> Arc<OidTable<Value>> {
        let version = self.lab.version();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, objects)) = &*known
            && *of == version
        {
            return objects.clone();
        }
        let objects = Arc::new(self.lab.with_device(self.device, tables::all));
        *known = Some((version, objects.clone()));
        objects
    }
}

impl MibHandler for Objects {
    fn get<'a>(&'a self, _: &'a RequestContext, oid: &'a Oid) -> BoxFuture<'a, HandlerResult<GetResult>> {
        Box::pin(async move { Ok(self.now().get(oid).cloned().map_or(GetResult::NoSuchObject, GetResult::Value)) })
    }

    fn get_next<'a>(&'a self, _: &'a RequestContext, oid: &'a Oid) -> BoxFuture<'a, HandlerResult<GetNextResult>> {
        Box::pin(async move {
            let objects = self.now();
            let next = objects.get_next(oid).map(|(oid, value)| VarBind::new(oid.clone(), value.clone()));
            Ok(next.map_or(GetNextResult::EndOfMibView, GetNextResult::Value))
        })
    }
}
