//! Vaults that Python's `cryptography` sealed, see `predecessor.py`.

use secrecy::{ExposeSecret, SecretString};
use vault::{Foreign, Predecessor, VaultError};

const ROWS: &str = include_str!("predecessor.json");
const WHOLE: &str = include_str!("predecessor_whole.json");

fn open(json: &str, password: &str) -> Result<Vec<Foreign>, VaultError> {
    Predecessor::parse(json)?.open(&SecretString::from(password))
}

/// `name user part=value …`, `*` for the default.
fn told(json: &str) -> Vec<String> {
    let each = open(json, "old password").expect("opened").into_iter().map(|credential| {
        let c = credential.map_err(|(name, error)| format!("{name}: {error}"))?;
        let parts = c.secret.parts().into_iter().map(|(part, value)| format!(" {part}={}", value.expose_secret()));
        let mark = if c.is_default { "*" } else { "" };
        Ok(format!("{mark}{} {}{}", c.name, c.username, parts.collect::<String>()))
    });
    each.map(|c: Result<String, String>| c.unwrap_or_else(|e| e)).collect()
}

#[test]
fn both_shapes_give_the_same() {
    let all = [
        "*lab admin password=old-lab-pässword",
        "keys ops key=-----BEGIN OPENSSH PRIVATE KEY-----\nx\n passphrase=old-passphrase",
    ];
    assert_eq!(told(ROWS), all);
    assert_eq!(told(WHOLE), all);
}

#[test]
fn metadata_may_be_rows_or_stand_beside() {
    let rows: serde_json::Value = serde_json::from_str(ROWS).expect("JSON");
    let meta = &rows["vault_metadata"];
    let pairs = serde_json::json!([{ "key": "salt", "value": meta["salt"] }]);
    let listed = serde_json::json!({ "vault_metadata": pairs, "credentials": rows["credentials"] });
    let beside = serde_json::json!({ "salt": meta["salt"], "iterations": 480_000, "credentials": rows["credentials"] });
    for json in [listed, beside] {
        assert_eq!(told(&json.to_string()).len(), 2);
        assert_eq!(open(&json.to_string(), "another password").err(), Some(VaultError::WrongPassword));
    }
}

#[test]
fn a_wrong_password_and_a_damaged_credential_are_told_apart() {
    assert_eq!(open(ROWS, "another password").err(), Some(VaultError::WrongPassword));
    assert_eq!(open(WHOLE, "another password").err(), Some(VaultError::WrongPassword));
    let mut rows: serde_json::Value = serde_json::from_str(ROWS).expect("JSON");
    rows["credentials"][0]["password_encrypted"] = "gAAAAAB".into();
    let told = told(&rows.to_string());
    assert_eq!(told[0], "lab: credential `lab` is damaged; restore it from a backup");
    assert!(told[1].starts_with("keys ops"), "one that is damaged does not take the others along");
}

#[test]
fn what_is_no_vault_is_refused() {
    let refused = |json: &str| Predecessor::parse(json).err();
    assert_eq!(refused(&ROWS[..ROWS.len() / 2]), Some(VaultError::Torn));
    for json in ["[]", "{}", r#"{"salt": "AAAA"}"#, r#"{"credentials": []}"#, "nothing"] {
        assert!(matches!(refused(json), Some(VaultError::NotAnExport(_))), "{json}");
    }
    let dear = r#"{"salt": "AAAA", "iterations": 4000000000, "credentials": []}"#;
    assert!(matches!(refused(dear), Some(VaultError::NotAnExport(_))));
}
