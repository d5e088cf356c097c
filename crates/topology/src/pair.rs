//! The two sides of a link brought together: both tell the same cable, one tells it and the other does not object, or
//! no other is left.

use std::collections::{BTreeMap, HashMap};

use crate::half::Half;

/// A cable: one half, or two that belong together.
#[derive(Debug)]
pub(crate) struct Cable {
    pub one: Half,
    pub other: Option<Half>,
}

/// Cables between every two nodes. A device that hears itself has a cable only where both ports say so; the other
/// halves of this kind come second.
pub(crate) fn cables(halves: Vec<Half>) -> (Vec<Cable>, Vec<Half>) {
    let mut between: BTreeMap<(usize, usize), (Vec<Half>, Vec<Half>)> = BTreeMap::new();
    for half in halves {
        let (low, high) = (half.from.min(half.to), half.from.max(half.to));
        let sides = between.entry((low, high)).or_default();
        if half.from == low { sides.0.push(half) } else { sides.1.push(half) }
    }
    let (mut cables, mut lonely) = (Vec::new(), Vec::new());
    for ((low, high), (ones, others)) in between {
        if low == high {
            let (found, rest) = loops(ones);
            cables.extend(found);
            lonely.extend(rest);
        } else {
            cables.extend(matched(ones, others));
        }
    }
    (cables, lonely)
}

/// Halves by a port, in order, and which of them are taken.
struct Side {
    halves: Vec<Option<Half>>,
    by_port: HashMap<String, Vec<usize>>,
}

impl Side {
    fn new(halves: Vec<Half>) -> Self {
        let mut by_port: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, half) in halves.iter().enumerate() {
            by_port.entry(half.port.clone()).or_default().push(n);
        }
        Side { halves: halves.into_iter().map(Some).collect(), by_port }
    }

    /// Takes a half that stands on one of these ports and passes the test.
    fn take(&mut self, ports: &[String], test: impl Fn(&Half) -> bool) -> Option<Half> {
        let here = ports.iter().filter_map(|p| self.by_port.get(p)).flatten();
        let at = here.copied().find(|n| self.halves[*n].as_ref().is_some_and(&test))?;
        self.halves[at].take()
    }

    fn left(self) -> impl Iterator<Item = Half> {
        self.halves.into_iter().flatten()
    }
}

fn matched(ones: Vec<Half>, others: Vec<Half>) -> Vec<Cable> {
    let (mut one, mut other) = (Side::new(ones), Side::new(others));
    let mut cables = Vec::new();
    meet(&mut one, &mut other, &mut cables, |a, b| b.says(&a.port));
    meet(&mut one, &mut other, &mut cables, |_, b| !b.sure);
    let mut swapped = Vec::new();
    meet(&mut other, &mut one, &mut swapped, |_, b| !b.sure);
    cables.extend(swapped.into_iter().filter_map(|c| Some(Cable { one: c.other?, other: Some(c.one) })));
    cables.extend(remaining(one.left().collect(), other.left().collect()));
    cables
}

/// Joins each half of `one` with one of `other` that stands on the port that it names, if the test allows.
fn meet(one: &mut Side, other: &mut Side, cables: &mut Vec<Cable>, test: impl Fn(&Half, &Half) -> bool) {
    for slot in &mut one.halves {
        let Some(a) = slot.as_ref() else { continue };
        if let Some(b) = other.take(&a.far, |b| test(a, b))
            && let Some(a) = slot.take()
        {
            cables.push(Cable { one: a, other: Some(b) });
        }
    }
}

/// One left on each side, and neither names a port that the other has: they are one. Else each stands alone.
fn remaining(mut ones: Vec<Half>, mut others: Vec<Half>) -> Vec<Cable> {
    if let ([a], [b]) = (&ones[..], &others[..])
        && !a.sure
        && !b.sure
        && let (Some(one), other) = (ones.pop(), others.pop())
    {
        return vec![Cable { one, other }];
    }
    ones.into_iter().chain(others).map(|one| Cable { one, other: None }).collect()
}

fn loops(halves: Vec<Half>) -> (Vec<Cable>, Vec<Half>) {
    let mut side = Side::new(halves);
    let mut cables = Vec::new();
    for n in 0..side.halves.len() {
        let Some(a) = side.halves[n].take() else { continue };
        match side.take(&a.far, |b| b.port != a.port && b.says(&a.port)) {
            Some(b) => cables.push(Cable { one: a, other: Some(b) }),
            None => side.halves[n] = Some(a),
        }
    }
    (cables, side.left().collect())
}
