//! Sessions with a real OpenSSH server: one that knows a single old algorithm, keys, certificates, agents, jump hosts.
//!
//! What it cannot play: key exchange groups under 2048 bits, RSA keys under 1024, and passwords, which would need an
//! account of the system; the traps have those by a server of their own.

mod sshd;

use std::fs;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::FailureClass;
use model::platform::SessionSpec;
use sshd::{Agent, Sshd, keygen, run};
use transport::{
    HostKey, HostKeyVerdict, HostKeys, Jump, KeyError, Known, Legacy, Limits, Login, MemoryHostKeys, Negotiated,
    Profile, Proof, Session, SessionError, Suite, Target, Tunnel,
};

/// Remembers what was agreed last.
#[derive(Default)]
struct Memory {
    hosts: MemoryHostKeys,
    last: Mutex<Option<Negotiated>>,
}

impl HostKeys for Memory {
    fn recall(&self, addr: SocketAddr) -> Known {
        self.hosts.recall(addr)
    }

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        self.hosts.check(addr, key)
    }

    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated) {
        *self.last.lock().expect("free") = Some(negotiated.clone());
        self.hosts.agreed(addr, negotiated);
    }
}

impl Memory {
    fn last(&self) -> Negotiated {
        self.last.lock().expect("free").clone().expect("a key exchange")
    }
}

fn profile() -> Arc<Profile> {
    let spec = SessionSpec {
        prompt: r"[\w.\-]{1,40}[>#] ?".into(),
        exit: "exit".into(),
        errors: vec!["^% Invalid".into()],
        ..SessionSpec::default()
    };
    Arc::new(Profile::compile(&spec).expect("valid"))
}

fn limits() -> Limits {
    let minute = Duration::from_secs(60);
    Limits {
        connect: minute,
        login: minute,
        command_idle: minute,
        command_total: minute,
        output_bytes: 1 << 20,
        ..Limits::default()
    }
}

/// Logs in, asks the time, leaves.
async fn visit(target: impl Into<Target>, login: &Login, memory: &Arc<Memory>) -> Result<String, SessionError> {
    let keys: Arc<dyn HostKeys> = memory.clone();
    let mut session = Session::open(target, login, &keys, &limits(), profile()).await?;
    session.ask("show clock").await?;
    let finished = session.finish().await;
    assert!(finished.error.is_none(), "{:?}", finished.error);
    Ok(String::from_utf8(finished.outputs[0].content.clone()).expect("text"))
}

/// By the key that the server knows.
fn login(sshd: &Sshd) -> Login {
    let key = fs::read_to_string(sshd.path("user")).expect("a key");
    Login::new(&sshd.user, vec![Proof::key(&key, None).expect("a key")])
}

fn with(sshd: &Sshd, legacy: Legacy) -> Target {
    Target { legacy, ..Target::from(sshd.addr) }
}

/// A server that knows one algorithm of a kind: a modern one is simply used; an old one only where it may be, and
/// then it is remembered.
async fn check(options: &str, algorithm: &str, suite: Suite) {
    let sshd = Sshd::start("");
    if options.contains("host_rsa") {
        let bits = options.split_whitespace().last().expect("a size");
        keygen(&sshd.path("host_rsa"), &["-t", "rsa", "-b", bits, "-N", ""]);
    }
    if options.contains("host_dsa") {
        keygen(&sshd.path("host_dsa"), &["-t", "dsa", "-N", ""]);
    }
    sshd.configure(options.split(" bits").next().expect("options"));
    let memory = Arc::new(Memory::default());
    if suite == Suite::Legacy {
        let error = visit(sshd.addr, &login(&sshd), &memory).await.expect_err("too old");
        assert!(
            matches!(&error, SessionError::NoCommonAlgorithm { ours, theirs, .. }
            if theirs.iter().any(|t| t == algorithm) && !ours.is_empty()),
            "{error:?}"
        );
    }
    let first = visit(with(&sshd, Legacy::Fallback), &login(&sshd), &memory).await;
    assert_eq!(first.unwrap_or_else(|e| panic!("{algorithm}: {e}\n{}", sshd.log())), "12:00\n");
    let agreed = memory.last();
    assert_eq!(agreed.suite, suite, "{agreed:?}");
    let names = [&agreed.kex, &agreed.host_key, &agreed.cipher, &agreed.mac];
    assert!(names.iter().any(|n| *n == algorithm), "{agreed:?}");
    // Remembered: no leave is needed any more, but it can be denied.
    assert_eq!(visit(sshd.addr, &login(&sshd), &memory).await.expect("known"), "12:00\n");
    let denied = visit(with(&sshd, Legacy::Never), &login(&sshd), &memory).await;
    assert_eq!(denied.is_ok(), suite == Suite::Modern);
}

