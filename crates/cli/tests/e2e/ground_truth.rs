//! What was found is what there is, row for row, whatever the network.

use std::process::Command;

use crate::bench::{Bench, TYPES};

fn check(devices: u32, seed: u64) {
    compare(&Bench::new(), devices, seed);
}

/// Devices, serials, versions, links, ARP, MAC and routes against the lab's own truth.
fn compare(bench: &Bench, devices: u32, seed: u64) {
    let (devices, seed) = (devices.to_string(), seed.to_string());
    let lab =
        bench.run(&["lab", "up", "--devices", &devices, "--seed", &seed, "--port", "0", "--json"], "").ok().json();
    let down = Down(bench);
    let password = format!("{}\n", lab["password"].as_str().expect("password"));
    let start = lab["seed"].as_str().expect("seed");
    // Phones that advertise an address and are no devices are told, and are no failure.
    bench.run(&["discover", start, "--user", "admin", "--password-stdin"], &password).ok();
    bench.run(&["capture", "--types", TYPES, "--password-stdin"], &password).ok();
    let verdict = bench.run(&["lab", "verify"], "");
    assert_eq!(verdict.code, 0, "{}", verdict.out);

    let again = bench.run(&["capture", "--types", TYPES, "--password-stdin", "--json"], &password).ok().json();
    assert_eq!(again["changes"], 0, "collecting again changes nothing");
    let verdict = bench.run(&["lab", "verify"], "");
    assert_eq!(verdict.code, 0, "{}", verdict.out);
    drop(down);
}

/// Stops the lab whatever happens in the test.
pub struct Down<'b>(pub &'b Bench);

impl Drop for Down<'_> {
    fn drop(&mut self) {
        let state = self.0.dir.path().join("lab");
        let _ = Command::new(env!("CARGO_BIN_EXE_velocity")).args(["lab", "down"]).env("VELOCITY_LAB", state).output();
    }
}

#[test]
fn of_12_devices_with_the_first_seed() {
    check(12, 1);
}

#[test]
fn of_12_devices_with_the_second_seed() {
    check(12, 2);
}

#[test]
fn of_12_devices_with_the_third_seed() {
    check(12, 3);
}

#[test]
fn of_12_devices_on_postgresql() {
    let Some(server) = testkit::postgres::shared() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let database = runtime.block_on(testkit::postgres::FreshDatabase::create(server));
    let bench = Bench::new();
    std::fs::write(bench.home().join("config.yaml"), format!("database_url: {}\n", database.url())).expect("config");
    bench.run(&["init"], "").ok();
    compare(&bench, 12, 1);
    runtime.block_on(database.remove());
}

#[test]
fn of_200_devices_with_the_first_seed() {
    check(200, 1);
}

#[test]
fn of_200_devices_with_the_second_seed() {
    check(200, 2);
}

#[test]
fn of_200_devices_with_the_third_seed() {
    check(200, 3);
}
