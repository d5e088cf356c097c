//! A PostgreSQL for tests: one that is named, or one of our own from the machine's binaries.
//!
//! In a crate by itself, so that `cargo xtask` need not build the product to start one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{env, fs, io};

/// The URL of a running server on which tests may create databases.
pub const ENV: &str = "VELOCITY_TEST_POSTGRES";

/// A running server.
pub struct Server {
    url: String,
    /// Our own: it ends when this pipe closes, that is when the server is dropped or the process ends in any way.
    own: Option<(Child, PathBuf)>,
}

/// Makes the cluster, runs the server, does what it is told, and removes everything when its input ends. `$1` binaries, `$2`
/// folder, `$3` whether a commit is on disk before it is answered.
const SCRIPT: &str = r#"
    bin=$1 dir=$2
    "$bin/initdb" -D "$dir/data" -U velocity -A trust -E UTF8 --no-locale --no-sync --no-instructions || exit 1
    serve() {
        "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=$3 \
            -c full_page_writes=off -c max_connections=300 -c shared_buffers=256MB &
        server=$!
    }
    serve "$@"
    while read -r word; do
        case $word in
            stop) kill -INT $server; wait $server ;;
            crash) kill -QUIT $server; wait $server ;;
            start) serve "$@" ;;
        esac
    done
    kill -INT $server
    wait $server
    rm -rf "$dir"
"#;

/// The server that all tests of this process share; `None`, said loudly, where there is none.
///
/// # Panics
/// In CI (`CI` is set) when there is no PostgreSQL, since half of the store would go untested.
pub fn shared() -> Option<&'static Server> {
    static SHARED: OnceLock<Option<Server>> = OnceLock::new();
    let server = SHARED.get_or_init(|| match Server::start() {
        Ok(server) => Some(server),
        Err(e) if env::var_os("CI").is_some() => panic!("no PostgreSQL in CI: {e}"),
        Err(e) => {
            eprintln!("*** NOT TESTED on PostgreSQL: {e}; install it, or set {ENV} to the URL of one ***");
            None
        }
    });
    server.as_ref()
}

impl Server {
    /// The one that [`ENV`] names; else starts one in a temporary folder, reached by a Unix socket there, from the
    /// newest binaries of the machine. It is made for speed and keeps nothing. Takes about two seconds.
    pub fn start() -> io::Result<Server> {
        match env::var(ENV) {
            Ok(url) => Ok(Server { url, own: None }),
            Err(_) => Self::start_own("off"),
        }
    }

    /// One of our own that may be stopped and started: what it has committed is there afterwards.
    pub fn start_lasting() -> io::Result<Server> {
        Self::start_own("on")
    }

    /// Stops our own one: in order, or as if it had crashed.
    pub fn stop(&mut self, in_order: bool) -> io::Result<()> {
        self.tell(if in_order { "stop" } else { "crash" })?;
        let Some((_, folder)) = &self.own else { return Ok(()) };
        let socket = folder.join(".s.PGSQL.5432.lock");
        while socket.exists() {
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Starts it again.
    pub fn start_again(&mut self) -> io::Result<()> {
        self.tell("start")?;
        let Some((child, folder)) = &mut self.own else { return Ok(()) };
        let bin = binaries().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no PostgreSQL binaries found"))?;
        wait_until_ready(child, &bin, folder)
    }

    fn tell(&mut self, word: &str) -> io::Result<()> {
        let pipe = self.own.as_mut().and_then(|(child, _)| child.stdin.as_mut());
        let pipe = pipe.ok_or_else(|| io::Error::other("it is not ours"))?;
        writeln!(pipe, "{word}")?;
        pipe.flush()
    }

    fn start_own(on_disk: &str) -> io::Result<Server> {
        let bin = binaries().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no PostgreSQL binaries found"))?;
        let folder = tempfile::Builder::new().prefix("velocity-pg-").tempdir()?.keep();
        let log = fs::File::create(folder.join("log"))?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SCRIPT, "sh"]).args([&bin, &folder]).arg(on_disk).current_dir(&folder);
        command.stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        as_ordinary_user(&mut command, &folder)?;
        let mut child = command.spawn()?;
        wait_until_ready(&mut child, &bin, &folder)?;
        let host = folder.display().to_string().replace('/', "%2F");
        Ok(Server { url: format!("postgres://velocity@localhost/postgres?host={host}"), own: Some((child, folder)) })
    }

