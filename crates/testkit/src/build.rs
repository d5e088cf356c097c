//! Devices and facts in few words.

use std::collections::BTreeSet;
use std::net::IpAddr;

use model::{CaptureId, DeviceId, DeviceIdentity, Fact, FactKind, Value};
use store::{DeviceUpsert, FactLoad, LoadOutcome};

/// `name address serial mac`, `-` or nothing for what is not known: `leaf-1 10.0.0.1 S1`. Port 22, a Cisco IOS
/// device at site `lab` with the role `leaf`.
pub fn device(text: &str) -> DeviceUpsert {
    let mut words = text.split(' ').map(|word| if word == "-" { "" } else { word });
    let mut word = || words.next().unwrap_or_default().to_owned();
    let set = |text: String| if text.is_empty() { BTreeSet::new() } else { BTreeSet::from([text]) };
    let (name, address, serial, mac) = (word(), word(), word(), word());
    let address: IpAddr = address.parse().unwrap_or_else(|e| panic!("`{address}`: {e}"));
    DeviceUpsert {
        identity: DeviceIdentity {
            serials: set(serial),
            chassis_macs: set(mac),
            addresses: BTreeSet::from([address]),
            name,
        },
        address,
        port: 22,
        site: Some("lab".to_owned()),
        role: Some("leaf".to_owned()),
        platform: "cisco_ios".to_owned(),
        vendor: "Cisco".to_owned(),
        model: None,
        os_version: None,
        status: None,
    }
}

/// All that the first capture of this device says of a kind.
pub fn load(device: DeviceId, kind: &'static FactKind) -> FactLoad<'static> {
    FactLoad {
        device,
        kind,
        source: kind.name,
        capture: CaptureId(1),
        template: "t",
        complete: true,
        outcome: LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    }
}

/// The fact that this text says, on its first line; columns are parted by blanks, `-` is null.
pub fn fact(kind: &FactKind, text: &str) -> Fact {
    facts(kind, text).remove(0)
}

/// One fact for each line that is not blank; see [`fact`].
pub fn facts(kind: &FactKind, text: &str) -> Vec<Fact> {
    let lines = (1u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| Fact { values: values(kind, line), lines: (n, n) }).collect()
}

fn values(kind: &FactKind, line: &str) -> Vec<Value> {
    let words = line.split_whitespace().map(|word| if word == "-" { "" } else { word });
    let words = words.chain(std::iter::repeat(""));
    let read = |(column, word): (&model::Column, &str)| Value::read(column.kind, word);
    kind.columns.iter().zip(words).map(|pair| read(pair).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}
