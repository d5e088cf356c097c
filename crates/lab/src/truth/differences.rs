//! What a collector must see after a change: rows of facts before against rows after.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::facts::{KINDS, Kind, Row};
use crate::world::World;

type Named = BTreeMap<Cow<'static, str>, Value>;

/// Rows of one kind of fact that appear and vanish on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub device: String,
    pub fact: Cow<'static, str>,
    pub gone: Vec<Named>,
    pub new: Vec<Named>,
}

/// The rows of some devices at one moment.
pub struct Differences(Vec<(usize, &'static Kind, Vec<Row>)>);

impl Differences {
    pub fn before(world: &World, devices: &[usize]) -> Self {
        let of = |&id: &usize| KINDS.iter().map(move |kind| (id, kind, (kind.rows)(world, &world.devices[id])));
        Self(devices.iter().flat_map(of).collect())
    }

    pub fn after(self, world: &World) -> Vec<Expected> {
        let compare = |(id, kind, old): (usize, &'static Kind, Vec<Row>)| {
            let device = &world.devices[id];
            let new = (kind.rows)(world, device);
            let (gone, new) = (only(&old, &new, kind), only(&new, &old, kind));
            let differs = !gone.is_empty() || !new.is_empty();
            differs.then(|| Expected { device: device.name.clone(), fact: kind.fact.into(), gone, new })
        };
        self.0.into_iter().filter_map(compare).collect()
    }
}

/// Rows of `a` that `b` has not, each as often as `a` has it more.
fn only(a: &[Row], b: &[Row], kind: &Kind) -> Vec<Named> {
    if a == b {
        return Vec::new();
    }
    let text = |row: &Row| Value::from(row.clone()).to_string();
    let mut there: HashMap<String, usize> = HashMap::new();
    b.iter().for_each(|row| *there.entry(text(row)).or_default() += 1);
    let mut is_more = |row: &&Row| match there.get_mut(&text(row)) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    };
    let named = |row: &Row| kind.columns.iter().map(|c| Cow::Borrowed(*c)).zip(row.iter().cloned()).collect();
    a.iter().filter(|row| is_more(row)).map(named).collect()
}
