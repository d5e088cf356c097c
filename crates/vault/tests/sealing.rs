//! What is sealed opens with the right password as what it was, and in no other way at all.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use secrecy::{ExposeSecret, SecretString};
use vault::{
    AuthProtocol, Cost, Exported, Header, Kind, Label, LoginSecret, Master, Policy, PrivacyProtocol, Roll, Secret,
    SnmpUser, VaultError, export, import,
};

const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
const FAST: Policy = Policy { cost: CHEAP, floor: CHEAP };

fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(7)
}

fn password() -> SecretString {
    "correct horse".into()
}

fn vault() -> (Header, Master) {
    Header::create(&password(), FAST, &mut rng()).expect("a vault")
}

fn label(name: &str, kind: Kind) -> Label {
    Label { name: name.into(), kind, username: "admin".into(), realm: "tacacs".into(), revision: 1 }
}

fn some(text: &str) -> Option<SecretString> {
    Some(text.into())
}

fn secrets() -> Vec<Secret> {
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n";
    vec![
        Secret::Login(LoginSecret { password: some("pä$$"), enable: some("3n4ble!"), ..LoginSecret::default() }),
        Secret::Login(LoginSecret { key: some(key), passphrase: some("Zauberwort"), ..LoginSecret::default() }),
        Secret::Login(LoginSecret {
            key: some(key),
            certificate: some("ssh-ed25519-cert-v01@openssh.com AAAA"),
            agent: true,
            ..LoginSecret::default()
        }),
        Secret::SnmpCommunity("public".into()),
        Secret::SnmpUser(SnmpUser::default()),
        Secret::SnmpUser(SnmpUser {
            auth: Some((AuthProtocol::Sha256, "auth-phrase".into())),
            privacy: Some((PrivacyProtocol::Aes128, "priv-phrase".into())),
        }),
        Secret::Token("t0k3n".into()),
    ]
}

/// All of it, to compare: kind, words, values.
fn told(secret: &Secret) -> (Kind, String, Vec<(&'static str, String)>) {
    let parts = secret.parts().into_iter().map(|(name, value)| (name, value.expose_secret().to_owned()));
    (secret.kind(), secret.holds(), parts.collect())
}

#[test]
fn each_kind_of_secret_comes_back_as_it_was() {
    let (header, master) = vault();
    for secret in secrets() {
        secret.check().expect("usable");
        let label = label("lab", secret.kind());
        let sealed = master.seal(&label, &secret, &mut rng());
        let again = Header::decode(&header.encode()).expect("header").unlock(&password(), FAST).expect("unlocked");
        assert_eq!(told(&again.open(&label, &sealed).expect("opened")), told(&secret));
    }
}

#[test]
fn nothing_prints_a_secret() {
    let (header, master) = vault();
    for secret in secrets() {
        let text = format!("{secret:?} {} {master:?} {header:?}", secret.holds());
        for (name, value) in secret.parts() {
            assert!(!text.contains(value.expose_secret()), "{name} in {text}");
        }
    }
}

#[test]
fn the_length_of_a_password_is_not_told() {
    let (_, master) = vault();
    let sealed = |password: &str| {
        let secret = Secret::Login(LoginSecret { password: some(password), ..LoginSecret::default() });
        master.seal(&label("lab", Kind::Login), &secret, &mut rng()).len()
    };
    assert_eq!(sealed("a"), sealed("twenty characters long, or more"));
}

#[test]
fn a_wrong_password_and_a_damaged_header_are_told_apart() {
    let (header, _) = vault();
    assert_eq!(header.unlock(&"incorrect horse".into(), FAST).err(), Some(VaultError::WrongPassword));
    let bytes = header.encode();
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        let error = Header::decode(&bytes).expect_err("damaged");
        assert!(matches!(error, VaultError::Damaged { .. }), "byte {at}: {error}");
    }
    for size in 0..bytes.len() {
        assert!(matches!(Header::decode(&bytes[..size]), Err(VaultError::Damaged { .. })), "{size} bytes");
    }
}

