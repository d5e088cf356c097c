//! The lab, the binary in it, and what is true of it.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

const PASSWORD: &str = "netlab-pw\n";
const ACCOUNTS: [&str; 5] = ["--user", "admin", "--user", "linux", "--password-stdin"];
pub const TYPES: &str = "configs,arp,mac,lldp,cdp,interfaces,routes,version,chassis,inventory";
pub const SEED: &str = "10.99.0.11";

/// A lab in a namespace of its own, and an installation.
pub struct Lab {
    holder: Child,
    netlab: PathBuf,
    state: PathBuf,
    pub home: TempDir,
    truth: Value,
}

impl Lab {
    pub fn up(name: &str, topology: &[&str]) -> Option<Lab> {
        let Some(netlab) = std::env::var_os("VELOCITY_REAL_LAB") else {
            eprintln!("SKIPPED: VELOCITY_REAL_LAB names no lab, so nothing was tried on real software");
            return None;
        };
        let mut holder = Command::new("unshare");
        holder.args(["--net", "--mount", "sh", "-c", "ip link set lo up && echo up && exec sleep 3600"]);
        let mut holder = holder.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("unshare");
        let mut up = [0; 3];
        let out = holder.stdout.as_mut().expect("stdout");
        std::io::Read::read_exact(out, &mut up).expect("a network namespace; are you root?");
        let state = PathBuf::from(format!("/run/velocity-real-lab-{name}-{}", std::process::id()));
        let home = TempDir::new().expect("folder");
        let mut lab = Lab { holder, netlab: netlab.into(), state, home, truth: Value::Null };
        lab.netlab(&[&["up"], topology, &["--wait", "120"]].concat());
        lab.truth = json(&lab.netlab(&["truth"]));
        lab.wait_for_routes();
        lab.velocity(&["init"], 0);
        Some(lab)
    }

