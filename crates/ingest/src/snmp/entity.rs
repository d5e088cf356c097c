//! Hardware: ENTITY-MIB.

use super::lines::{Cells, Walked};
use super::system::PHYSICAL;
use crate::rows::Row;

/// What has a part number or a serial number; slots, sensors and ports mostly have none.
pub(super) fn rows(walked: &Walked) -> Vec<Row> {
    let rows = walked.rows(PHYSICAL, &[2, 7, 8, 11, 13]);
    let is_part = |cells: &&Cells<'_>| !cells.text(11).is_empty() || !cells.text(13).is_empty();
    rows.values().filter(is_part).map(row).collect()
}

fn row(cells: &Cells<'_>) -> Row {
    let name = cells.text(7);
    cells.row([
        ("NAME", if name.is_empty() { cells.text(2) } else { name }),
        ("DESCR", cells.text(2)),
        ("PID", cells.text(13)),
        ("VID", cells.text(8)),
        ("SN", cells.text(11)),
    ])
}
