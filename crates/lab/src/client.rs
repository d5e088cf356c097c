//! Asking a lab that runs in the background.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use crate::control::{Reply, Request, Status};
use crate::state::State;
use crate::world::Change;
use crate::{AaaAccounts, Edit, Facts, Fault, Info, LabError, Truth};

/// The lab of a state directory, and what goes on in it.
///
/// # Errors
/// [`LabError::NotRunning`]; like all functions here.
pub fn status(state: &Path) -> Result<Status, LabError> {
    ask(state, &Request::Status)
}

/// What there is to find.
///
/// # Errors
/// [`LabError::NotRunning`].
pub fn truth(state: &Path) -> Result<Truth, LabError> {
    ask(state, &Request::Truth)
}

/// The accounts in realms, and which device takes which.
///
/// # Errors
/// [`LabError::NotRunning`], [`LabError::Refused`] when the lab has no realms.
pub fn accounts(state: &Path) -> Result<AaaAccounts, LabError> {
    ask(state, &Request::Accounts)
}

/// A table of facts, as a collection must give it.
///
/// # Errors
/// [`LabError::NotRunning`], [`LabError::Refused`] when there is no such kind.
pub fn facts(state: &Path, kind: &str) -> Result<Facts, LabError> {
    ask(state, &Request::Facts { kind: kind.to_owned() })
}

/// Changes a device.
///
/// # Errors
/// [`LabError::NotRunning`], [`LabError::Refused`] when there is no such device, or nothing on it to change so.
pub fn change(state: &Path, device: &str, edit: &Edit) -> Result<Change, LabError> {
    ask(state, &Request::Change { device: device.to_owned(), edit: edit.clone() })
}

/// Moves a host to a new port of another switch.
///
/// # Errors
/// [`LabError::NotRunning`], [`LabError::Refused`] when there is no such host or device.
pub fn move_host(state: &Path, host: &str, to: &str) -> Result<Change, LabError> {
    ask(state, &Request::MoveHost { host: host.to_owned(), to: to.to_owned() })
}

/// Sets the fault of a device; `all` is every device.
///
/// # Errors
/// [`LabError::NotRunning`], [`LabError::Refused`] when there is no such device.
pub fn fault(state: &Path, device: &str, fault: Fault) -> Result<(), LabError> {
    ask(state, &Request::Fault { device: device.to_owned(), kind: fault.to_string() })
}

/// Stops the lab and waits until it is gone. Gives back what it was.
///
/// # Errors
/// [`LabError::NotRunning`].
pub fn down(state: &Path) -> Result<Info, LabError> {
    let info: Info = ask::<Status>(state, &Request::Status)?.info;
    ask::<()>(state, &Request::Down)?;
    let files = State::at(state);
    let start = Instant::now();
    let answers = || std::net::TcpStream::connect(info.seed_address()).is_ok();
    while (files.info().exists() || answers()) && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(info)
}

fn ask<T: DeserializeOwned>(state: &Path, request: &Request) -> Result<T, LabError> {
    let absent = |_| LabError::NotRunning(state.to_owned());
    let socket = State::at(state).socket();
    let mut stream = UnixStream::connect(&socket).map_err(absent)?;
    let mut line = serde_json::to_string(request)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).map_err(absent)?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).map_err(absent)?;
    if answer.is_empty() {
        return Err(LabError::NotRunning(state.to_owned()));
    }
    match serde_json::from_str::<Reply<T>>(&answer)? {
        Reply::Ok(value) => Ok(value),
        Reply::Error(text) => Err(LabError::Refused(text)),
    }
}
