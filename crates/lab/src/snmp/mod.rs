//! The agents of a lab: one for each device, on its own address, over UDP.
//!
//! What they say is computed from the same world as what the command lines print. An agent answers a v2c community and one v3 user.

mod agent;
mod objects;
mod tables;

use std::sync::Arc;

use async_snmp::agent::Agent;
use tokio::task::JoinSet;

use crate::LabError;
use crate::lab::Lab;

/// The digest and the cipher of the v3 user, in the words of `velocity`.
pub const DIGEST: &str = "sha256";
pub const CIPHER: &str = "aes128";

/// Opens an agent for every device, all on one port: 161 where that is allowed, when none was asked for; 0 is one that the system
/// chooses.
///
/// # Errors
/// [`LabError::Agent`] when an address cannot be bound.
pub async fn open(lab: &Arc<Lab>, port: Option<u16>) -> Result<(u16, Vec<Agent>), LabError> {
    let tries: &[u16] = match port {
        Some(0) => &[0; 8],
        Some(port) => return open_on(lab, port).await,
        None => &[161, 0, 0, 0, 0, 0, 0, 0],
    };
    let mut result = open_on(lab, tries[0]).await;
    for &port in &tries[1..] {
        if result.is_ok() {
            break;
        }
        result = open_on(lab, port).await;
    }
    result
}

async fn open_on(lab: &Arc<Lab>, port: u16) -> Result<(u16, Vec<Agent>), LabError> {
    let keys = agent::keys(lab.password()).map_err(LabError::Agent)?;
    let mut port = port;
    let mut agents = Vec::new();
    for (device, address) in lab.addresses() {
        let agent = agent::open(lab, device, address, port, &keys).await.map_err(LabError::Agent)?;
        port = agent.local_addr().port();
        agents.push(agent);
    }
    Ok((port, agents))
}

/// Lets them answer until the set is dropped.
pub fn run(agents: Vec<Agent>, tasks: &mut JoinSet<()>) {
    for agent in agents {
        tasks.spawn(async move {
            // How an agent ends is the lab's end; it has nobody to tell.
            let _ = agent.run().await;
        });
    }
}
