//! Telnet, by a server that is as old as the protocol.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::FailureClass;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use transport::{HostKeys, Limits, MemoryHostKeys, Negotiated, Session, SessionError, Suite, Target};

use crate::server::Script;
use crate::{keys, limits, login, profile};

const IAC: u8 = 255;
/// WILL ECHO, WILL SUPPRESS-GO-AHEAD, DO NAWS, DO TERMINAL-TYPE, DO something that nobody knows.
const HELLO: [u8; 15] = [IAC, 251, 1, IAC, 251, 3, IAC, 253, 31, IAC, 253, 24, IAC, 253, 200];

/// What the client sent, commands and text apart.
#[derive(Default)]
struct Heard {
    lines: Vec<String>,
    commands: Vec<Vec<u8>>,
}

struct Server {
    addr: SocketAddr,
    heard: Arc<Mutex<Heard>>,
}

impl Server {
    async fn start(password: &'static str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let server = Server { addr: listener.local_addr().expect("bound"), heard: Arc::default() };
        let heard = server.heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, password, heard.clone()));
            }
        });
        server
    }

    fn target(&self) -> Target {
        Target { telnet: true, ..Target::from(self.addr) }
    }

    fn lines(&self) -> Vec<String> {
        self.heard.lock().expect("free").lines.clone()
    }
}

async fn serve(mut stream: TcpStream, password: &str, heard: Arc<Mutex<Heard>>) -> std::io::Result<()> {
    stream.write_all(&HELLO).await?;
    stream.write_all(b"\r\nUser Access Verification\r\n\r\nUsername: ").await?;
    let name = line(&mut stream, &heard, true).await?;
    stream.write_all(b"Password: ").await?;
    let given = line(&mut stream, &heard, false).await?;
    if (name.as_str(), given.as_str()) != ("ops", password) {
        stream.write_all(b"\r\n% Authentication failed\r\n\r\nUsername: ").await?;
        line(&mut stream, &heard, true).await?;
        return Ok(());
    }
    loop {
        // A byte of text that looks like a command is doubled.
        stream.write_all(b"\r\nsw1#").await?;
        match line(&mut stream, &heard, true).await?.as_str() {
            "show clock" => stream.write_all(&[b'1', b'2', IAC, IAC]).await?,
            "exit" => return Ok(()),
            _ => {}
        }
    }
}

/// A line, ended by a carriage return and a NUL, or by the newline of a client that speaks SSH; echoed unless it is a secret.
async fn line(stream: &mut TcpStream, heard: &Mutex<Heard>, echo: bool) -> std::io::Result<String> {
    let mut line = Vec::new();
    loop {
        match stream.read_u8().await? {
            IAC => {
                let command = command(stream).await?;
                heard.lock().expect("free").commands.push(command);
            }
            b'\r' => {
                let end = stream.read_u8().await?;
                assert!(end == 0 || end == b'\n', "the end of a line");
                stream.write_all(b"\r\n").await?;
                let line = String::from_utf8(line).expect("text");
                heard.lock().expect("free").lines.push(line.clone());
                return Ok(line);
            }
            byte => {
                line.push(byte);
                if echo {
                    stream.write_all(&[byte]).await?;
                }
            }
        }
    }
}

async fn command(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut command = vec![stream.read_u8().await?];
    let is_open = command[0] == 250;
    command.push(stream.read_u8().await?);
    while is_open && !command.ends_with(&[IAC, 240]) {
        command.push(stream.read_u8().await?);
    }
    Ok(command)
}

#[tokio::test]
async fn telnet_logs_in_by_questions_and_asks() {
    let server = Server::start("s3cret").await;
    let mut session = Session::open(server.target(), &login(), &keys(), &limits(), profile()).await.expect("a session");
    assert_eq!(session.prompt(), "sw1#");
    assert!(session.banner().contains("User Access Verification"), "{}", session.banner());
    session.ask("show clock").await.expect("the time");
    let finished = session.finish().await;
    assert!(finished.error.is_none(), "{:?}", finished.error);
    assert_eq!(finished.outputs[0].content.as_slice(), &b"12\xff\n"[..]);
    let heard = server.heard.lock().expect("free");
    assert_eq!(heard.lines[..3], ["ops", "s3cret", "show clock"]);
    let window = [250, 31, 1, IAC, IAC, 3, 232, IAC, 240];
    assert!(heard.commands.iter().any(|c| c.as_slice() == &window[..]), "{:?}", heard.commands);
    assert!(heard.commands.contains(&vec![252, 200]), "what nobody knows is refused: {:?}", heard.commands);
}

#[tokio::test]
async fn telnet_is_off_unless_asked_for() {
    let server = Server::start("s3cret").await;
    let limits = Limits { connect: Duration::from_millis(500), ..limits() };
    let error = crate::open(server.addr, &limits).await.expect_err("no SSH");
    assert!(
        matches!(&error, SessionError::Timeout { .. } | SessionError::Protocol { .. } | SessionError::Lost { .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("User Access Verification"), "{error}");
    assert!(!server.lines().iter().any(|line| line.contains("s3cret") || line == "ops"), "{:?}", server.lines());
}

#[tokio::test]
async fn a_password_that_telnet_refuses_is_sent_once() {
    let server = Server::start("other").await;
    let error = Session::open(server.target(), &login(), &keys(), &limits(), profile()).await.expect_err("refused");
    assert_eq!(error.class(), FailureClass::AuthenticationFailed, "{error}");
    assert!(error.may_count_against_account());
    assert!(error.to_string().contains("Authentication failed"), "{error}");
    assert_eq!(server.lines(), ["ops", "s3cret"]);
}

#[tokio::test]
async fn a_host_that_spoke_ssh_is_not_spoken_to_in_the_clear() {
    let server = Server::start("s3cret").await;
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let word = String::new;
    let legacy = Negotiated { suite: Suite::Legacy, kex: word(), host_key: word(), cipher: word(), mac: word() };
    keys.agreed(server.addr, &legacy);
    let error = Session::open(server.target(), &login(), &keys, &limits(), profile()).await.expect_err("in the clear");
    assert!(error.to_string().contains("nothing is sent in the clear"), "{error}");
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn ssh_is_used_where_there_is_ssh_although_telnet_is_allowed() {
    let addr = Script::default().serve().await;
    let keys = keys();
    let target = Target { telnet: true, ..Target::from(addr) };
    let session = Session::open(target, &login(), &keys, &limits(), profile()).await.expect("a session");
    assert!(session.banner().starts_with("SSH-2.0-"), "{}", session.banner());
    assert_eq!(keys.recall(addr).suite, Some(Suite::Modern));
}
