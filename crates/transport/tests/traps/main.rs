//! What breaks other clients, over real SSH.

mod jump;
mod recorded;
mod server;
mod telnet;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use model::FailureClass;
use model::platform::{Answer, Enable, SessionSpec, UserSuffix};
use russh::{MethodKind, Preferred, kex};
use server::{Act, Echo, Script, text};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use transport::{
    Finished, HostKeys, Limits, Login, MemoryHostKeys, OutputState, Phase, Profile, Session, SessionError, Target,
};

fn profile() -> Arc<Profile> {
    let spec = SessionSpec {
        prompt: r"[\w.\-]{1,40}(\(.{1,40}\))?[>#] ?".into(),
        enable: Some(Enable {
            command: "enable".into(),
            unprivileged: r">\s*$".into(),
            password: "(?i)password: ?$".into(),
        }),
        prepare: vec!["terminal length 0".into()],
        exit: "exit".into(),
        pager: vec![Answer { pattern: " ?--More-- ?$".into(), answer: " ".into() }],
        errors: vec!["^% Invalid".into()],
        ..SessionSpec::default()
    };
    Arc::new(Profile::compile(&spec).expect("valid"))
}

fn login() -> Login {
    Login::password("ops", "s3cret").with_enable("en4ble")
}

fn limits() -> Limits {
    let seconds = Duration::from_secs;
    Limits {
        connect: seconds(5),
        login: seconds(5),
        command_idle: seconds(4),
        command_total: seconds(20),
        output_bytes: 4 << 20,
        ..Limits::default()
    }
}

fn keys() -> Arc<dyn HostKeys> {
    Arc::new(MemoryHostKeys::default())
}

async fn open(addr: SocketAddr, limits: &Limits) -> Result<Session, SessionError> {
    Session::open(addr, &login(), &keys(), limits, profile()).await
}

async fn run(script: Script, commands: &[&str]) -> Finished {
    let mut session = open(script.serve().await, &limits()).await.expect("a session");
    session.adopt(profile(), &login()).await.expect("prepared");
    for command in commands {
        if session.ask(command).await.is_err() {
            break;
        }
    }
    session.finish().await
}

/// All outputs complete, and what is expected.
async fn check(script: Script, expected: &[(&str, &str)]) {
    let commands: Vec<&str> = expected.iter().map(|(command, _)| *command).collect();
    let finished = run(script, &commands).await;
    assert!(finished.error.is_none(), "{:?}", finished.error);
    for (output, (command, content)) in finished.outputs.iter().zip(expected) {
        assert_eq!((output.command.as_str(), String::from_utf8_lossy(&output.content).as_ref()), (*command, *content));
        assert!(output.is_complete());
    }
    assert_eq!(finished.outputs.len(), expected.len());
}

const CLOCK: (&str, &str) = ("show clock", "12:00\n");

#[tokio::test]
async fn greeting_and_prompt_are_learnt() {
    let greeting = vec![text("\r\n### > keep out # ###\r\nsw1# is this\r\n")];
    let script = Script { banner: Some("Authorised # only >\n"), greeting, ..Script::default() };
    let terminal = script.terminal.clone();
    let session = open(script.serve().await, &limits()).await.expect("a session");
    assert_eq!(session.prompt(), "sw1#");
    let banner = session.banner();
    assert!(
        banner.starts_with("SSH-2.0-") && banner.contains("Authorised # only >") && banner.contains("sw1# is this")
    );
    assert_eq!(*terminal.lock().expect("free"), (511, 1000));
    let finished = session.finish().await;
    assert!(finished.outputs.is_empty() && finished.error.is_none());
}

#[tokio::test]
async fn keyboard_interactive_only() {
    let script = Script { methods: &[MethodKind::KeyboardInteractive], ..Script::default() };
    check(script, &[CLOCK]).await;
}

/// MikroTik's is told there what kind of terminal we are.
#[tokio::test]
async fn what_a_server_wants_behind_the_name_of_the_user() {
    let mut suffixes = model::Platforms::builtin().user_suffixes().to_vec();
    suffixes.insert(0, UserSuffix { server: "^SSH-2.0-Other".into(), suffix: "?".into() });
    for (software, username) in [("ROSSSH", "ops+cte999w255h"), ("trap", "ops")] {
        for methods in [&[MethodKind::Password][..], &[MethodKind::KeyboardInteractive]] {
            let script = Script { software, username, methods, ..Script::default() };
            let target = Target { suffixes: suffixes.clone().into(), ..Target::from(script.serve().await) };
            let session = Session::open(target, &login(), &keys(), &limits(), profile()).await;
            assert_eq!(session.expect(username).finish().await.error.map(|e| e.to_string()), None);
        }
    }
}

