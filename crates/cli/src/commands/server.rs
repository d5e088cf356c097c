//! `velocity server`, and the document that describes its API.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use app::App;
use server::{Options, Server, Tls, Web};
use tokio_util::sync::CancellationToken;

use crate::context::{Context, Start};
use crate::stop;

/// Where it listens, and how.
#[derive(clap::Args)]
pub struct Listen {
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

/// A server that listens, and under which address a browser finds it.
pub struct Listening {
    server: Server,
    web: Web,
    pub url: String,
}

impl Listen {
    pub async fn listen(self, app: &App) -> anyhow::Result<Listening> {
        let files = self.tls_cert.zip(self.tls_key).map(|(cert, key)| Tls::Files { cert, key });
        let own = Tls::SelfSigned { folder: app.home().join("tls") };
        let tls = files.or(self.tls_self_signed.then_some(own));
        let is_tls = tls.is_some();
        let server = Server::bind(self.bind, tls).await?;
        if !is_tls && !server.addr.ip().is_loopback() {
            eprintln!("note: passwords go over the network in clear; --tls-self-signed or --tls-cert encrypts");
        }
        let url = format!("{}://{}", if is_tls { "https" } else { "http" }, reachable(server.addr));
        Ok(Listening { server, web: Web::new(app.clone(), Options { origins: self.origin, is_tls }), url })
    }
}

impl Listening {
    /// Until it is told to stop.
    pub async fn serve(self, stop: CancellationToken) {
        self.server.serve(self.web, stop).await;
    }
}

/// From this machine: one that listens everywhere does so here too.
fn reachable(mut addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        addr.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    addr
}

pub async fn run(args: Listen, cx: &Context) -> anyhow::Result<ExitCode> {
    if !cx.app.has_users().await? {
        bail!("nobody could log in; `velocity init` makes the user admin, or: velocity user add NAME --role admin");
    }
    let stop = stop::on_signal()?;
    let listening = args.listen(&cx.app).await?;
    match cx.out.json {
        true => cx.out.json(&serde_json::json!({ "url": listening.url }))?,
        false => cx.out.line(format!("listening on {}; Ctrl-C ends it", listening.url))?,
    }
    listening.serve(stop).await;
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
