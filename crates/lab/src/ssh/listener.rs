//! Listening on a device's address and starting sessions.

use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::handler::{Client, LabDevice};
use super::keys;
use super::wire::{Scissors, Wire};
use crate::lab::Lab;
use crate::{Fault, HangAt};

/// Binds a loopback address. Must be called inside a tokio runtime.
///
/// # Errors
/// What the system says: address in use, or permission denied below port 1024.
pub fn bind(address: Ipv4Addr, port: u16) -> io::Result<TcpListener> {
    assert!(address.is_loopback(), "the lab listens on loopback addresses only");
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SocketAddrV4::new(address, port).into())?;
    socket.listen(128)?;
    TcpListener::from_std(socket.into())
}

/// Accepts connections for a device until the lab is shut down.
pub async fn listen(lab: Arc<Lab>, device: usize, address: Ipv4Addr, first: TcpListener) {
    let mut faults = lab.watch_fault(device);
    let mut listener = Some(first);
    loop {
        if *faults.borrow_and_update() == Fault::Refuse {
            listener = None;
            if faults.changed().await.is_err() {
                return;
            }
            continue;
        }
        let Some(open) = &listener else {
            match bind(address, lab.port()) {
                Ok(open) => listener = Some(open),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
            continue;
        };
        tokio::select! {
            accepted = open.accept() => match accepted {
                Ok((stream, _)) => start(&lab, device, stream),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            changed = faults.changed() => if changed.is_err() { return },
        }
    }
}

/// Runs a session in a task of its own; drops the connection when there are too many.
fn start(lab: &Arc<Lab>, device: usize, stream: TcpStream) {
    let Some(place) = lab.take_place() else { return };
    let lab = Arc::clone(lab);
    let mut shutdown = lab.watch_shutdown();
    tokio::spawn(async move {
        let scissors = Scissors::default();
        tokio::select! {
            () = session(lab, device, stream, scissors.clone()) => {}
            _ = shutdown.changed() => scissors.cut(),
        }
        drop(place);
    });
}

async fn session(lab: Arc<Lab>, device: usize, mut stream: TcpStream, scissors: Scissors) {
    if lab.fault_of(device) == Fault::Hang(HangAt::Connect) {
        let mut ignored = [0; 256];
        while stream.read(&mut ignored).await.is_ok_and(|n| n > 0) {}
        return;
    }
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let seed = lab.seed_number();
    let config = lab.with_device(device, |_, d| keys::config(seed, device, &d.overrides, d.platform()));
    let client = Client::new(LabDevice { lab, device }, scissors.clone());
    if let Ok(running) = russh::server::run_stream(config, Wire { stream, scissors }, client).await {
        // How a session ends is the client's business; the lab has nobody to tell.
        let _ = running.await;
    }
}
