//! What a session costs the client: `bench ADDRESS DEVICES CONCURRENCY USER [COMMAND…]`. The 250
//! addresses from the first on are used over and over; the password is in `VELOCITY_PASSWORD`. Only this process is measured, so the devices run
//! in another.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use model::platform::Platforms;
use tokio::sync::Semaphore;
use transport::{HostKeys, Limits, Login, MemoryHostKeys, Profile, Session, SessionError};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [addr, devices, concurrency, username, commands @ ..] = args.as_slice() else {
        return Err("ADDRESS DEVICES CONCURRENCY USER [COMMAND…]".into());
    };
    let first: SocketAddr = addr.parse()?;
    let devices: u32 = devices.parse()?;
    let platform = Platforms::builtin().get("generic").ok_or("no generic platform")?;
    let profile = Arc::new(Profile::compile(&platform.session)?);
    let password = std::env::var("VELOCITY_PASSWORD")?;
    let login = Arc::new(Login::password(username.clone(), password));
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let free = Arc::new(Semaphore::new(concurrency.parse()?));
    let commands: Arc<[String]> = commands.into();

    let (started, used) = (Instant::now(), cpu_ms()?);
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..devices {
        let addr = nth(first, index % 250);
        let (login, keys, profile, commands) = (login.clone(), keys.clone(), profile.clone(), commands.clone());
        let permit = free.clone().acquire_owned().await?;
        tasks.spawn(async move {
            let result = device(addr, &login, &keys, profile, &commands).await;
            drop(permit);
            result
        });
    }
    let (mut bytes, mut complete) = (0, 0);
    while let Some(result) = tasks.join_next().await {
        let (size, whole) = result??;
        bytes += size;
        complete += whole;
    }
    let (seconds, cpu) = (started.elapsed().as_secs_f64(), cpu_ms()? - used);
    println!(
        "{devices} devices, {complete} complete outputs, {:.1} KB a device: {:.0} devices/s, {:.3} ms CPU a device, {} MiB peak",
        bytes as f64 / f64::from(devices) / 1000.0,
        f64::from(devices) / seconds,
        cpu / f64::from(devices),
        peak_mib()?,
    );
    Ok(())
}

async fn device(
    addr: SocketAddr,
    login: &Login,
    keys: &Arc<dyn HostKeys>,
    profile: Arc<Profile>,
    commands: &[String],
) -> Result<(usize, usize), SessionError> {
    let mut session = Session::open(addr, login, keys, &Limits::default(), profile).await?;
    for command in commands {
        session.ask(command).await?;
    }
    let finished = session.finish().await;
    finished.error.map_or(Ok(()), Err)?;
    let bytes = finished.outputs.iter().map(|o| o.content.len()).sum();
    Ok((bytes, finished.outputs.iter().filter(|o| o.is_complete()).count()))
}

fn nth(first: SocketAddr, index: u32) -> SocketAddr {
    match first.ip() {
        IpAddr::V4(ip) => SocketAddr::new(Ipv4Addr::from(u32::from(ip) + index).into(), first.port()),
        IpAddr::V6(_) => first,
    }
}

/// User and system time of this process, from ticks of 10 ms.
fn cpu_ms() -> Result<f64, Failure> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).ok_or("no ticks");
    Ok((ticks(11)? + ticks(12)?) * 10.0)
}

fn peak_mib() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}
