//! How many sites, and which roles in each.

use super::catalog::Role;

const CODES: &[&str] = &[
    "usa", "fra", "ger", "jpn", "gbr", "bra", "ind", "aus", "can", "esp", "ita", "nld", "swe", "sgp", "zaf", "mex",
    "kor", "pol", "che", "arg", "nor", "irl", "prt", "tur", "fin", "dnk", "bel", "aut", "cze", "hun", "chl", "col",
    "tha", "mys", "idn", "phl", "nzl", "egy", "ken", "mar",
];

/// The neighbour protocols that a site runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    Lldp,
    Cdp,
    Both,
}

impl Speaks {
    pub fn lldp(self) -> bool {
        self != Self::Cdp
    }

    pub fn cdp(self) -> bool {
        self != Self::Lldp
    }
}

/// `usa`, `fra`, … and `usa2` once the list is used up.
pub fn code(site: usize) -> String {
    let name = CODES[site % CODES.len()];
    match site / CODES.len() {
        0 => name.to_owned(),
        round => format!("{name}{}", round + 1),
    }
}

/// The number of devices in each site: as even as it goes, the first sites one larger.
pub fn site_sizes(devices: usize) -> Vec<usize> {
    let sites = if devices < 6 { 1 } else { (devices / 40).clamp(3, 250) };
    (0..sites).map(|i| devices / sites + usize::from(i < devices % sites)).collect()
}

/// The roles of a site with `n` devices, from the edge inwards. Site 0 always has a router.
pub fn roles(n: usize, first: bool) -> Vec<Role> {
    let rtr = usize::from(n >= 5 || first);
    let core = match n - rtr {
        0 => 0,
        1..=9 => 1,
        _ => 2,
    };
    let spine = match n {
        60.. => 4,
        24.. => 2,
        5.. => 1,
        4 if !first => 1,
        _ => 0,
    };
    let rest = n - rtr - core - spine;
    let leaf = if rest >= 2 { rest.div_ceil(4) } else { 0 };
    let counts =
        [(Role::Rtr, rtr), (Role::Core, core), (Role::Spine, spine), (Role::Leaf, leaf), (Role::Access, rest - leaf)];
    counts.iter().flat_map(|&(role, n)| std::iter::repeat_n(role, n)).collect()
}

#[test]
fn a_site_of_four_has_its_roles() {
    let names = |n, first| roles(n, first).iter().map(|r| r.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(names(4, true), "rtr core leaf access");
    assert_eq!(names(4, false), "core spine leaf access");
    assert_eq!(names(1, true), "rtr");
    assert_eq!(site_sizes(12), [4, 4, 4]);
}
