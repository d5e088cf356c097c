//! One listener per address, all on one port.

use std::net::Ipv4Addr;

use tokio::net::TcpListener;

use super::LabError;
use crate::ssh;
use crate::world::World;

/// Device, address and socket.
pub type Sockets = Vec<(usize, Ipv4Addr, TcpListener)>;

/// Binds every address of a world. A port that was not asked for and turns out to be
/// taken somewhere is given up for another.
pub fn bind_all(world: &World, port: Option<u16>) -> Result<(u16, Sockets), LabError> {
    let tries: &[u16] = match port {
        Some(0) => &[0; 8],
        Some(port) => return bind_on(world, port),
        None => &[22, 0, 0, 0, 0, 0, 0, 0],
    };
    let mut result = bind_on(world, tries[0]);
    for &port in &tries[1..] {
        if result.is_ok() {
            break;
        }
        result = bind_on(world, port);
    }
    result
}

fn bind_on(world: &World, port: u16) -> Result<(u16, Sockets), LabError> {
    let fail = |address, port| move |source| LabError::Listen { address, port, source };
    let mut sockets = Vec::with_capacity(world.devices().len());
    let mut port = port;
    for device in world.devices() {
        for address in device.addresses() {
            let socket = ssh::bind(address, port).map_err(fail(address, port))?;
            port = socket.local_addr().map_err(fail(address, port))?.port();
            sockets.push((device.id, address, socket));
        }
    }
    Ok((port, sockets))
}
