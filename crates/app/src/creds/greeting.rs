//! What devices greet with before anybody has logged in: many name there the AAA group that they ask.
//!
//! An account of another group is refused whatever its password is, and bears two refusals. So where credentials are
//! of several realms, devices of which nothing is known are listened to first; that sends no secret.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;

use collect::choice::Subject;
use collect::{Environment, greeting};
use model::DeviceOutcome;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use transport::Login;

/// By the number of the device: its greeting, or why it cannot be asked.
pub(super) type Greetings = BTreeMap<i64, Result<String, DeviceOutcome>>;

/// Words of greetings that tell something: realms, and words of the names of credentials.
pub(super) struct Hints(BTreeSet<String>);

impl Hints {
    /// `None` where all credentials are of one realm: then there is nothing to be told.
    pub fn of(logins: &[Login]) -> Option<Hints> {
        let realms: BTreeSet<&str> = logins.iter().filter_map(|l| l.realm.as_deref()).collect();
        let local = model::account::LOCAL_REALM;
        if realms.iter().filter(|realm| **realm != local).count() < 2 {
            return None;
        }
        let names = logins.iter().flat_map(|l| words(&l.name)).filter(|word| !word.chars().all(|c| c.is_numeric()));
        Some(Hints(realms.into_iter().map(str::to_lowercase).chain(names).collect()))
    }

    /// Adds what a greeting tells to what is known of a device.
    pub fn add(&self, greeting: &str, role: &str, subject: &mut Subject) {
        let told: BTreeSet<String> = words(greeting).filter(|word| self.0.contains(word)).collect();
        if told.is_empty() {
            return;
        }
        let told: Vec<String> = told.into_iter().collect();
        let name = format!("greeting={}", told.join("+"));
        subject.near.push(format!("{name} role={role}"));
        subject.traits.push(name);
        let new = |word: &String| !subject.words.iter().any(|known| known.eq_ignore_ascii_case(word));
        let new: Vec<String> = told.iter().filter(|word| new(word)).cloned().collect();
        subject.words.extend(new);
    }
}

/// Asks so many devices at once as a run has; none after a cancel. `told` is given how many were heard so far.
pub(super) async fn greetings(
    env: &Arc<Environment>,
    devices: Vec<(i64, SocketAddr)>,
    username: &str,
    told: impl Fn(usize),
    cancel: &CancellationToken,
) -> Greetings {
    let mut devices = devices.into_iter();
    let (mut tasks, mut heard) = (JoinSet::new(), Greetings::new());
    loop {
        while tasks.len() < env.settings.concurrency.max(1)
            && let Some((key, addr)) = devices.next()
        {
            let (env, username) = (env.clone(), username.to_owned());
            tasks.spawn(async move {
                let _seat = env.seat(addr).await;
                (key, greeting(&env, addr, &username).await)
            });
        }
        tokio::select! {
            () = cancel.cancelled() => return heard,
            done = tasks.join_next() => match done {
                None => return heard,
                Some(Ok((key, greeting))) => {
                    heard.insert(key, greeting);
                    told(heard.len());
                }
                Some(Err(panic)) => tracing::error!("a greeting ended badly: {panic}"),
            },
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).flat_map(|part| {
        // A realm may be called `tacacs-emea`, and a credential `emea-console`.
        std::iter::once(part).chain(part.split(['-', '_']))
    });
    parts.filter(|part| part.len() > 1).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(name: &str, realm: &str) -> Login {
        Login::new("svc", Vec::new()).named(name).in_realm(Some(realm.to_owned()))
    }

    #[test]
    fn a_greeting_tells_the_realm_and_nothing_of_the_device_alone() {
        let hints = Hints::of(&[login("cred-0001", "Tacacs-EMEA"), login("cred-0002", "apac")]).expect("two realms");
        let mut subject =
            Subject { key: 1, traits: Vec::new(), near: Vec::new(), places: Vec::new(), words: vec!["fra".into()] };
        hints.add("#### fra-leaf-1 ####\nAccounts of TACACS-emea, see 0001.\n", "leaf", &mut subject);
        assert_eq!(subject.near, ["greeting=tacacs-emea role=leaf"]);
        assert_eq!(subject.words, ["fra", "tacacs-emea"]);
        hints.add("Welcome!", "leaf", &mut subject);
        assert_eq!(subject.near.len(), 1);
    }

    #[test]
    fn accounts_of_one_realm_need_no_greeting() {
        assert!(Hints::of(&[login("a", "tacacs"), login("b", "local"), login("c", "tacacs")]).is_none());
    }
}
