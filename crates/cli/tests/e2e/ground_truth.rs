//! What was found is what there is, row for row, whatever the network.

use std::process::Command;

use crate::bench::{Bench, TYPES};

/// Devices, serials, versions, links, ARP, MAC and routes against the lab's own truth.
#[track_caller]
fn check(devices: u32, seed: u64) {
    let bench = Bench::new();
    let (devices, seed) = (devices.to_string(), seed.to_string());
    let lab =
        bench.run(&["lab", "up", "--devices", &devices, "--seed", &seed, "--port", "0", "--json"], "").ok().json();
    let down = Down(&bench);
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
struct Down<'b>(&'b Bench);

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
