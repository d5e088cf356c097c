//! What all handlers share.

use std::net::SocketAddr;
use std::sync::Arc;

use app::App;
use axum::extract::FromRef;
use tokio_util::sync::CancellationToken;

use crate::guard::Attempts;
use crate::hub::Hub;
use crate::job_runs::Together;
use crate::terminals::Desk;

/// Clones are cheap and mean the same server.
#[derive(Clone)]
pub struct Web {
    pub app: App,
    pub options: Arc<Options>,
    pub hub: Arc<Hub>,
    pub attempts: Arc<Attempts>,
    pub together: Arc<Together>,
    pub terminals: Arc<Desk>,
    /// The server is going: what would last ends.
    pub closing: CancellationToken,
}

/// How the server is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where else the server is known, when a proxy stands before it: `https://velocity.example`.
    pub origins: Vec<String>,
    /// The connection is encrypted, so cookies go over no other.
    pub is_tls: bool,
}

/// From where a request comes.
#[derive(Debug, Clone, Copy)]
pub struct From(pub SocketAddr);

impl FromRef<Web> for App {
    fn from_ref(web: &Web) -> App {
        web.app.clone()
    }
}

impl Web {
    pub fn new(app: App, options: Options) -> Self {
        Self {
            app,
            options: Arc::new(options),
            hub: Arc::default(),
            attempts: Arc::default(),
            together: Arc::default(),
            terminals: Arc::default(),
            closing: CancellationToken::new(),
        }
    }
}
