//! One session by hand: `cargo run --example session -- ADDRESS USER PLATFORM COMMAND…`. The password is in
//! `VELOCITY_PASSWORD`, the secret of privileged mode in `VELOCITY_ENABLE`.

use std::sync::Arc;

use model::platform::Platforms;
use transport::{HostKeys, Limits, Login, MemoryHostKeys, Profile, Session};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = |what| args.next().ok_or(format!("{what} is missing"));
    let addr: std::net::SocketAddr = next("the address")?.parse()?;
    let username = next("the user")?;
    let platform = next("the platform")?;
    let profile = |name: &str| -> Result<_, Box<dyn std::error::Error>> {
        let platform = Platforms::builtin().get(name).ok_or("no such platform")?;
        Ok(Arc::new(Profile::compile(&platform.session)?))
    };
    let secret = |name| std::env::var(name).ok();
    let login = Login::password(username, secret("VELOCITY_PASSWORD").unwrap_or_default());
    let login = Login { enable: secret("VELOCITY_ENABLE").map(Into::into), ..login };
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let mut session = Session::open(addr, &login, &keys, &Limits::default(), profile("generic")?).await?;
    println!("banner {:?}\nprompt {:?}", session.banner(), session.prompt());
    println!("adopt {:?}, prompt {:?}", session.adopt(profile(&platform)?, &login).await, session.prompt());
    for command in args {
        if let Err(e) = session.ask(&command).await {
            println!("{e}");
            break;
        }
    }
    let finished = session.finish().await;
    for o in finished.outputs {
        println!("== {} {:?} {:?} refused {:?}", o.command, o.state, o.duration, o.refused);
        println!("{}", String::from_utf8_lossy(&o.content));
    }
    println!("error {:?}", finished.error);
    Ok(())
}
