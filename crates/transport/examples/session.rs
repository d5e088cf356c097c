//! One session by hand: `cargo run --example session -- ADDRESS USER PROMPT COMMAND…`, password in
//! `VELOCITY_PASSWORD`, privileged secret in `VELOCITY_ENABLE`.

use std::sync::Arc;

use model::platform::{Answer, SessionSpec};
use transport::{HostKeys, Limits, Login, MemoryHostKeys, Profile, Session};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = |what| args.next().ok_or(format!("{what} is missing"));
    let addr = next("the address")?.parse()?;
    let username = next("the user")?;
    let prompt = next("the pattern of the prompt")?;
    let spec = SessionSpec {
        prompt,
        enable: Some(model::platform::Enable {
            command: "enable".into(),
            unprivileged: r">\s*$".into(),
            password: r"(?i)password: ?$".into(),
        }),
        exit: "exit".into(),
        pager: vec![
            Answer { pattern: r" ?--More-- ?$".into(), answer: " ".into() },
            Answer { pattern: r"^:$".into(), answer: " ".into() },
            Answer { pattern: r"^\(END\)$".into(), answer: "q".into() },
        ],
        ..SessionSpec::default()
    };
    let profile = Arc::new(Profile::compile(&spec)?);
    let secret = |name| std::env::var(name).ok();
    let login = Login {
        username,
        password: secret("VELOCITY_PASSWORD").unwrap_or_default().into(),
        enable: secret("VELOCITY_ENABLE").map(Into::into),
    };
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let mut session = Session::open(addr, &login, &keys, &Limits::default(), profile.clone()).await?;
    println!("banner {:?}\nprompt {:?}", session.banner(), session.prompt());
    println!("adopt {:?}, prompt {:?}", session.adopt(profile, &login).await, session.prompt());
    for command in args {
        if let Err(e) = session.ask(&command).await {
            println!("{e}");
            break;
        }
    }
    let finished = session.finish().await;
    for o in finished.outputs {
        let text = String::from_utf8_lossy(&o.content);
        println!(
            "== {} {:?} refused {:?} {:?} {} bytes\n{text}",
            o.command,
            o.state,
            o.refused,
            o.duration,
            o.content.len()
        );
    }
    println!("error {:?}", finished.error);
    Ok(())
}
