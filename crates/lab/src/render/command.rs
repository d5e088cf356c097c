//! Abbreviated commands: every word may be cut as long as one command fits.

/// What a typed line means.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Index of the command.
    Found(usize),
    /// More than one command fits.
    Ambiguous,
    /// No command fits; the byte offset of the first word that cannot be right.
    Invalid(usize),
}

/// Finds a typed line among full commands. Words are compared without case.
pub fn lookup<'a>(line: &str, commands: impl Iterator<Item = &'a str>) -> Lookup {
    let typed = words(line);
    let mut fits = Vec::new();
    let mut reached = 0;
    for (index, command) in commands.enumerate() {
        let full: Vec<&str> = command.split(' ').collect();
        let good = typed.iter().zip(&full).take_while(|((_, t), f)| f.starts_with(t.as_str())).count();
        reached = reached.max(good);
        if good == typed.len() && good == full.len() {
            let exact = typed.iter().zip(&full).filter(|((_, t), f)| t == *f).count();
            fits.push((exact, index));
        }
    }
    fits.sort_unstable_by_key(|&(exact, index)| (std::cmp::Reverse(exact), index));
    match fits[..] {
        [] => Lookup::Invalid(typed.get(reached).map_or(line.len(), |(at, _)| *at)),
        [(_, index)] => Lookup::Found(index),
        [(best, index), (next, _), ..] if best > next => Lookup::Found(index),
        _ => Lookup::Ambiguous,
    }
}

fn words(line: &str) -> Vec<(usize, String)> {
    let start = line.as_ptr() as usize;
    line.split_whitespace().map(|w| (w.as_ptr() as usize - start, w.to_lowercase())).collect()
}

#[test]
fn words_may_be_cut() {
    let find = |line| lookup(line, ["show version", "show ip arp", "show ip route", "show inventory"].into_iter());
    assert_eq!(find("sh ver"), Lookup::Found(0));
    assert_eq!(find("SHOW  ip ro"), Lookup::Found(2));
    assert_eq!(find("show i a"), Lookup::Found(1));
    assert_eq!(find("show ip"), Lookup::Invalid(7));
    assert_eq!(find("show xyz"), Lookup::Invalid(5));
}
