//! By other ways than straight: jump hosts, keys, agents and SSH configuration files, with a real OpenSSH in between.

#[path = "../../../transport/tests/openssh/sshd.rs"]
pub mod sshd;

use std::fs;

use sshd::{Agent, Sshd, keygen};

use crate::bench::{Bench, Site};

fn accepted(sshd: &Sshd) -> usize {
    sshd.log().matches("Accepted publickey").count()
}

#[test]
fn a_network_behind_a_jump_host_is_crawled_by_one_log_in_there() {
    if !sshd::is_installed() {
        return;
    }
    let (bench, site, jump) = (Bench::new(), Site::new(12, 1, 175), Sshd::start(""));
    let secret = "open sesame";
    let path = jump.path("locked");
    keygen(&path, &["-t", "ed25519", "-N", secret]);
    fs::copy(jump.path("locked.pub"), jump.path("authorized_keys")).expect("a copy");
    let way = format!("{}@{}", jump.user, jump.addr);
    let key = path.to_str().expect("a path");
    let seed = site.running.seed();
    let args = ["discover", &seed, "--user", "admin", "--password-stdin", "--jump", &way, "--key", key, "--json"];
    let report = bench.run(&args, &format!("{secret}\n{}", site.password())).ok().json();
    assert_eq!(report["devices_succeeded"], 12, "{report}");
    assert_eq!(accepted(&jump), 1, "{}", jump.log());
    let hosts = bench.run(&["report", "crypto", "--json"], "").ok().json();
    assert_eq!(hosts.as_array().map(Vec::len), Some(13), "the jump host is one of them");

    let stranger = jump.path("other");
    keygen(&stranger, &["-t", "ed25519", "-N", ""]);
    let args = ["capture", "--types", "version", "--password-stdin", "--jump", &way, "--json"];
    let args = [&args[..], &["--user", "admin", "--key", stranger.to_str().expect("a path")]].concat();
    let refused = bench.run(&args, &site.password());
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.out.contains("jump_host_failed") && refused.out.contains("the device refused user"), "{refused:?}");
    assert!(jump.log().matches("Failed publickey").count() <= 1, "{}", jump.log());
}

#[test]
fn a_seed_is_what_the_configuration_file_says() {
    if !sshd::is_installed() {
        return;
    }
    let (bench, site, jump) = (Bench::new(), Site::new(6, 1, 176), Sshd::start(""));
    let seed: std::net::SocketAddr = site.running.seed().parse().expect("an address");
    let config = format!(
        "Host core\n  HostName {}\n  Port {}\n  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port {}\n  User {}\n\
         Host 127.176.*\n  ProxyJump gate\n",
        seed.ip(),
        seed.port(),
        jump.addr.port(),
        jump.user
    );
    let file = jump.path("config");
    fs::write(&file, config).expect("a file");
    let agent = Agent::start(jump.path("").as_path(), &jump.path("user"));
    let args = ["discover", "core", "--user", "admin", "--password-stdin", "--json", "--agent", "--ssh-config"];
    let args = [&args[..], &[file.to_str().expect("a path")]].concat();
    let report = bench.run_with(&args, &site.password(), &[("SSH_AUTH_SOCK", &agent.socket)]).ok().json();
    assert_eq!(report["devices_succeeded"], 6, "{report}");
    assert_eq!(accepted(&jump), 1, "{}", jump.log());
}