    pub fn inside(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["-t", &self.holder.id().to_string(), "-n", "-m"]).arg(program).args(args);
        command.env("NETLAB_STATE", &self.state).env("VELOCITY_HOME", self.home.path().join("home"));
        command
    }

    #[track_caller]
    fn netlab(&self, args: &[&str]) -> String {
        let done = self.inside(&self.netlab, args).output().expect("nsenter");
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    #[track_caller]
    pub fn exec(&self, device: &str, args: &[&str]) -> String {
        self.netlab(&[&["exec", device], args].concat())
    }

    /// The process that holds the namespaces of a device.
    pub fn pid_of(&self, device: &str) -> String {
        let file = self.state.join("nodes").join(device).join("pid");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        text.split(' ').next().expect("a number").to_owned()
    }

    /// Waits until something is so; fails after a minute.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&Lab) -> bool) {
        for _ in 0..600 {
            if is_so(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("not so within a minute: {what}");
    }

    /// Runs the binary, with the accounts where it logs in; gives what it printed.
    #[track_caller]
    pub fn velocity(&self, args: &[&str], code: i32) -> String {
        let logs_in = ["discover", "capture"].contains(&args[0]);
        let all = if logs_in { [args, &ACCOUNTS].concat() } else { args.to_vec() };
        self.velocity_with(&all, PASSWORD, code)
    }

    #[track_caller]
    pub fn velocity_with(&self, args: &[&str], input: &str, code: i32) -> String {
        let mut command = self.inside(Path::new(env!("CARGO_BIN_EXE_velocity")), args);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("nsenter");
        // A command that asks for nothing may be gone already.
        let _ = child.stdin.take().expect("stdin").write_all(input.as_bytes());
        let done = child.wait_with_output().expect("velocity");
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(done.status.code(), Some(code), "velocity {args:?}\n{out}\n{err}");
        out.into_owned()
    }

    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Value {
        json(&self.velocity(&[args, &["--json"]].concat(), 0))
    }

    /// Every device answers every capture type.
    pub fn capture_all(&self) {
        let report = json(&self.velocity(&["capture", "--devices", "all", "--types", TYPES, "--json"], 0));
        for capture_type in TYPES.split(',') {
            assert_eq!(report["captures_created"][capture_type], self.devices().len(), "{capture_type}: {report}");
        }
    }

    pub fn devices(&self) -> BTreeSet<String> {
        let devices = self.json(&["devices", "list"]);
        let names: Vec<&str> = rows(&devices).iter().map(|d| text(d, "name")).collect();
        let unique: BTreeSet<String> = names.iter().map(|n| (*n).to_owned()).collect();
        assert_eq!(unique.len(), names.len(), "a device is there twice: {names:?}");
        unique
    }

    /// Each device with its chassis MAC address.
    pub fn chassis(&self) -> BTreeSet<(String, String)> {
        let devices = self.json(&["devices", "list"]);
        rows(&devices).iter().map(|d| (text(d, "name").to_owned(), text(d, "chassis_mac").to_owned())).collect()
    }

    pub fn links(&self) -> BTreeSet<String> {
        let links = self.json(&["topology", "show"]);
        let end = |l: &Value, side: &str| {
            format!("{}:{}", text(l, &format!("{side}_device")), text(l, &format!("{side}_port")))
        };
        rows(&links).iter().map(|l| link(&end(l, "local"), &end(l, "remote"))).collect()
    }

    /// All but the hosts.
    fn true_nodes(&self) -> impl Iterator<Item = &Value> {
        rows(&self.truth).iter().filter(|n| n["kind"] != "host")
    }

    pub fn true_devices(&self) -> BTreeSet<String> {
        self.true_nodes().map(|n| text(n, "name").to_owned()).collect()
    }

    /// Links on which both ends speak a protocol that the other understands.
    pub fn true_links(&self) -> BTreeSet<String> {
        let speaks =
            |name: &str| self.true_nodes().find(|n| n["name"] == name).map_or("none", |n| text(n, "discovery"));
        let meet = |a: &str, b: &str| !(a == "none" || b == "none" || (a != b && a != "both" && b != "both"));
        let ports = self.true_nodes().flat_map(|n| rows(&n["ports"]).iter().map(move |p| (text(n, "name"), p)));
        let heard = ports.filter(|(name, p)| meet(speaks(name), speaks(text(p, "peer"))));
        heard.map(|(name, p)| link(&format!("{name}:{}", text(p, "name")), &far(p))).collect()
    }

    /// What the tables say against the plan of the lab and against what the devices' own tools say in JSON.
    pub fn compare_facts(&self) {
        let found = self.devices();
        let facts = |kind: &str| rows(&self.json(&["facts", kind, "--limit", "100000"])).clone();
        let (interfaces, arp, mac, routes) = (facts("interfaces"), facts("arp"), facts("mac"), facts("routes"));
        let has = |facts: &[Value], wanted: &[(&str, &str)]| {
            facts.iter().any(|f| wanted.iter().all(|(column, value)| f[*column] == *value))
        };
        for node in self.true_nodes().filter(|n| found.contains(text(n, "name"))) {
            let name = text(node, "name");
            for port in rows(&node["ports"]) {
                let own = [("device", name), ("name", text(port, "name")), ("mac", text(port, "mac"))];
                assert!(has(&interfaces, &own), "{own:?}");
                let Some(host) = self.host_at(port) else { continue };
                let wanted = [("device", name), ("interface", text(port, "name")), ("mac", text(host, "mac"))];
                assert!(has(&mac, &wanted), "{wanted:?} in {mac:?}");
                let vlan = rows(&node["ports"]).iter().any(|p| !p["vlan"].is_null());
                assert!(!vlan || has(&mac, &[&wanted[..], &[("vlan", text(port, "vlan"))]].concat()), "{wanted:?}");
                let (ip, mac) = (text(host, "ip").split('/').next().unwrap_or_default(), text(host, "mac"));
                assert!(has(&arp, &[("ip", ip), ("mac", mac)]), "its router knows {ip} by {mac}");
            }
            if node["kind"] == "router" {
                let told: BTreeSet<String> = routes.iter().filter(|r| r["device"] == name).map(route).collect();
                assert_eq!(told, self.true_routes(name), "routes of {name}");
            }
        }
        for device in &found {
            let shown = self.json(&["devices", "show", device]);
            for capture in rows(&shown["captures"]) {
                assert_eq!(capture["completeness"]["state"], "complete", "{device}: {capture}");
                assert!(["parsed", ""].contains(&text(capture, "parsed")), "{device}: {capture}");
            }
        }
    }

    /// The host's port behind a switch's port.
    fn host_at(&self, port: &Value) -> Option<&Value> {
        let host = rows(&self.truth).iter().find(|n| n["kind"] == "host" && n["name"] == port["peer"])?;
        rows(&host["ports"]).iter().find(|p| p["name"] == port["peer_port"])
    }

    /// Until the routers have agreed: two looks with a pause between them that show the same.
    pub fn wait_for_routes(&self) {
        let routers: Vec<&str> = self.true_nodes().filter(|n| n["kind"] == "router").map(|n| text(n, "name")).collect();
        let look = || routers.iter().map(|r| self.true_routes(r)).collect::<Vec<_>>();
        let mut last = look();
        for _ in 0..12 {
            std::thread::sleep(Duration::from_secs(5));
            let now = look();
            if now == last {
                return;
            }
            last = now;
        }
        panic!("the routes of the lab do not come to rest");
    }

    /// Selected routes with the next hops by which frames leave, as FRRouting prints them for programs.
    fn true_routes(&self, router: &str) -> BTreeSet<String> {
        let all = json(&self.exec(router, &["vtysh", "-c", "show ip route vrf all json"]));
        let all = all.as_object().expect("routes").values().flat_map(rows);
        let mut routes = BTreeSet::new();
        for selected in all.filter(|r| r["selected"] == true) {
            let leaves = |hop: &&Value| hop["active"] == true && hop["recursive"] != true && hop["duplicate"] != true;
            for hop in rows(&selected["nexthops"]).iter().filter(leaves) {
                let (via, port) = (text(hop, "ip"), text(hop, "interfaceName"));
                routes.insert(format!("{} via {via} dev {port}", text(selected, "prefix")));
            }
        }
        routes
    }

    /// What is shown of a configuration holds none of the lab's passwords.
    pub fn shows_no_secret(&self) {
        let folder = self.home.path().join("home/collections/configs");
        for file in std::fs::read_dir(&folder).expect("views").flatten() {
            let view = std::fs::read_to_string(file.path()).expect("view");
            for secret in ["netlab-pw", "netlab-bgp", "netlab-ospf", "another"] {
                assert!(!view.contains(secret), "{}: {secret}", file.path().display());
            }
        }
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = self.inside(&self.netlab, &["down"]).output();
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

#[track_caller]
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("not JSON: {e}: {text}"))
}

pub fn rows(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}

pub fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn far(port: &Value) -> String {
    format!("{}:{}", text(port, "peer"), text(port, "peer_port"))
}

fn link(a: &str, b: &str) -> String {
    if a < b { format!("{a} {b}") } else { format!("{b} {a}") }
}

fn route(fact: &Value) -> String {
    format!("{} via {} dev {}", text(fact, "prefix"), text(fact, "next_hop"), text(fact, "interface"))
}
