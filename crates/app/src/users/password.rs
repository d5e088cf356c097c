//! Passwords of users: hashed by Argon2id, and made up where nobody chose one.

use argon2::{Algorithm, Argon2, Params, Version};
use rand::seq::IndexedRandom;
use secrecy::{ExposeSecret, SecretString};

use crate::{AppError, AppResult};

/// OWASP's least for Argon2id: a log-in takes some hundredths of a second and so much memory.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Shortest and longest, in characters.
const SHORTEST: usize = 10;
const LONGEST: usize = 200;

/// Letters and digits that nobody mistakes for others.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// 20 of 54 characters: 115 bits.
pub(super) fn generate() -> SecretString {
    random_text(20).into()
}

pub(super) fn random_text(length: usize) -> String {
    let mut rng = rand::rng();
    (0..length).filter_map(|_| ALPHABET.choose(&mut rng)).map(|b| char::from(*b)).collect()
}

/// # Errors
/// [`AppError::Usage`] when it is too short or too long, or says the name.
pub(super) fn check(name: &str, password: &SecretString) -> AppResult<()> {
    let text = password.expose_secret();
    let length = text.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(AppError::Usage(format!("a password has {SHORTEST} to {LONGEST} characters")));
    }
    match text.to_lowercase().contains(&name.to_lowercase()) {
        true => Err(AppError::Usage("a password does not contain the name of its user".into())),
        false => Ok(()),
    }
}

/// Off the threads that others wait for: it takes a while.
pub(super) async fn hash(password: &SecretString) -> AppResult<String> {
    let password = password.clone();
    let hashed = tokio::task::spawn_blocking(move || {
        let salt: [u8; 16] = rand::random();
        hash_with(&password, &salt, Cost { memory: MEMORY_KIB, passes: PASSES, lanes: 1 }).map(|h| encode(&salt, &h))
    });
    let hashed = hashed.await.map_err(|e| AppError::Invalid(format!("cannot hash the password: {e}")))?;
    hashed.ok_or_else(|| AppError::Invalid("cannot hash the password".into()))
}

/// Whether it is the password of this hash. Without a hash it takes as long and is not.
pub(super) async fn verify(password: &SecretString, stored: Option<&str>) -> bool {
    let (password, stored) = (password.clone(), stored.map(str::to_owned));
    let verified = tokio::task::spawn_blocking(move || {
        let known = stored.as_deref().and_then(decode);
        let nobody = || (Cost { memory: MEMORY_KIB, passes: PASSES, lanes: 1 }, vec![0; 16], vec![]);
        let (cost, salt, expected) = known.unwrap_or_else(nobody);
        hash_with(&password, &salt, cost).is_some_and(|hash| is_same(&hash, &expected))
    });
    verified.await.unwrap_or(false)
}

#[derive(Clone, Copy)]
struct Cost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

fn hash_with(password: &SecretString, salt: &[u8], cost: Cost) -> Option<[u8; 32]> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).ok()?;
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(password.expose_secret().as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

/// `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`
fn encode(salt: &[u8], hash: &[u8]) -> String {
    use base64ct::{Base64Unpadded, Encoding};
    let (salt, hash) = (Base64Unpadded::encode_string(salt), Base64Unpadded::encode_string(hash));
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${salt}${hash}")
}

fn decode(text: &str) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    use base64ct::{Base64Unpadded, Encoding};
    let ["", "argon2id", "v=19", cost, salt, hash] = text.split('$').collect::<Vec<_>>()[..] else { return None };
    let mut parts = cost.split(',');
    let mut part = |name: &str| parts.next()?.strip_prefix(name)?.parse().ok();
    let cost = Cost { memory: part("m=")?, passes: part("t=")?, lanes: part("p=")? };
    Some((cost, Base64Unpadded::decode_vec(salt).ok()?, Base64Unpadded::decode_vec(hash).ok()?))
}

/// In a time that tells nothing of where they differ.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_password_fits_its_hash_and_no_other_does() {
        let password = generate();
        let hash = hash(&password).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify(&password, Some(&hash)).await);
        assert!(!verify(&"wrong".into(), Some(&hash)).await);
        assert!(!verify(&password, None).await);
        assert!(!verify(&password, Some("$argon2id$v=19$m=8,t=1,p=1$$")).await);
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        let check = |password: &str| check("marlene", &password.into()).is_ok();
        assert!(!check("short"));
        assert!(!check("Marlene-1234"));
        assert!(check("twelve signs"));
        assert!(!check(&"x".repeat(201)));
    }
}