#[tokio::test]
async fn a_refused_secret_is_offered_once() {
    for methods in [&[MethodKind::Password, MethodKind::KeyboardInteractive][..], &[MethodKind::KeyboardInteractive]] {
        let script = Script { password: "other", methods, ..Script::default() };
        let offered = script.offered.clone();
        let error = open(script.serve().await, &limits()).await.expect_err("refused");
        assert!(matches!(&error, SessionError::Refused { username, .. } if username == "ops"), "{error:?}");
        assert_eq!(error.class(), FailureClass::AuthenticationFailed);
        let offered = offered.lock().expect("free").clone();
        assert_eq!(offered.len(), 1, "{offered:?}");
    }
}

#[tokio::test]
async fn a_server_that_drops_the_method_after_a_refusal_does_not_see_the_secret_again() {
    let methods = &[MethodKind::Password, MethodKind::KeyboardInteractive];
    let script = Script { password: "other", methods, drops: true, ..Script::default() };
    let offered = script.offered.clone();
    open(script.serve().await, &limits()).await.expect_err("refused");
    assert_eq!(*offered.lock().expect("free"), ["password s3cret"]);
}

#[tokio::test]
async fn a_server_that_takes_no_password_does_not_get_one() {
    let script = Script { methods: &[MethodKind::PublicKey], ..Script::default() };
    let offered = script.offered.clone();
    let error = open(script.serve().await, &limits()).await.expect_err("nothing to offer");
    assert!(matches!(&error, SessionError::NothingToOffer { takes, .. } if takes == "publickey"), "{error:?}");
    assert!(!error.may_count_against_account() && offered.lock().expect("free").is_empty());
}

#[tokio::test]
async fn a_device_that_lets_everybody_in_asks_in_the_shell() {
    let secret = |bad| Act::Secret { ask: "Password: ", good: "s3cret", prompt: "sw1#", bad };
    let ask = vec![text("\r\n"), Act::Secret { ask: "User: ", good: "ops", prompt: "sw1#", bad: "" }];
    let greeting = [ask.clone(), vec![secret("")]].concat();
    let script = Script { open: true, greeting, ..Script::default() };
    let offered = script.offered.clone();
    check(script, &[CLOCK]).await;
    assert!(offered.lock().expect("free").is_empty());

    let login = Login::password("ops", "wrong");
    let greeting = [ask, vec![secret("Login failed\r\nUser: "), Act::Hang]].concat();
    let addr = Script { open: true, greeting, ..Script::default() }.serve().await;
    let error = Session::open(addr, &login, &keys(), &limits(), profile()).await.expect_err("refused");
    assert!(matches!(&error, SessionError::Refused { .. }) && error.may_count_against_account(), "{error:?}");
}

#[tokio::test]
async fn a_line_equal_to_the_prompt_then_a_pause() {
    let acts = vec![text("a\r\nsw1#"), Act::Wait(Duration::from_millis(700)), text("\r\nb\r\nsw1#\r\nc\r\n")];
    let script = Script::default().says("show run", acts);
    check(script, &[("show run", "a\nsw1#\nb\nsw1#\nc\n"), CLOCK, ("show run", "a\nsw1#\nb\nsw1#\nc\n")]).await;
}

#[tokio::test]
async fn paging_that_cannot_be_turned_off() {
    let acts = vec![text("a\r\n"), Act::Page(" --More-- "), text("b\r\n"), Act::Page("--More--"), text("\r\nc\r\n")];
    check(Script::default().says("show run", acts), &[("show run", "a\nb\n\nc\n"), CLOCK]).await;
}

#[tokio::test]
async fn two_megabytes_in_small_packets() {
    const LINE: &str = "interface Vlan1 # not shut > down\r\n";
    let flood = Act::Flood { text: LINE, times: 60_000, packet: LINE.len() * 6 };
    let expected = LINE.replace('\r', "").repeat(60_000);
    check(Script::default().says("show run", vec![flood]), &[("show run", &expected), CLOCK]).await;
}

#[tokio::test]
async fn a_prompt_three_seconds_late() {
    let late = || Act::Wait(Duration::from_secs(3));
    let script = Script { greeting: vec![text("hello\r\n"), late()], ..Script::default() };
    check(script.says("show run", vec![text("a\r\n"), late()]), &[("show run", "a\n"), CLOCK]).await;
}