    /// Where our own one keeps its files.
    pub fn folder(&self) -> Option<&Path> {
        self.own.as_ref().map(|(_, folder)| folder.as_path())
    }

    /// For the maintenance database; may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same server, another database.
    pub fn url_of(&self, database: &str) -> String {
        let (place, query) = self.url.split_once('?').map_or((&*self.url, None), |(p, q)| (p, Some(q)));
        let start = place.find("://").map_or(0, |n| n + 3);
        let end = place[start..].find('/').map_or(place.len(), |n| start + n);
        let query = query.map(|q| format!("?{q}")).unwrap_or_default();
        format!("{}/{database}{query}", &place[..end])
    }
}

impl Drop for Server {
    /// Waits until it has put everything away; a process that ends in another way closes the pipe all the same.
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.own {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

/// Where `initdb` and `postgres` are: the newest of the places in which distributions put them, then the path.
fn binaries() -> Option<PathBuf> {
    let version = |bin: &PathBuf| {
        let name = bin.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        name.parse::<f64>().map_or(0, |v| (v * 100.0) as u64)
    };
    let places = ["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt", "/usr"];
    let folders = places.iter().filter_map(|place| fs::read_dir(place).ok()).flatten().flatten();
    let mut found: Vec<PathBuf> = folders.map(|f| f.path().join("bin")).collect();
    found.sort_by_key(version);
    let path = env::var_os("PATH").unwrap_or_default();
    let all = found.into_iter().rev().chain(env::split_paths(&path).collect::<Vec<_>>());
    all.into_iter().find(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root, so root hands the folder to a user without rights.
#[cfg(unix)]
fn as_ordinary_user(command: &mut Command, folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    // Its own group, so that Ctrl-C in a terminal does not end it before the tests have.
    command.process_group(0);
    if fs::metadata(folder)?.uid() != 0 {
        return Ok(());
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let user = ["postgres:", "nobody:"].iter().find_map(|name| users.lines().find(|line| line.starts_with(name)));
    let ids: Vec<u32> = user.unwrap_or_default().split(':').skip(2).take(2).filter_map(|id| id.parse().ok()).collect();
    let [uid, gid] = ids[..] else { return Err(io::Error::other("no user `postgres` or `nobody` to run as")) };
    chown(folder, Some(uid), Some(gid))?;
    command.uid(uid).gid(gid);
    Ok(())
}

#[cfg(not(unix))]
fn as_ordinary_user(_: &mut Command, _: &Path) -> io::Result<()> {
    Err(io::Error::other(format!("an own server needs Unix; set {ENV}")))
}

fn wait_until_ready(child: &mut Child, bin: &Path, folder: &Path) -> io::Result<()> {
    let start = Instant::now();
    loop {
        let ready = Command::new(bin.join("pg_isready")).arg("-q").arg("-h").arg(folder).status();
        if ready.is_ok_and(|status| status.success()) {
            return Ok(());
        }
        if child.try_wait()?.is_some() || start.elapsed() > Duration::from_secs(60) {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            let last = log.lines().last().unwrap_or_default();
            return Err(io::Error::other(format!("PostgreSQL from {} does not start: {last}", bin.display())));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_of_our_own_answers_and_leaves_nothing() {
        if binaries().is_none() {
            assert!(env::var_os("CI").is_none(), "CI needs PostgreSQL");
            eprintln!("*** NOT TESTED: no PostgreSQL binaries ***");
            return;
        }
        let server = Server::start_own("off").expect("start");
        assert!(server.url().starts_with("postgres://"));
        assert!(server.folder().is_some_and(|f| f.join("data").is_dir()));
    }

    #[test]
    fn another_database_of_the_same_server() {
        let of = |url: &str| Server { url: url.to_owned(), own: None }.url_of("x");
        assert_eq!(of("postgres://u:p@host:5432/postgres?a=b"), "postgres://u:p@host:5432/x?a=b");
        assert_eq!(of("postgres://host"), "postgres://host/x");
    }
}