macro_rules! algorithms {
    ($($name:ident: $options:literal, $algorithm:literal, $suite:ident;)*) => {$(
        #[tokio::test]
        async fn $name() {
            if sshd::is_installed() {
                check($options, $algorithm, Suite::$suite).await;
            }
        }
    )*};
}

algorithms! {
    kex_curve25519: "KexAlgorithms curve25519-sha256", "curve25519-sha256", Modern;
    kex_nistp256: "KexAlgorithms ecdh-sha2-nistp256", "ecdh-sha2-nistp256", Modern;
    kex_nistp384: "KexAlgorithms ecdh-sha2-nistp384", "ecdh-sha2-nistp384", Modern;
    kex_nistp521: "KexAlgorithms ecdh-sha2-nistp521", "ecdh-sha2-nistp521", Modern;
    kex_group14_sha256: "KexAlgorithms diffie-hellman-group14-sha256", "diffie-hellman-group14-sha256", Modern;
    kex_gex_sha256: "KexAlgorithms diffie-hellman-group-exchange-sha256", "diffie-hellman-group-exchange-sha256", Modern;
    kex_group16_sha512: "KexAlgorithms diffie-hellman-group16-sha512", "diffie-hellman-group16-sha512", Modern;
    kex_group14_sha1: "KexAlgorithms diffie-hellman-group14-sha1", "diffie-hellman-group14-sha1", Legacy;
    kex_gex_sha1: "KexAlgorithms diffie-hellman-group-exchange-sha1", "diffie-hellman-group-exchange-sha1", Legacy;
    kex_group1_sha1: "KexAlgorithms diffie-hellman-group1-sha1", "diffie-hellman-group1-sha1", Legacy;
    key_rsa_sha1_1024: "HostKeyAlgorithms ssh-rsa\nHostKey DIR/host_rsa bits 1024", "ssh-rsa", Legacy;
    key_rsa_sha1_2048: "HostKeyAlgorithms ssh-rsa\nHostKey DIR/host_rsa bits 2048", "ssh-rsa", Legacy;
    key_rsa_sha1_4096: "HostKeyAlgorithms ssh-rsa\nHostKey DIR/host_rsa bits 4096", "ssh-rsa", Legacy;
    key_rsa_sha2_1024: "HostKeyAlgorithms rsa-sha2-256\nHostKey DIR/host_rsa bits 1024", "rsa-sha2-256", Modern;
    key_rsa_sha2_3072: "HostKeyAlgorithms rsa-sha2-512\nHostKey DIR/host_rsa bits 3072", "rsa-sha2-512", Modern;
    cipher_aes128_cbc: "Ciphers aes128-cbc", "aes128-cbc", Legacy;
    cipher_aes192_cbc: "Ciphers aes192-cbc", "aes192-cbc", Legacy;
    cipher_aes256_cbc: "Ciphers aes256-cbc", "aes256-cbc", Legacy;
    cipher_3des_cbc: "Ciphers 3des-cbc", "3des-cbc", Legacy;
    cipher_aes128_ctr: "Ciphers aes128-ctr", "aes128-ctr", Modern;
    cipher_aes256_ctr: "Ciphers aes256-ctr", "aes256-ctr", Modern;
    cipher_aes128_gcm: "Ciphers aes128-gcm@openssh.com", "aes128-gcm@openssh.com", Modern;
    cipher_aes256_gcm: "Ciphers aes256-gcm@openssh.com", "aes256-gcm@openssh.com", Modern;
    cipher_chacha20: "Ciphers chacha20-poly1305@openssh.com", "chacha20-poly1305@openssh.com", Modern;
    mac_sha1: "Ciphers aes128-ctr\nMACs hmac-sha1", "hmac-sha1", Legacy;
    mac_sha1_etm: "Ciphers aes128-ctr\nMACs hmac-sha1-etm@openssh.com", "hmac-sha1-etm@openssh.com", Legacy;
    mac_sha2_256: "Ciphers aes128-ctr\nMACs hmac-sha2-256", "hmac-sha2-256", Modern;
    mac_sha2_512_etm: "Ciphers aes256-ctr\nMACs hmac-sha2-512-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", Modern;
}