/// With a header whose checksum is right again, as one who means harm would write it.
fn forged(at: usize, with: &[u8]) -> Result<Header, VaultError> {
    use sha2::Digest;
    let mut bytes = vault().0.encode();
    bytes[at..at + with.len()].copy_from_slice(with);
    let end = bytes.len() - 32;
    let sum = sha2::Sha256::digest(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum);
    Header::decode(&bytes)
}

#[test]
fn a_newer_format_and_a_cheaper_or_a_monstrous_cost_are_refused() {
    let newer = forged(4, &9u32.to_le_bytes());
    assert_eq!(newer, Err(VaultError::Newer { found: 9, known: 1 }));
    for memory in [1u32, 8, 19 * 1024 - 1, u32::MAX] {
        let header = forged(40, &memory.to_le_bytes()).expect("its checksum is right");
        let error = header.unlock(&password(), Policy::STANDARD).expect_err("refused");
        assert!(matches!(error, VaultError::Downgraded { .. }), "{memory}: {error}");
    }
    // Within the bounds it is not the cost that the key was wrapped with.
    let header = forged(40, &16u32.to_le_bytes()).expect("its checksum is right");
    assert_eq!(header.unlock(&password(), FAST).err(), Some(VaultError::WrongPassword));
}

#[test]
fn a_secret_opens_under_its_own_label_only() {
    let (_, master) = vault();
    let own = label("lab", Kind::Token);
    let sealed = master.seal(&own, &Secret::Token("t".into()), &mut rng());
    let others = [
        Label { name: "other".into(), ..own.clone() },
        Label { kind: Kind::SnmpCommunity, ..own.clone() },
        Label { username: "root".into(), ..own.clone() },
        Label { realm: String::new(), ..own.clone() },
        Label { revision: 2, ..own.clone() },
        // The bytes of all of it are the same here; what parts them is not.
        Label { username: "admint".into(), realm: "acacs".into(), ..own.clone() },
    ];
    for other in others {
        assert!(matches!(master.open(&other, &sealed), Err(VaultError::Damaged { .. })), "{other:?}");
    }
    let another = Header::create(&password(), FAST, &mut ChaCha8Rng::seed_from_u64(8)).expect("another vault").1;
    assert!(another.open(&own, &sealed).is_err());
}

#[test]
fn a_new_password_opens_what_was_rewrapped_and_the_old_one_nothing() {
    let (header, master) = vault();
    let label = label("lab", Kind::Token);
    let sealed = master.seal(&label, &Secret::Token("t0k3n".into()), &mut rng());
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let (renewed, next) = header.renew(&"battery staple".into(), FAST, &mut rng).expect("renewed");
    let moved = master.rewrap(&next, &label, &sealed, &mut rng).expect("rewrapped");
    assert_eq!(told(&next.open(&label, &moved).expect("opened")).2[0].1, "t0k3n");
    assert!(master.open(&label, &moved).is_err(), "the old key opens nothing that is there now");
    assert_eq!(renewed.unlock(&password(), FAST).err(), Some(VaultError::WrongPassword));
    assert_ne!(renewed.key_name(), header.key_name());
}

#[test]
fn a_row_that_was_put_back_or_brought_along_is_told() {
    let (_, master) = vault();
    let (mut roll, mut rng) = (Roll::default(), rng());
    let label = label("lab", Kind::Token);
    let old = master.seal(&label, &Secret::Token("old".into()), &mut rng);
    roll.put("lab", &old);
    let sealed = master.seal(&label, &Secret::Token("new".into()), &mut rng);
    roll.put("lab", &sealed);
    let roll = master.open_roll(&master.seal_roll(&roll, 2, &mut rng), 2).expect("the roll");
    assert_eq!(roll.check("lab", &sealed), Ok(()));
    assert_eq!(roll.check("lab", &old), Err(VaultError::PutBack { name: "lab".into() }));
    assert_eq!(roll.check("more", &sealed), Err(VaultError::PutBack { name: "more".into() }));
    let earlier = master.seal_roll(&Roll::default(), 1, &mut rng);
    assert!(master.open_roll(&earlier, 2).is_err(), "an old roll is not taken for the present one");
}

