//! Certificates: from files, or made by ourselves.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::listen::ServeError;

/// Where the certificate comes from.
#[derive(Debug, Clone)]
pub enum Tls {
    /// PEM: the chain, and its key.
    Files { cert: PathBuf, key: PathBuf },
    /// Made once, and kept in this folder.
    SelfSigned { folder: PathBuf },
}

pub(crate) fn acceptor(tls: &Tls, addr: SocketAddr) -> Result<TlsAcceptor, ServeError> {
    let (cert, key) = match tls {
        Tls::Files { cert, key } => (cert.clone(), key.clone()),
        Tls::SelfSigned { folder } => own(folder, addr)?,
    };
    let bad = |e: &dyn std::fmt::Display| ServeError::Certificate(e.to_string());
    let chain = CertificateDer::pem_slice_iter(&read(&cert)?).collect::<Result<Vec<_>, _>>().map_err(|e| bad(&e))?;
    if chain.is_empty() {
        return Err(ServeError::Certificate(format!("{} holds none; it is to be PEM", cert.display())));
    }
    let no_key = |e| ServeError::Certificate(format!("{} holds no private key as PEM: {e}", key.display()));
    let key = PrivateKeyDer::from_pem_slice(&read(&key)?).map_err(no_key)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().map_err(|e| bad(&e))?;
    let mut config = config.with_no_client_auth().with_single_cert(chain, key).map_err(|e| bad(&e))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// The certificate that we made, now or at a start before: a browser that trusted it once goes on to.
fn own(folder: &Path, addr: SocketAddr) -> Result<(PathBuf, PathBuf), ServeError> {
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    if cert.exists() && key.exists() {
        return Ok((cert, key));
    }
    let bad = |e: rcgen::Error| ServeError::Certificate(e.to_string());
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !addr.ip().is_unspecified() && !addr.ip().is_loopback() {
        names.push(addr.ip().to_string());
    }
    let pair = KeyPair::generate().map_err(bad)?;
    let params = CertificateParams::new(names).map_err(bad)?;
    let made = params.self_signed(&pair).map_err(bad)?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ServeError::Read { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    private(&key, &pair.serialize_pem()).map_err(failed(&key))?;
    std::fs::write(&cert, made.pem()).map_err(failed(&cert))?;
    Ok((cert, key))
}

/// A file that only its owner can read, from its first byte on.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}

fn read(path: &Path) -> Result<Vec<u8>, ServeError> {
    std::fs::read(path).map_err(|source| ServeError::Read { path: path.to_owned(), source })
}
