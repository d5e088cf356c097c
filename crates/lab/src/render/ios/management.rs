//! How the device is run: time, SNMP users, SSH, what keeps it cool.

use super::super::common::clock_table;
use crate::world::{Device, World};

pub fn ntp(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "\n  address         ref clock       st   when   poll reach  delay  offset   disp");
    for (i, (server, reference, stratum)) in clock_table(device).into_iter().enumerate() {
        let mark = if i == 0 { '*' } else { '+' };
        let when = 11 + i * 7;
        say!(
            out,
            "{mark}~{:<16}{reference:<16}{stratum:>2} {when:>6}     64   377  1.000   0.500  0.100",
            server.to_string()
        );
    }
    say!(out, " * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured");
    out
}

pub fn snmp_user(_: &World, device: &Device) -> String {
    let engine = device.mac.to_string().replace(':', "").to_uppercase();
    format!(
        "\nUser name: opsuser\nEngine ID: 800000090300{engine}\n\
         storage-type: nonvolatile        active\nAuthentication Protocol: SHA\n\
         Privacy Protocol: AES128\nGroup-name: NETOPS\n\n"
    )
}

pub fn ssh(_: &World, device: &Device) -> String {
    let mut out = String::new();
    say!(out, "SSH Enabled - version 2.0\nAuthentication methods:publickey,keyboard-interactive,password");
    say!(out, "Authentication Publickey Algorithms:ssh-rsa,ecdsa-sha2-nistp256");
    say!(out, "Hostkey Algorithms:rsa-sha2-512,rsa-sha2-256");
    say!(out, "Encryption Algorithms:aes256-ctr,aes128-ctr\nMAC Algorithms:hmac-sha2-256,hmac-sha2-512");
    say!(out, "KEX Algorithms:ecdh-sha2-nistp256,ecdh-sha2-nistp384");
    say!(out, "Authentication timeout: 120 secs; Authentication retries: 3");
    say!(out, "Minimum expected Diffie Hellman key size : 2048 bits");
    say!(out, "IOS Keys in SECSH format(ssh-rsa, base64 encoded): {}.lab.example", device.hostname());
    say!(
        out,
        "Modulus Size : 2048 bits\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDNotAKey{:04x}NotAKeyNotAKeyNotAKey",
        device.id
    );
    out
}

pub fn environment(world: &World, device: &Device) -> String {
    let mut out = String::new();
    if !device.is_switch() {
        say!(
            out,
            "Sensor List:  Environmental Monitoring \n Sensor           Location          State             Reading"
        );
        say!(out, " V: 12v           R0                Normal            11967 mV");
        say!(out, " Temp: Inlet      R0                Normal            {} Celsius", 21 + device.id % 9);
        say!(out, " RPM: fan0        P2                Normal            4080 RPM");
        return out;
    }
    for n in 1..=device.serials.len() {
        (1..=2).for_each(|fan| say!(out, "Switch {n} FAN {fan} is OK"));
        say!(
            out,
            "Switch {n}: SYSTEM TEMPERATURE is OK\nInlet Temperature Value: {} Degree Celsius",
            24 + device.id % 9
        );
        say!(
            out,
            "Temperature State: GREEN\nYellow Threshold : 46 Degree Celsius\nRed Threshold    : 56 Degree Celsius"
        );
    }
    say!(out, "SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts");
    say!(out, "--  ------------------  ----------  ---------------  -------  -------  -----");
    let supplies = world.components(device).into_iter().filter(|p| p.name.contains("Power Supply"));
    for (n, supply) in supplies.enumerate() {
        let serial = supply.serial.unwrap_or_default();
        say!(out, "{}A  {:<18}  {serial:<11}  OK              Good     Good     715", n + 1, supply.part_id);
        say!(out, "{}B  Not Present", n + 1);
    }
    out
}
