//! How the device is run: time, SNMP users, SSH, what keeps it cool.

use super::super::common::{clock_table, ntpd};
use crate::world::{Device, World};

pub fn ntp(_: &World, device: &Device) -> String {
    ntpd(&clock_table(device))
}

pub fn snmp_user(_: &World, _: &Device) -> String {
    "\nUser name : opsuser\nSecurity model : v3\nEngine ID : f5717f44ab\nAuthentication : SHA\n\
     Privacy : AES-128\nGroup : NETOPS\n\n"
        .to_owned()
}

pub fn ssh(_: &World, _: &Device) -> String {
    "SSHD status for Default VRF is enabled\nSSH connection limit is 50\nSSH per host connection limit is 20\n\
     FIPS status: disabled\n"
        .to_owned()
}

pub fn environment(world: &World, device: &Device) -> String {
    let mut out = String::new();
    let parts = world.components(device);
    let of = |kind: &'static str| parts.iter().filter(move |p| p.name.starts_with(kind)).zip(1..);
    say!(out, "System temperature status is: Ok");
    say!(out, "                                                                 Alert  Critical");
    say!(out, "                                               Temp    Setpoint  Limit     Limit");
    say!(out, "Sensor  Description                             (C)         (C)    (C)       (C)");
    say!(out, "------- ----------------------------------- ------- ----------- ------ ---------");
    say!(out, "1       Cpu temp sensor                        {}.0   (65) 63.8     95       105", 36 + device.id % 9);
    say!(out, "2       Rear temp sensor                       {}.2   (60) 58.8     75        85\n", 25 + device.id % 9);
    say!(out, "System cooling status is: Ok\nAmbient temperature: 22C\nAirflow: front-to-back");
    say!(out, "Fan              Status          Configured Speed     Actual Speed");
    say!(out, "---------------- --------------- ---------------- ----------------");
    of("Fan")
        .for_each(|(_, n)| say!(out, "{:<16} Ok                           35%              35%", format!("{n}/1")));
    of("Power").for_each(|(_, n)| {
        say!(out, "{:<16} Ok                           35%              35%", format!("PowerSupply{n}/1"))
    });
    say!(out, "Power                                  Input    Output   Output");
    say!(out, "Supply  Model                Capacity  Current  Current  Power         Status Uptime");
    say!(out, "------- -------------------- --------- -------- -------- ------------- ------ -------------");
    for (supply, n) in of("Power") {
        say!(out, "{n:<7} {:<20} 500W      0.33A    5.12A    61.6W         Ok     100 days", supply.part_id);
    }
    say!(out, "Total   --                   1000W     --       --       123.2W        --     --\n");
    out
}