#[tokio::test]
async fn an_editor_of_80_columns() {
    let long = "show a command of a hundred and twenty characters which no line editor of eighty columns can show on one line at all 120";
    let script = Script { echo: Echo::Wrap, ..Script::default() }.says(long, vec![text("ok\r\n")]);
    check(script, &[(long, "ok\n"), CLOCK, (long, "ok\n")]).await;
}

#[tokio::test]
async fn no_echo() {
    check(Script { echo: Echo::None, ..Script::default() }, &[CLOCK, ("show clock", "12:00\n")]).await;
}

#[tokio::test]
async fn a_connection_that_is_cut() {
    let script =
        Script::default().says("show run", vec![text("a\r\nb"), Act::Wait(Duration::from_millis(50)), Act::Cut]);
    let finished = run(script, &["show clock", "show run", "show clock"]).await;
    assert!(finished.outputs[0].is_complete());
    assert!(matches!(&finished.outputs[1].state, OutputState::Cut(reason) if reason.contains("closed the connection")));
    assert_eq!((finished.outputs.len(), finished.outputs[1].content.as_slice()), (2, b"a\nb".as_slice()));
    let error = finished.error.expect("lost");
    assert!(
        matches!(&error, SessionError::Lost { phase: Phase::Command(c), tail } if c == "show run" && tail.ends_with(r"a\r\nb"))
    );
    assert_eq!(error.class(), FailureClass::ConnectionLost);
}

#[tokio::test]
async fn a_command_that_hangs() {
    let limits = Limits { command_idle: Duration::from_millis(300), ..limits() };
    let addr = Script::default().says("show run", vec![text("a\r\nb"), Act::Hang]).serve().await;
    let mut session = open(addr, &limits).await.expect("a session");
    let error = session.ask("show run").await.expect_err("late");
    assert_eq!(
        error.to_string(),
        r"silence for 0.3 s while `show run`: expected the prompt; last seen: sw1#show run\r\na\r\nb"
    );
    assert!(session.ask("show clock").await.is_err());
    let finished = session.finish().await;
    assert_eq!(finished.outputs.len(), 1);
    assert!(!finished.outputs[0].is_complete() && finished.error.is_some_and(|e| e.class() == FailureClass::Timeout));
}

#[tokio::test]
async fn endless_output() {
    let limits = Limits { output_bytes: 1 << 20, ..limits() };
    let flood = Act::Flood { text: "0123456789abcdef", times: usize::MAX, packet: 4096 };
    let addr = Script::default().says("show run", vec![flood]).serve().await;
    let mut session = open(addr, &limits).await.expect("a session");
    let error = session.ask("show run").await.expect_err("too large");
    assert!(matches!(&error, SessionError::TooLarge { command, limit } if command == "show run" && *limit == 1 << 20));
    assert_eq!(session.finish().await.outputs[0].content.len(), 1 << 20);
}

#[tokio::test]
async fn output_that_trickles_for_ever_ends_at_the_total() {
    let limits = Limits { command_total: Duration::from_millis(500), ..limits() };
    let drop = || [text("."), Act::Wait(Duration::from_millis(20))];
    let addr = Script::default().says("ping", (0..1000).flat_map(|_| drop()).collect()).serve().await;
    let mut session = open(addr, &limits).await.expect("a session");
    let error = session.ask("ping").await.expect_err("late");
    assert!(matches!(error, SessionError::Timeout { limit, .. } if limit == Duration::from_millis(500)));
}

#[tokio::test]
async fn privileged_mode() {
    let script = |good| {
        let secret = Act::Secret { ask: "Password: ", good, prompt: "sw1#", bad: "% Bad secrets\r\n\r\n" };
        Script { prompt: "sw1>", ..Script::default() }.says("enable", vec![secret])
    };
    check(script("en4ble"), &[CLOCK]).await;
    let mut session = open(script("other").serve().await, &limits()).await.expect("a session");
    let error = session.adopt(profile(), &login()).await.expect_err("refused");
    assert!(
        matches!(&error, SessionError::EnableRefused { given: true, tail } if tail.contains("% Bad secrets")),
        "{error:?}"
    );
    session.ask("show clock").await.expect("still usable");
    assert!(session.finish().await.outputs[0].is_complete());
}

#[tokio::test]
async fn secrets_are_in_no_message() {
    let leak = vec![text("your password is s3cret and en4ble\r\n"), Act::Hang];
    let limits = Limits { command_idle: Duration::from_millis(200), ..limits() };
    let mut session = open(Script::default().says("show run", leak).serve().await, &limits).await.expect("a session");
    let error = session.ask("show run").await.expect_err("late");
    let all = format!("{error} {error:?} {:?}", login());
    assert!(
        all.contains("a line that may hold a secret") && !all.contains("s3cret") && !all.contains("en4ble"),
        "{all}"
    );
}