#[test]
fn a_secret_that_nobody_could_use_is_refused() {
    let refused = |secret: Secret| assert!(matches!(secret.check(), Err(VaultError::Invalid(_))), "{secret:?}");
    refused(Secret::Login(LoginSecret::default()));
    refused(Secret::Login(LoginSecret { password: some(""), ..LoginSecret::default() }));
    refused(Secret::Login(LoginSecret { password: some("p"), passphrase: some("x"), ..LoginSecret::default() }));
    refused(Secret::SnmpUser(SnmpUser { auth: Some((AuthProtocol::Md5, "short".into())), privacy: None }));
    refused(Secret::SnmpUser(SnmpUser { auth: None, privacy: Some((PrivacyProtocol::Des, "long enough".into())) }));
    assert!(Header::create(&"seven77".into(), FAST, &mut rng()).is_err());
}

fn exported() -> String {
    let credential = |(n, secret): (usize, Secret)| Exported {
        name: format!("c{n}"),
        username: "admin".into(),
        realm: String::new(),
        notes: "of the lab".into(),
        priority: 5,
        is_default: n == 0,
        secret,
    };
    let credentials: Vec<_> = secrets().into_iter().enumerate().map(credential).collect();
    export(&credentials, &password(), FAST, &mut rng()).expect("exported")
}

#[test]
fn an_export_comes_back_whole() {
    let back = import(&exported(), &password(), FAST).expect("imported");
    let values = |all: &[Secret]| all.iter().map(told).collect::<Vec<_>>();
    let (secrets, credentials): (Vec<_>, Vec<_>) =
        back.into_iter().map(|c| (c.secret, (c.name, c.notes, c.priority, c.is_default))).unzip();
    assert_eq!(values(&secrets), values(&self::secrets()));
    assert_eq!(credentials[0], ("c0".to_owned(), "of the lab".to_owned(), 5, true));
    assert_eq!(import(&exported(), &"incorrect horse".into(), FAST).err(), Some(VaultError::WrongPassword));
}

#[test]
fn an_export_that_ends_in_the_middle_is_torn() {
    let text = exported();
    let end = text.trim_end().len();
    for size in [1, 20, 40, 120, 300, end / 2, end - 3, end - 1] {
        assert_eq!(import(&text[..size], &password(), FAST).err(), Some(VaultError::Torn), "{size} of {end}");
    }
}

proptest! {
    #[test]
    fn no_byte_of_a_sealed_secret_or_roll_can_be_changed(kind in 0..7usize, at: prop::sample::Index, with in 1..=255u8) {
        let (_, master) = vault();
        let secret = &secrets()[kind];
        let label = label("lab", secret.kind());
        let mut sealed = master.seal(&label, secret, &mut rng());
        let at_byte = at.index(sealed.len());
        sealed[at_byte] ^= with;
        let opened = master.open(&label, &sealed);
        prop_assert!(matches!(opened, Err(VaultError::Damaged { .. })), "byte {}", at_byte);

        let mut roll = Roll::default();
        roll.put("lab", &sealed);
        let mut sealed = master.seal_roll(&roll, 3, &mut rng());
        let at_byte = at.index(sealed.len());
        sealed[at_byte] ^= with;
        let opened = master.open_roll(&sealed, 3);
        prop_assert!(matches!(opened, Err(VaultError::Damaged { .. })), "byte {} of the roll", at_byte);
    }

    #[test]
    fn an_export_with_another_byte_is_an_error_and_never_other_secrets(at: prop::sample::Index, with: u8) {
        let text = exported();
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != with && with.is_ascii());
        bytes[at] = with;
        let changed = String::from_utf8(bytes).expect("ASCII");
        match import(&changed, &password(), FAST) {
            Err(_) => {}
            // White space between the fields means nothing.
            Ok(back) => {
                let strip = |t: &str| t.split_whitespace().collect::<String>();
                prop_assert_eq!(strip(&changed), strip(&text));
                prop_assert_eq!(back.len(), 7);
            }
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes: Vec<u8>) {
        let (_, master) = vault();
        prop_assert!(Header::decode(&bytes).is_err());
        prop_assert!(master.open(&label("lab", Kind::Login), &bytes).is_err());
        prop_assert!(master.open_roll(&bytes, 1).is_err());
        prop_assert!(import(&String::from_utf8_lossy(&bytes), &password(), FAST).is_err());
    }
}
