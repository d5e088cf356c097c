//! A part of a MAC address, looked up in the index of whole ones and in that of their last six digits.
//!
//! Network cards come from few makers: the first six digits of all addresses are some hundreds. So digits that begin
//! within the maker's are a few starts of addresses. Digits within the last six are as few starts of those, whoever
//! made the card. Each start is looked up.

use std::borrow::Cow;

use model::FactKind;

use super::Predicate;
use crate::{StoreError, StoreResult, Tx};

/// Digits that name the maker; behind them are as many of the card.
const MAKER: usize = 6;

/// With more makers than this, which hosts that make up their addresses bring about, all that may be are tried.
const MOST_MAKERS: usize = 2_000;

/// Fewer digits stand in so many addresses that looking through finds some soon.
const ENOUGH: usize = 4;

/// Unknown digits before the known ones that are tried one by one: 16 to the power of it.
const MOST_UNKNOWN: usize = 3;

/// Predicates that hold together.
pub(super) type Way<'p> = Vec<Cow<'p, Predicate>>;

impl Tx {
    /// Ways to find what the predicates ask for, one or two: what any of them finds is wanted. Where it is quicker, a
    /// part of a MAC is looked up by starts.
    pub(super) async fn ways<'p>(
        &mut self,
        kind: &'static FactKind,
        predicates: &'p [Predicate],
    ) -> StoreResult<Vec<Way<'p>>> {
        let part = predicates.iter().enumerate().find_map(|(n, predicate)| match predicate {
            Predicate::Mac(column, mac) if (ENOUGH..12).contains(&mac.digits().len()) => {
                Some((n, *column, mac.digits()))
            }
            _ => None,
        });
        let as_given = || predicates.iter().map(Cow::Borrowed).collect::<Way<'p>>();
        let Some((n, column, digits)) = part else { return Ok(vec![as_given()]) };
        let by_starts = |starts| {
            let mut way = as_given();
            way[n] = Cow::Owned(Predicate::Begins(column, starts));
            way
        };
        let makers = self.makers(kind, column).await?;
        if !has_cards(kind, column) {
            return Ok(vec![makers.map_or_else(as_given, |makers| by_starts(all_starts(&makers, digits)))]);
        }
        let mut ways = vec![by_starts(starts(makers.as_deref(), digits))];
        let cards = cards(makers.is_some(), digits);
        if !cards.is_empty() {
            // The digits may begin before those of the card, so the whole address is compared too.
            let mut way = as_given();
            way.push(Cow::Owned(Predicate::Card(column, cards)));
            ways.push(way);
        }
        Ok(ways)
    }

    /// The first six digits of all addresses in a column, each found by a step in the index; `None` when there are too
    /// many.
    async fn makers(&mut self, kind: &'static FactKind, column: &str) -> StoreResult<Option<Vec<String>>> {
        let position = kind.position(column).ok_or_else(|| StoreError::not_found("column", column))?;
        let (table, column) = (kind.table, kind.columns[position].name);
        let next = format!("select min({column}) from {table} where tenant_id = $1");
        let mut sql = self.sql(format!(
            "with recursive maker (mac) as ({next} union all
                select ({next} and {column} > substr(maker.mac, 1, {MAKER}) || 'g') from maker where mac is not null)
            select substr(mac, 1, {MAKER}) from maker where mac is not null"
        ));
        sql.limit(Some(MOST_MAKERS as u32 + 1));
        let makers: Vec<(String,)> = self.rows(1, sql).await?;
        let few = makers.len() <= MOST_MAKERS;
        Ok(few.then(|| makers.into_iter().map(|(digits,)| digits).filter(|m| m.len() == MAKER).collect()))
    }
}

/// Whether the last six digits have an index: those of kinds that come by the thousand.
fn has_cards(kind: &FactKind, column: &str) -> bool {
    column == "mac" && ["interfaces", "arp", "mac", "ipv6_neighbors"].contains(&kind.name)
}

