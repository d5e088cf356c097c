//! Faults and hostile devices, as a client meets them.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::io::ErrorKind;
use std::time::Duration;

use common::{Shell, connect, connect_to, exec, first, lab_of, lab_with, log_in};
use lab::{Fault, HangAt, Hostile, Overrides, Platform, ServeOptions};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

const SHORT: Duration = Duration::from_millis(400);

#[tokio::test]
async fn refuse_closes_the_port_until_it_is_healed() {
    let lab = lab_of(4, 60).await;
    let address = lab.address("usa-core-1").unwrap();
    lab.fault("usa-core-1", Fault::Refuse).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let error = TcpStream::connect((address, lab.port())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(lab.faults(), [("usa-core-1".to_owned(), Fault::Refuse)]);
    lab.fault("usa-core-1", Fault::None).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(exec(&lab, "usa-core-1", "show version").await.contains("usa-core-1"));
}

#[tokio::test]
async fn auth_refuses_the_right_password() {
    let lab = lab_of(4, 61).await;
    lab.fault("usa-core-1", Fault::Auth).unwrap();
    let (mut handle, _) = connect(&lab, "usa-core-1").await.unwrap();
    assert!(!handle.authenticate_password(lab.username(), lab.password()).await.unwrap().success());
}

#[tokio::test]
async fn hang_says_nothing_at_all_or_stops_in_the_middle() {
    let lab = lab_of(12, 62).await;
    let name = first(&lab, Platform::CiscoNxos);
    lab.fault(&name, Fault::Hang(HangAt::Connect)).unwrap();
    let mut stream = TcpStream::connect((lab.address(&name).unwrap(), lab.port())).await.unwrap();
    assert!(tokio::time::timeout(SHORT, stream.read_u8()).await.is_err(), "no banner");
    lab.fault(&name, Fault::None).unwrap();
    let mut shell = Shell::sized(&lab, &name, 511, 1000).await;
    shell.until("# ").await;
    lab.fault(&name, Fault::Hang(HangAt::Command)).unwrap();
    shell.send("show version\n").await;
    let (part, ended) = shell.listen(SHORT).await;
    assert!(!ended && part.len() > 200 && !part.ends_with(b"# "));
}

#[tokio::test]
async fn cut_drops_the_connection_in_the_middle() {
    let lab = lab_of(12, 63).await;
    let name = first(&lab, Platform::CiscoNxos);
    let mut shell = Shell::sized(&lab, &name, 511, 1000).await;
    shell.until("# ").await;
    lab.fault(&name, Fault::Cut).unwrap();
    shell.send("show version\n").await;
    let (part, ended) = shell.listen(Duration::from_secs(5)).await;
    assert!(ended && part.len() > 200, "{}", String::from_utf8_lossy(&part));
}

#[tokio::test]
async fn slow_and_garbage_come_through_whole() {
    let lab = lab_of(12, 64).await;
    let name = first(&lab, Platform::CiscoNxos);
    let mut shell = Shell::sized(&lab, &name, 511, 1000).await;
    shell.until("# ").await;
    lab.fault(&name, Fault::Slow).unwrap();
    let start = std::time::Instant::now();
    assert!(shell.run("show version", &format!("{name}# ")).await.contains("Active Package(s)"));
    assert!(start.elapsed() > Duration::from_millis(150));
    lab.fault(&name, Fault::Garbage).unwrap();
    shell.run("show version", &format!("\n{name}# ")).await;
    assert!(std::str::from_utf8(&shell.seen).is_err() && shell.seen.contains(&0x1b));
}

#[tokio::test]
async fn a_device_can_lie_about_itself() {
    let mut lab = lab_of(12, 65).await;
    let name = first(&lab, Platform::CiscoNxos);
    let liar = Overrides { hostname: Some("../../x\x1b[2J".to_owned()), ..Overrides::default() };
    lab.set_overrides(&name, liar).unwrap();
    assert!(exec(&lab, &name, "show version").await.contains("Device name: ../../x\x1b[2J"));
    let heard = lab.truth().neighbors.iter().filter(|n| n.neighbor == "../../x\x1b[2J").count();
    assert!(heard > 0, "its neighbours repeat the lie");
}

#[tokio::test]
async fn two_devices_can_have_one_name() {
    let mut lab = lab_of(12, 71).await;
    for name in ["usa-core-1", "fra-core-1"] {
        lab.set_overrides(name, Overrides { hostname: Some("twin".to_owned()), ..Overrides::default() }).unwrap();
    }
    let twins: Vec<_> = lab.truth().devices.into_iter().filter(|d| d.hostname == "twin").collect();
    assert_eq!(twins.len(), 2);
    assert_ne!(twins[0].address, twins[1].address);
}

#[tokio::test]
async fn fifty_megabytes_in_a_line_and_output_without_end() {
    let mut lab = lab_of(12, 66).await;
    let name = first(&lab, Platform::CiscoNxos);
    let outputs = [
        ("show version".to_owned(), Hostile::LongLine(50_000_000)),
        ("show inventory".to_owned(), Hostile::Endless),
        ("show ip arp".to_owned(), Hostile::Bytes(b"\xff\xfe\xfd\r\n".to_vec())),
    ];
    lab.set_overrides(&name, Overrides { outputs: outputs.into(), ..Overrides::default() }).unwrap();
    let mut shell = Shell::sized(&lab, &name, 511, 1000).await;
    let prompt = format!("{name}# ");
    shell.until(&prompt).await;
    assert!(shell.run("show version", &prompt).await.len() > 50_000_000);
    shell.seen.clear();
    shell.run("show ip arp", &prompt).await;
    assert!(shell.seen.windows(3).any(|w| w == b"\xff\xfe\xfd"));
    shell.send("show inventory\n").await;
    let (part, ended) = shell.listen(SHORT).await;
    assert!(part.len() > 100_000 && !ended);
    drop(shell);
    assert!(exec(&lab, &name, "show interface").await.contains("Ethernet1/"), "others are served on");
}

#[tokio::test]
async fn a_second_address_answers_and_is_advertised() {
    let mut lab = lab_of(12, 67).await;
    let second = [127, 67, 9, 9].into();
    lab.set_overrides("usa-core-1", Overrides { second_address: Some(second), ..Overrides::default() }).unwrap();
    let (mut handle, _) = connect_to(second, lab.port()).await.unwrap();
    assert!(handle.authenticate_password(lab.username(), lab.password()).await.unwrap().success());
    let truth = lab.truth();
    let device = truth.devices.iter().find(|d| d.name == "usa-core-1").unwrap();
    assert_eq!(device.addresses.len(), 2);
    let told: std::collections::HashSet<_> =
        truth.neighbors.iter().filter(|n| n.neighbor == "usa-core-1").filter_map(|n| n.address).collect();
    assert!(told.contains(&second), "{told:?}");
}

#[tokio::test]
async fn a_host_key_lasts_until_it_is_changed() {
    let key_of = async |lab: &lab::Running| {
        let (_handle, keys) = connect(lab, "usa-core-1").await.unwrap();
        let key = keys.0.lock().unwrap().clone();
        key.unwrap()
    };
    let mut lab = lab_of(4, 68).await;
    let first = key_of(&lab).await;
    assert_eq!(first, key_of(&lab).await);
    lab.set_overrides("usa-core-1", Overrides { host_key_generation: 1, ..Overrides::default() }).unwrap();
    assert_ne!(first, key_of(&lab).await);
}

#[tokio::test]
async fn a_neighbor_may_not_be_there() {
    let mut lab = lab_of(12, 69).await;
    let name = first(&lab, Platform::AristaEos);
    let ghost = ("ghost-1".to_owned(), [127, 69, 99, 99].into());
    lab.set_overrides(&name, Overrides { dead_neighbor: Some(ghost), ..Overrides::default() }).unwrap();
    let said = exec(&lab, &name, "show lldp neighbors detail").await;
    assert!(said.contains("ghost-1") && said.contains("127.69.99.99"), "{said}");
    assert!(lab.truth().neighbors.iter().any(|n| n.neighbor == "ghost-1" && !n.is_device));
}

#[tokio::test]
async fn too_many_sessions_are_turned_away() {
    let lab = lab_with(4, 70, ServeOptions { max_sessions: Some(2), ..ServeOptions::default() }).await;
    let _one = log_in(&lab, "usa-rtr-1").await;
    let _two = log_in(&lab, "usa-core-1").await;
    assert!(connect(&lab, "usa-core-1").await.is_err());
}