/// OpenSSH 10 knows no `ssh-dss` any more.
#[tokio::test]
async fn key_dss() {
    if !sshd::is_installed() {
        return;
    }
    if !run("ssh", &["-Q", "key"]).lines().any(|l| l == "ssh-dss") {
        eprintln!("skipped: this OpenSSH has no ssh-dss");
        return;
    }
    check("HostKeyAlgorithms ssh-dss\nHostKey DIR/host_dsa", "ssh-dss", Suite::Legacy).await;
}

#[tokio::test]
async fn what_nobody_should_use_is_refused_with_both_lists() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    for mac in ["hmac-md5", "hmac-sha1-96", "umac-64@openssh.com"] {
        sshd.configure(&format!("Ciphers aes128-ctr\nMACs {mac}"));
        let memory = Arc::new(Memory::default());
        let error = visit(with(&sshd, Legacy::Fallback), &login(&sshd), &memory).await.expect_err("too old");
        let text = error.to_string();
        assert!(text.contains("no MAC in common: we offer hmac-sha2-256-etm@openssh.com, "), "{text}");
        assert!(text.ends_with(&format!("the device offers {mac}")), "{text}");
    }
}

#[tokio::test]
async fn a_host_that_was_modern_once_is_not_spoken_to_by_old_algorithms() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    let memory = Arc::new(Memory::default());
    visit(sshd.addr, &login(&sshd), &memory).await.expect("modern");
    for old in ["KexAlgorithms diffie-hellman-group1-sha1", "Ciphers 3des-cbc", "Ciphers aes128-ctr\nMACs hmac-sha1"] {
        sshd.configure(old);
        fs::write(sshd.path("log"), "").expect("a file");
        let error = visit(with(&sshd, Legacy::Fallback), &login(&sshd), &memory).await.expect_err("downgraded");
        assert_eq!(error.class(), FailureClass::AlgorithmsDowngraded, "{error}");
        assert!(!sshd.log().contains("Accepted"), "nobody logs in");
        fs::write(sshd.path("log"), "").expect("a file");
    }
}

#[tokio::test]
async fn a_host_that_gets_a_second_key_has_not_changed() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    keygen(&sshd.path("host_rsa"), &["-t", "rsa", "-b", "2048", "-N", ""]);
    let memory = Arc::new(Memory::default());
    sshd.configure("HostKey DIR/host_rsa");
    visit(sshd.addr, &login(&sshd), &memory).await.expect("by RSA");
    sshd.configure("HostKey DIR/host_rsa\nHostKey DIR/host_ed25519");
    visit(sshd.addr, &login(&sshd), &memory).await.expect("by RSA, though ed25519 is there");
    assert!(memory.last().host_key.starts_with("rsa-sha2-"), "{:?}", memory.last());
}

