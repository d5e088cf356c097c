//! The control socket of a running lab: one JSON object a line, one answer a line.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;

use crate::{AaaStatus, Edit, Fault, Info, LabError, Running};

/// A request, as it goes over the socket.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    Status,
    Truth,
    /// One table of facts.
    Facts {
        kind: String,
    },
    Change {
        device: String,
        #[serde(flatten)]
        edit: Edit,
    },
    MoveHost {
        host: String,
        to: String,
    },
    /// `device` may be `all`.
    Fault {
        device: String,
        kind: String,
    },
    /// Accounts in realms, and which device takes which.
    Accounts,
    Down,
}

/// An answer: one of the two. It is written and read without a tree in between, because the
/// truth of a large lab is large.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply<T> {
    Ok(T),
    Error(String),
}

/// A running lab and what goes on in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    pub info: Info,
    /// Sessions that are open now.
    pub sessions: usize,
    /// Devices with a fault, and which.
    pub faults: Vec<(String, String)>,
    /// Log-ins and locked accounts, where there are realms.
    #[serde(default)]
    pub aaa: Option<AaaStatus>,
}

/// Answers on a socket until `stop` is called. The directory keeps strangers out.
///
/// # Errors
/// [`LabError::State`] when the socket cannot be made.
pub async fn answer(running: Arc<Running>, path: &Path, info: Info, stop: Arc<Notify>) -> Result<(), LabError> {
    let listener = UnixListener::bind(path).map_err(|source| LabError::State { path: path.to_owned(), source })?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (running, info, stop) = (Arc::clone(&running), info.clone(), Arc::clone(&stop));
            tokio::spawn(async move { converse(&running, stream, &info, &stop).await });
        }
    });
    Ok(())
}

async fn converse(running: &Running, stream: UnixStream, info: &Info, stop: &Notify) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let request = serde_json::from_str::<Request>(&line);
        let down = matches!(request, Ok(Request::Down));
        let reply = match request {
            Ok(request) => act(running, info, request).map_err(|e| e.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let mut text = match reply {
            Ok(text) => text,
            Err(error) => serde_json::to_vec(&Reply::<()>::Error(error)).unwrap_or_default(),
        };
        text.push(b'\n');
        if writer.write_all(&text).await.is_err() {
            return;
        }
        if down {
            stop.notify_one();
        }
    }
}

/// Does what is asked and gives the answer as JSON.
fn act(running: &Running, info: &Info, request: Request) -> Result<Vec<u8>, LabError> {
    fn ok(value: impl Serialize) -> Result<Vec<u8>, LabError> {
        Ok(serde_json::to_vec(&Reply::Ok(value))?)
    }
    match request {
        Request::Status => ok(Status {
            info: info.clone(),
            sessions: running.sessions(),
            aaa: running.aaa(),
            faults: running.faults().into_iter().map(|(name, fault)| (name, fault.to_string())).collect(),
        }),
        Request::Truth => ok(running.truth()),
        Request::Facts { kind } => ok(running.facts(&kind)?),
        Request::Change { device, edit } => ok(running.edit(&device, &edit)?),
        Request::MoveHost { host, to } => ok(running.move_host(&host, &to)?),
        Request::Fault { device, kind } => {
            let fault: Fault = kind.parse().map_err(|e: crate::ParseFaultError| LabError::Refused(e.to_string()))?;
            running.fault(&device, fault)?;
            ok(())
        }
        Request::Accounts => ok(running.accounts().ok_or_else(|| LabError::Refused("it has no realms".into()))?),
        Request::Down => ok(()),
    }
}
