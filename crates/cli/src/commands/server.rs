//! `velocity server`, and the document that describes its API.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use server::{Options, Server, Tls, Web};
use tokio_util::sync::CancellationToken;

use crate::context::{Context, Start};

#[derive(clap::Args)]
pub struct Args {
    /// Where to listen; other machines reach it only when this is no address of the machine itself alone
    #[arg(long, default_value = "127.0.0.1:8086", value_name = "ADDRESS:PORT")]
    bind: SocketAddr,
    /// Certificate chain, PEM
    #[arg(long, requires = "tls_key", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Key of the certificate, PEM
    #[arg(long, requires = "tls_cert", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Encrypt with a certificate that is made here, once, and kept in the data directory
    #[arg(long, conflicts_with = "tls_cert")]
    tls_self_signed: bool,
    /// Where else the server is known, when a proxy stands before it: https://velocity.example; may be repeated
    #[arg(long, value_name = "URL")]
    origin: Vec<String>,
}

#[derive(clap::Args)]
pub struct OpenApi {
    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    if !cx.app.has_users().await? {
        bail!("nobody could log in; `velocity init` makes the user admin, or: velocity user add NAME --role admin");
    }
    let home = cx.app.home().join("tls");
    let files = args.tls_cert.zip(args.tls_key).map(|(cert, key)| Tls::Files { cert, key });
    let tls = files.or(args.tls_self_signed.then_some(Tls::SelfSigned { folder: home }));
    let is_tls = tls.is_some();
    let server = Server::bind(args.bind, tls).await?;
    let scheme = if is_tls { "https" } else { "http" };
    let url = format!("{scheme}://{}", server.addr);
    if cx.out.json {
        cx.out.json(&serde_json::json!({ "url": url }))?;
    } else {
        cx.out.line(format!("listening on {url}; Ctrl-C ends it"))?;
    }
    if !is_tls && !server.addr.ip().is_loopback() {
        eprintln!("note: passwords go over the network in clear; --tls-self-signed or --tls-cert encrypts");
    }
    let web = Web::new(cx.app.clone(), Options { origins: args.origin, is_tls });
    server.serve(web, stop_when_told()).await;
    Ok(ExitCode::SUCCESS)
}

pub fn openapi(args: &OpenApi, start: &Start) -> anyhow::Result<ExitCode> {
    let text = server::openapi_json();
    match &args.output {
        Some(path) => std::fs::write(path, text)?,
        None => start.out().text(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// By Ctrl-C, or as services are told to stop.
fn stop_when_told() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut terminated) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => {}
                    _ = terminated.recv() => {}
                }
                return told.cancel();
            }
        }
        let _ = tokio::signal::ctrl_c().await;
        told.cancel();
    });
    stop
}