/// Starts of the addresses that have the digits from within those of the maker; without a list of makers only those
/// that [`cards`] leaves out.
fn starts(makers: Option<&[String]>, digits: &str) -> Vec<String> {
    let mut starts = vec![digits.to_owned()];
    for at in 1..MAKER.min(13 - digits.len()) {
        match makers {
            Some(makers) => starts.extend(makers.iter().filter_map(|maker| start_of(maker, at, digits))),
            None if at <= MOST_UNKNOWN => starts.extend(unknown(at).map(|before| before + digits)),
            None => {}
        }
    }
    without_longer(starts)
}

/// Starts of the last six digits of addresses that have the digits within them, or from before them where
/// [`starts`] leaves that out.
fn cards(makers_are_known: bool, digits: &str) -> Vec<String> {
    let last = 12 - digits.len();
    let mut cards = Vec::new();
    for at in MAKER..=last {
        cards.extend(unknown(at - MAKER).map(|before| before + digits));
    }
    for at in MOST_UNKNOWN + 1..MAKER.min(last + 1) {
        cards.extend((!makers_are_known).then(|| digits[MAKER - at..].to_owned()));
    }
    without_longer(cards)
}

/// Starts of all addresses of these makers that have the digits somewhere.
fn all_starts(makers: &[String], digits: &str) -> Vec<String> {
    let mut all = starts(Some(makers), digits);
    for card in cards(true, digits) {
        all.extend(makers.iter().map(|maker| format!("{maker}{card}")));
    }
    without_longer(all)
}

/// The start of the maker's addresses that have the digits at this place, which is within the maker's.
fn start_of(maker: &str, at: usize, digits: &str) -> Option<String> {
    let shared = (MAKER - at).min(digits.len());
    (maker[at..at + shared] == digits[..shared]).then(|| format!("{}{digits}", &maker[..at]))
}

/// All that so many digits may be.
fn unknown(digits: usize) -> impl Iterator<Item = String> {
    (0..16_usize.pow(u32::try_from(digits).unwrap_or_default())).map(move |n| match digits {
        0 => String::new(),
        _ => format!("{n:0digits$x}"),
    })
}

/// What begins with another one is found by that.
fn without_longer(mut starts: Vec<String>) -> Vec<String> {
    starts.sort_unstable();
    starts.dedup_by(|later, earlier| later.starts_with(earlier.as_str()));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every address of these makers is found if and only if it has the digits.
    #[test]
    fn the_starts_are_those_of_all_addresses_that_have_the_digits() {
        let makers = ["001122", "aabbcc", "0a0a0a"].map(str::to_owned);
        let parts = ["112233", "22334", "0a0a0a", "bbcc0", "001122", "33445", "0a0a0a0a", "22aabbccdd5"];
        let parts = parts.iter().chain(&["4455", "3344", "2233", "bcc0", "a0a0", "0112", "cc03", "1122"]);
        for digits in parts {
            let begins = |mac: &str, starts: &[String]| starts.iter().any(|s| mac.starts_with(s.as_str()));
            let [known, unknown] = [Some(&makers[..]), None].map(|m| (starts(m, digits), cards(m.is_some(), digits)));
            let all = all_starts(&makers, digits);
            for maker in &makers {
                for rest in ["334455", "0a0a0a", "033445", "bbcc00", "112233", "a0a0a0", "223340"] {
                    let mac = format!("{maker}{rest}");
                    let is_in = mac.contains(digits);
                    assert_eq!(begins(&mac, &all), is_in, "{mac} {digits} {all:?}");
                    for (starts, cards) in [&known, &unknown] {
                        let is_found = begins(&mac, starts) || is_in && begins(rest, cards);
                        assert_eq!(is_found, is_in, "{mac} {digits} {starts:?} {cards:?}");
                    }
                }
            }
            assert!(known.0.len() + known.1.len() < 300, "{digits}: with known makers few starts are tried");
            assert!(unknown.0.len() + unknown.1.len() < 5_000, "{digits}: with unknown ones not too many");
        }
    }
}
