//! Where things stand: a block for each site, a row for each layer in it, names in natural order.

use std::collections::BTreeMap;

use super::scene::{Item, Kind};

/// Size of a box, and the distance from one to the next.
pub(crate) const BOX: (i32, i32) = (140, 60);
const STEP: (i32, i32) = (190, 150);
/// Boxes in a row before it wraps.
const WIDE: usize = 16;
/// Blocks side by side before they wrap.
const BLOCKS: usize = 4;
const MARGIN: i32 = 50;

pub(crate) struct Layout {
    /// Upper left corner of each item, in the order of the items.
    pub at: Vec<(i32, i32)>,
    pub sites: Vec<Block>,
}

/// A site: `x y width height`.
pub(crate) struct Block {
    pub site: String,
    pub area: (i32, i32, i32, i32),
}

impl Layout {
    pub fn size(&self) -> (i32, i32) {
        let right = self.sites.iter().map(|b| b.area.0 + b.area.2).max().unwrap_or(0);
        let bottom = self.sites.iter().map(|b| b.area.1 + b.area.3).max().unwrap_or(0);
        (right + MARGIN, bottom + MARGIN)
    }
}

pub(crate) fn layout(items: &[Item]) -> Layout {
    let mut sites: BTreeMap<(bool, bool, &str), Vec<usize>> = BTreeMap::new();
    for (n, item) in items.iter().enumerate() {
        sites.entry((item.kind == Kind::Unknown, item.site.is_empty(), &item.site)).or_default().push(n);
    }
    let mut layout = Layout { at: vec![(0, 0); items.len()], sites: Vec::new() };
    let (mut x, mut y, mut tallest) = (MARGIN, MARGIN, 0);
    for (n, ((.., site), members)) in sites.into_iter().enumerate() {
        if n > 0 && n % BLOCKS == 0 {
            (x, y, tallest) = (MARGIN, y + tallest + MARGIN, 0);
        }
        // Every other site stands half a row lower, so that a link over it passes between its rows.
        let top = if n % BLOCKS % 2 == 1 { y + STEP.1 / 2 } else { y };
        let (width, height) = place(&mut layout.at, items, &members, (x, top));
        layout.sites.push(Block { site: site.to_owned(), area: (x, top, width, height) });
        (x, tallest) = (x + width + MARGIN, tallest.max(top - y + height));
    }
    layout
}

/// Gives each member its place in a block, and the size of the block.
fn place(at: &mut [(i32, i32)], items: &[Item], members: &[usize], (x, y): (i32, i32)) -> (i32, i32) {
    let mut layers: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    members.iter().for_each(|n| layers.entry(items[*n].kind).or_default().push(*n));
    let rows: Vec<&[usize]> = layers.values().flat_map(|layer| layer.chunks(WIDE)).collect();
    let widest = rows.iter().map(|row| row.len()).max().unwrap_or(0) as i32;
    for (row, line) in rows.iter().zip(0..) {
        let indent = (widest - row.len() as i32) * STEP.0 / 2;
        for (n, column) in row.iter().zip(0..) {
            at[*n] = (x + 25 + indent + column * STEP.0, y + 40 + line * STEP.1);
        }
    }
    (widest * STEP.0, rows.len() as i32 * STEP.1 + 10)
}