#[tokio::test]
async fn keys_of_every_kind() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    let secret = "open sesame";
    let kinds: [&[&str]; 7] = [
        &["-t", "ed25519", "-N", ""],
        &["-t", "ed25519", "-N", secret],
        &["-t", "ecdsa", "-b", "256", "-N", secret],
        &["-t", "ecdsa", "-b", "521", "-N", ""],
        &["-t", "rsa", "-b", "2048", "-N", "", "-m", "PEM"],
        &["-t", "rsa", "-b", "2048", "-N", secret, "-m", "PKCS8"],
        &["-t", "ecdsa", "-b", "384", "-N", "", "-m", "PKCS8"],
    ];
    for (number, kind) in kinds.iter().enumerate() {
        let path = sshd.path(&format!("key{number}"));
        let text = keygen(&path, kind);
        fs::copy(path.with_extension("pub"), sshd.path("authorized_keys")).expect("a copy");
        let is_secret = kind.contains(&secret);
        let passphrase = is_secret.then(|| secret.into());
        let proof = Proof::key(&text, passphrase.as_ref()).unwrap_or_else(|e| panic!("{kind:?}: {e}"));
        let login = Login::new(&sshd.user, vec![proof]);
        let said = visit(sshd.addr, &login, &Arc::default()).await;
        assert_eq!(said.unwrap_or_else(|e| panic!("{kind:?}: {e}\n{}", sshd.log())), "12:00\n");
        if is_secret {
            assert_eq!(Proof::key(&text, None).err(), Some(KeyError::PassphraseNeeded), "{kind:?}");
            assert_eq!(Proof::key(&text, Some(&"wrong".into())).err(), Some(KeyError::PassphraseWrong), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn an_rsa_key_signs_with_sha2_and_with_sha1_only_for_an_old_host() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    let text = keygen(&sshd.path("key"), &["-t", "rsa", "-b", "2048", "-N", ""]);
    fs::copy(sshd.path("key.pub"), sshd.path("authorized_keys")).expect("a copy");
    let login = Login::new(&sshd.user, vec![Proof::key(&text, None).expect("a key")]);
    visit(sshd.addr, &login, &Arc::default()).await.expect("let in");
    assert!(sshd.log().contains("rsa-sha2-512"), "{}", sshd.log());
    sshd.configure("PubkeyAcceptedAlgorithms ssh-rsa\nKexAlgorithms diffie-hellman-group14-sha1");
    visit(with(&sshd, Legacy::Fallback), &login, &Arc::default()).await.expect("let in by SHA-1");
}

#[tokio::test]
async fn a_refusal_says_what_the_device_takes() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    let other = keygen(&sshd.path("other"), &["-t", "ed25519", "-N", ""]);
    let login = Login::new(&sshd.user, vec![Proof::key(&other, None).expect("a key")]);
    let refused = visit(sshd.addr, &login, &Arc::default()).await.expect_err("refused");
    assert!(matches!(&refused, SessionError::Refused { .. }) && refused.may_count_against_account(), "{refused}");
    let silent = visit(sshd.addr, &Login::password(&sshd.user, "s3cret"), &Arc::default()).await.expect_err("nothing");
    assert!(!silent.may_count_against_account());
    let text = silent.to_string();
    assert!(text.contains("it takes publickey; we have a password") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn an_agent_signs() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    let agent = Agent::start(sshd.path("").as_path(), &sshd.path("user"));
    let login = Login::new(&sshd.user, vec![Proof::Agent { socket: agent.socket.clone() }]);
    assert_eq!(visit(sshd.addr, &login, &Arc::default()).await.expect("let in"), "12:00\n");
    drop(agent);
    let error = visit(sshd.addr, &login, &Arc::default()).await.expect_err("no agent");
    assert!(error.to_string().contains("the agent at "), "{error}");
}

#[tokio::test]
async fn a_certificate_lets_in_whom_its_authority_names() {
    if !sshd::is_installed() {
        return;
    }
    let sshd = Sshd::start("");
    keygen(&sshd.path("ca"), &["-t", "ed25519", "-N", ""]);
    let key = keygen(&sshd.path("staff"), &["-t", "ed25519", "-N", ""]);
    let paths = [sshd.path("ca"), sshd.path("staff.pub")].map(|p| p.to_str().expect("a path").to_owned());
    run("ssh-keygen", &["-q", "-s", &paths[0], "-I", "staff", "-n", &sshd.user, &paths[1]]);
    let certificate = fs::read_to_string(sshd.path("staff-cert.pub")).expect("a certificate");
    sshd.configure("TrustedUserCAKeys DIR/ca.pub\nAuthorizedKeysFile none");
    let proof = Proof::certificate(&key, None, &certificate).expect("a certificate");
    let login = Login::new(&sshd.user, vec![proof]);
    let said = visit(sshd.addr, &login, &Arc::default()).await;
    assert_eq!(said.unwrap_or_else(|e| panic!("{e}\n{}", sshd.log())), "12:00\n");
    let alone = Login::new(&sshd.user, vec![Proof::key(&key, None).expect("a key")]);
    assert!(visit(sshd.addr, &alone, &Arc::default()).await.is_err(), "the key alone is nobody's");
    let user = fs::read_to_string(sshd.path("user")).expect("a key");
    assert_eq!(Proof::certificate(&user, None, &certificate).err(), Some(KeyError::OtherKey));
}

#[tokio::test]
async fn devices_behind_two_jump_hosts_share_one_log_in_to_each() {
    if !sshd::is_installed() {
        return;
    }
    let (outer, inner, device) = (Sshd::start(""), Sshd::start(""), Sshd::start(""));
    let jump = |sshd: &Sshd| Jump { addr: sshd.addr, login: Arc::new(login(sshd)) };
    let tunnel = Arc::new(Tunnel::new(vec![jump(&outer), jump(&inner)], Legacy::Never));
    let target = Target { via: Some(tunnel), ..Target::from(device.addr) };
    let memory = Arc::new(Memory::default());
    let login = login(&device);
    let visits = (0..4).map(|_| visit(target.clone(), &login, &memory));
    for said in futures::future::join_all(visits).await {
        assert_eq!(said.expect("let in"), "12:00\n");
    }
    let accepted = |sshd: &Sshd| sshd.log().matches("Accepted publickey").count();
    assert_eq!((accepted(&outer), accepted(&inner), accepted(&device)), (1, 1, 4));
    for host in [outer.addr, inner.addr, device.addr] {
        assert_eq!(memory.recall(host).suite, Some(Suite::Modern), "each host shows its key");
    }
}

#[tokio::test]
async fn a_jump_host_that_refuses_is_asked_once() {
    if !sshd::is_installed() {
        return;
    }
    let (jump, device) = (Sshd::start(""), Sshd::start(""));
    let login = Arc::new(login(&device));
    let tunnel = Arc::new(Tunnel::new(vec![Jump { addr: jump.addr, login: login.clone() }], Legacy::Never));
    let target = Target { via: Some(tunnel), ..Target::from(device.addr) };
    for _ in 0..3 {
        let error = visit(target.clone(), &login, &Arc::default()).await.expect_err("refused");
        assert_eq!(error.class(), FailureClass::JumpHostFailed);
        assert!(error.to_string().starts_with(&format!("jump host {}: the device refused user", jump.addr)), "{error}");
        assert!(!error.may_count_against_account(), "the device was not asked");
    }
    assert_eq!(jump.log().matches("Connection from").count(), 1, "{}", jump.log());
}

#[tokio::test]
async fn a_jump_host_that_does_not_forward_says_so() {
    if !sshd::is_installed() {
        return;
    }
    let (jump, device) = (Sshd::start("AllowTcpForwarding no"), Sshd::start(""));
    let tunnel = Tunnel::new(vec![Jump { addr: jump.addr, login: Arc::new(login(&jump)) }], Legacy::Never);
    let target = Target { via: Some(Arc::new(tunnel)), ..Target::from(device.addr) };
    let error = visit(target, &login(&device), &Arc::default()).await.expect_err("no way");
    assert_eq!(error.class(), FailureClass::Unreachable);
    let source = std::error::Error::source(&error).expect("a cause").to_string();
    assert!(source.contains("the jump host could not connect"), "{source}");
}
