//! The binary as a user runs it, against simulated networks over real SSH.

mod accounts;
mod backup;
mod bench;
mod caps;
mod changes;
mod creds;
#[cfg(target_os = "linux")]
mod disks;
mod doctor;
mod fakenos;
mod faults;
mod finding;
mod ground_truth;
mod hostile;
mod hosts;
mod interface;
mod inventory;
mod jobs;
#[cfg(unix)]
mod kubernetes;
mod loading;
#[cfg(unix)]
mod namespace;
#[cfg(unix)]
mod net;
mod notify;
mod observed;
mod old_names;
mod recorded;
mod repository;
mod runs;
mod served;
mod snmp;
mod sync;
mod telnet;
mod templates;
mod terminals;
#[cfg(unix)]
mod upgrade;
mod vault;
mod ways;
#[cfg(unix)]
mod workers;