#[tokio::test]
async fn a_changed_host_key_stops_the_session() {
    let keys = keys();
    let first = Script::default().serve().await;
    Session::open(first, &login(), &keys, &limits(), profile()).await.expect("first use");
    Session::open(first, &login(), &keys, &limits(), profile()).await.expect("the same key");
    struct Other(SocketAddr, Arc<dyn HostKeys>);
    impl HostKeys for Other {
        fn recall(&self, _: SocketAddr) -> transport::Known {
            self.1.recall(self.0)
        }

        fn agreed(&self, _: SocketAddr, _: &transport::Negotiated) {}

        fn check(&self, _: SocketAddr, key: &transport::HostKey) -> transport::HostKeyVerdict {
            assert!(key.fingerprint.starts_with("SHA256:") && key.openssh.starts_with("ssh-ed25519 "));
            self.1.check(self.0, key)
        }
    }
    let script = Script::default();
    let offered = script.offered.clone();
    let moved: Arc<dyn HostKeys> = Arc::new(Other(first, keys));
    let error = Session::open(script.serve().await, &login(), &moved, &limits(), profile()).await.expect_err("changed");
    assert!(
        matches!(&error, SessionError::HostKeyChanged { known, got } if known != got && got.starts_with("SHA256:"))
    );
    assert!(offered.lock().expect("free").is_empty());
}

#[tokio::test]
async fn no_common_algorithm_names_both_lists() {
    let preferred = Preferred { kex: vec![kex::DH_G1_SHA1].into(), ..Preferred::DEFAULT };
    let error = open(Script { preferred, ..Script::default() }.serve().await, &limits()).await.expect_err("too old");
    let message = error.to_string();
    assert!(
        message.contains("curve25519-sha256, ") && message.contains("the device offers diffie-hellman-group1-sha1"),
        "{message}"
    );
    assert_eq!(error.class(), FailureClass::NoCommonAlgorithm);
}

async fn raw(says: &'static [u8], stays: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let addr = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(says).await;
            if stays {
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
        }
    });
    addr
}

#[tokio::test]
async fn what_is_no_ssh_server() {
    let limits = Limits { connect: Duration::from_millis(300), ..limits() };
    let hang = open(raw(b"", true).await, &limits).await.expect_err("hangs");
    assert!(matches!(&hang, SessionError::Timeout { phase: Phase::Banner, .. }), "{hang:?}");
    let garbage = open(raw(b"SSH-2.0-x\r\n\x00\x00\xff\xffgarbage of no meaning at all", false).await, &limits).await;
    let garbage = garbage.expect_err("garbage");
    assert!(matches!(&garbage, SessionError::Protocol { .. } | SessionError::Lost { .. }), "{garbage:?}");
    let closes = open(raw(b"Too many users, try later\r\n", false).await, &limits).await.expect_err("closes");
    assert!(
        matches!(&closes, SessionError::Lost { phase: Phase::Banner, tail } if tail.contains("Too many users")),
        "{closes:?}"
    );
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("an address").local_addr().expect("bound");
    let nobody = open(nobody, &limits).await.expect_err("nobody");
    assert_eq!(nobody.class(), FailureClass::ConnectionRefused);
}

#[tokio::test]
async fn a_dropped_session_leaves_nothing_behind() {
    let script = Script::default().says("show run", vec![Act::Hang]);
    let sessions = script.sessions.clone();
    let addr = script.serve().await;
    let idle = Arc::strong_count(&sessions);
    let mut session = open(addr, &limits()).await.expect("a session");
    assert!(Arc::strong_count(&sessions) > idle);
    let asking = tokio::time::timeout(Duration::from_millis(100), session.ask("show run")).await;
    assert!(asking.is_err());
    assert!(matches!(session.ask("show clock").await, Err(SessionError::Abandoned { .. })));
    drop(session);
    let started = Instant::now();
    while Arc::strong_count(&sessions) > idle {
        assert!(started.elapsed() < Duration::from_secs(3), "the connection is still open");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_cancelled_open_leaves_nothing_behind() {
    let script = Script { greeting: vec![Act::Hang], ..Script::default() };
    let sessions = script.sessions.clone();
    let addr = script.serve().await;
    let idle = Arc::strong_count(&sessions);
    for wait in [1, 3, 10, 200] {
        assert!(tokio::time::timeout(Duration::from_millis(wait), open(addr, &limits())).await.is_err());
    }
    let started = Instant::now();
    while Arc::strong_count(&sessions) > idle {
        assert!(started.elapsed() < Duration::from_secs(3), "a connection is still open");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
