//! A channel, with its secrets out of the vault.

use ::vault::{LoginSecret, Secret};
use notify::{Mail, Security, Way};
use secrecy::SecretString;
use store::Record;

use crate::vault::OpenVault;
use crate::{AppError, AppResult};

/// What a channel needs to be used.
///
/// # Errors
/// [`AppError::Invalid`] says what the channel lacks; [`AppError::VaultLocked`] when a credential is needed.
pub(super) fn way(channel: &Record, vault: Option<&OpenVault>) -> AppResult<Way> {
    let text = |field: &str| Some(channel.text(field)).filter(|t| !t.is_empty());
    let name = channel.text("name");
    let lacks =
        |what: &str| AppError::Invalid(format!("channel {name} has no {what}; `velocity notify channels edit`"));
    let (user, secret) = match text("credential") {
        Some(credential) => {
            let vault = vault.ok_or(AppError::VaultLocked)?;
            (vault.stored(&credential)?.username.clone(), Some(vault.secret(&credential)?))
        }
        None => (String::new(), None),
    };
    let token = |what: &str| match &secret {
        Some(Secret::Token(token)) => Ok(Some(token.clone())),
        Some(_) => Err(AppError::Invalid(format!("channel {name}: its credential is to be a token: {what}"))),
        None => Ok(None),
    };
    let url = || -> AppResult<SecretString> {
        let kept = token("the secret URL")?;
        let url = kept.or_else(|| text("target").map(SecretString::from));
        url.ok_or_else(|| lacks("URL: a credential that holds it, or a target"))
    };
    Ok(match channel.text("kind").as_str() {
        "webhook" => {
            let url = text("target").ok_or_else(|| lacks("target"))?;
            Way::Webhook { url: url.into(), key: token("the key that signs")? }
        }
        "slack" => Way::Slack { url: url()? },
        "teams" => Way::Teams { url: url()? },
        _ => Way::Mail(mail(channel, user, secret)?),
    })
}

fn mail(channel: &Record, user: String, secret: Option<Secret>) -> AppResult<Mail> {
    let name = channel.text("name");
    let invalid = |text: String| AppError::Invalid(format!("channel {name}: {text}"));
    let needed = |field: &str| match channel.text(field) {
        text if text.is_empty() => Err(invalid(format!("no {field}; `velocity notify channels edit`"))),
        text => Ok(text),
    };
    let server = needed("server")?;
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            let port = port.parse().map_err(|_| invalid(format!("`{port}` is not a port")))?;
            (host.to_owned(), Some(port))
        }
        _ => (server, None),
    };
    let login = match secret {
        Some(Secret::Login(LoginSecret { password: Some(password), .. })) => Some((user, password)),
        Some(_) => return Err(invalid("its credential is to be a log-in with a password".to_owned())),
        None => None,
    };
    Ok(Mail {
        host: host.trim_matches(['[', ']']).to_owned(),
        port,
        security: match channel.text("security").as_str() {
            "tls" => Security::Tls,
            "none" => Security::None,
            _ => Security::StartTls,
        },
        login,
        from: needed("sender")?,
        to: needed("target")?.split(',').map(|to| to.trim().to_owned()).filter(|to| !to.is_empty()).collect(),
    })
}
