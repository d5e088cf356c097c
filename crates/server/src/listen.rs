//! The listener: connections with limits of time and number, TLS, and a graceful end.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::api;
use crate::follow::follow;
use crate::stall::Impatient;
use crate::state::{From as Peers, Web};
use crate::tls;

pub use crate::tls::Tls;

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot listen on {addr}; is another server running there? --bind takes another address")]
    Bind { addr: SocketAddr, source: io::Error },
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot use the certificate: {0}")]
    Certificate(String),
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    pub addr: SocketAddr,
}

/// Connections at once. Each event stream is one.
const CONNECTIONS: usize = 4096;

/// For the greeting of TLS, and for the head of a request.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEAD: Duration = Duration::from_secs(10);

/// How long connections may take to end once the server is to go.
const FAREWELL: Duration = Duration::from_secs(10);

impl Server {
    /// # Errors
    /// [`ServeError`] when the address is taken or the certificate is not good.
    pub async fn bind(addr: SocketAddr, tls: Option<Tls>) -> Result<Self, ServeError> {
        let tls = tls.map(|tls| tls::acceptor(&tls, addr)).transpose()?;
        let failed = |source| ServeError::Bind { addr, source };
        let listener = TcpListener::bind(addr).await.map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, tls, addr })
    }

    /// Answers until it is told to stop, then lets what goes on end, for a while.
    pub async fn serve(self, web: Web, stop: CancellationToken) {
        let router = api::router(web.clone());
        tokio::spawn(follow(web.clone()));
        let (going_on, places) = (TaskTracker::new(), Arc::new(Semaphore::new(CONNECTIONS)));
        loop {
            let Ok(place) = places.clone().acquire_owned().await else { break };
            let (stream, from) = tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        // Such as too many open files: others may end meanwhile.
                        tracing::warn!(%error, "cannot take a connection");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                        continue;
                    }
                },
                () = stop.cancelled() => break,
            };
            let (router, tls, closing) = (router.clone(), self.tls.clone(), web.closing.clone());
            going_on.spawn(async move {
                let _place = place;
                let _ = stream.set_nodelay(true);
                match tls {
                    Some(tls) => {
                        let greeted = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await;
                        if let Ok(Ok(stream)) = greeted {
                            answer(stream, from, router, closing).await;
                        }
                    }
                    None => answer::<TcpStream>(stream, from, router, closing).await,
                }
            });
        }
        drop(self.listener);
        web.closing.cancel();
        going_on.close();
        let _ = tokio::time::timeout(FAREWELL, going_on.wait()).await;
    }
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    from: SocketAddr,
    router: Router,
    closing: CancellationToken,
) {
    let service = router.map_request(move |mut request: axum::http::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Peers(from));
        request.map(axum::body::Body::new)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Impatient::new(stream)), TowerToHyperService::new(service))
        .with_upgrades();
    let mut connection = pin!(connection);
    // Whoever went away, or sent what is not HTTP, is no news.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
